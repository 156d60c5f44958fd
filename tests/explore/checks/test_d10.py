"""D10: is infinity found?"""

from naeum.explore.checks.d10 import InfiniteNumbers
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"ratio": "inf" if n == 3 else "-inf" if n == 9 else str(n / 7)} for n in range(40)]
QUIET = [{"ratio": str(n / 7)} for n in range(40)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(InfiniteNumbers(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_rows_are_named_and_means_are_finite(looked):
    subject = looked(ROWS)
    found = InfiniteNumbers().look(subject)
    assert found.rows == (3, 9) and found.numbers == {"infinite in ratio": 2.0}
    assert abs(subject.part("columns")["columns"]["ratio"]["mean"]) < 10
