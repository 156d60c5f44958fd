"""D15: are columns that say the same found?"""

from naeum.explore.checks.d15 import SameColumns
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

CM = [n * 7 % 90 for n in range(180)]
ROWS = [{"cm": str(cm), "inch": str(cm / 2.54), "a": "xy"[n % 2], "b": "가나"[n % 2]} for n, cm in enumerate(CM)]
QUIET = [{"cm": str(cm), "kg": str(n * 11 % 83)} for n, cm in enumerate(CM)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(SameColumns(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_both_kinds_of_pairs_are_named(looked):
    found = SameColumns().look(looked(ROWS))
    assert set(found.numbers) == {"cm and inch", "a and b"} and found.severity == "warning"
