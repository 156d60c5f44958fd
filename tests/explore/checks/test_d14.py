"""D14: are categories of many values found?"""

from naeum.explore.checks.d14 import HighCardinality
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"street": f"{n % 90}길", "city": "서울부산"[n % 2]} for n in range(200)]
QUIET = [{"city": "서울부산"[n % 2]} for n in range(200)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(HighCardinality(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_values_are_counted(looked):
    found = HighCardinality().look(looked(ROWS))
    assert found.seen == "1 category has very many values: street (90)."
