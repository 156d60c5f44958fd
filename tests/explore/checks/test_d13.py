"""D13: are long tails found?"""

from naeum.explore.checks.d13 import Skew
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"pay": str(2 ** (n % 16)), "age": str(n % 16)} for n in range(320)]
QUIET = [{"age": str(n % 16)} for n in range(320)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(Skew(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_tail_is_named(looked):
    from scipy.stats import skew

    found = Skew().look(looked(ROWS))
    assert list(found.numbers) == ["pay"]
    assert abs(found.numbers["pay"] - skew([2 ** (n % 16) for n in range(320)])) < 1e-9
