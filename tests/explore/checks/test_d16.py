"""D16: are rare classes found?"""

from naeum.explore.checks.d16 import ClassImbalance
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"text": f"문장 {n}", "label": "드묾" if n % 20 == 0 else "흔함"} for n in range(100)]
QUIET = [{"text": f"문장 {n}", "label": "ab"[n % 2]} for n in range(100)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(ClassImbalance(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_classes_and_rows_are_named(looked):
    found = ClassImbalance().look(looked(ROWS))
    assert found.numbers == {"ratio": 19.0, "majority": 0.95, "rare_classes": 1.0}
    assert found.rows == (0, 20, 40, 60, 80) and found.severity == "warning"
