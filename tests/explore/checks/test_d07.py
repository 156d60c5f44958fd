"""D07: are values far out found, and bells left alone?"""

from naeum.explore.checks.d07 import Outliers
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"age": str(20 + n % 30), "pay": str(1000 + n % 40 if n != 7 else 900000)} for n in range(300)]
QUIET = [{"age": str(20 + n % 30)} for n in range(300)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(Outliers(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_row_is_named_and_far_is_a_warning(looked):
    found = Outliers().look(looked(ROWS))
    assert found.rows == (7,) and found.severity == "warning" and list(found.numbers) == ["share of pay"]
    assert found.seen.startswith("1 column has values beyond 1.5 interquartile ranges: pay (0.33 %, up to 900000)")
