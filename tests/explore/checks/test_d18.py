"""D18: are spellings of one value found?"""

from naeum.explore.checks.d18 import Spellings
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"city": ("Seoul", "SEOUL", "seoul ", "부산")[n % 4]} for n in range(40)]
QUIET = [{"city": "서울부산"[n % 2]} for n in range(40)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(Spellings(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_spellings_are_named(looked):
    found = Spellings().look(looked(ROWS))
    assert "'Seoul'" in found.seen and "'SEOUL'" in found.seen and "'부산'" not in found.seen
