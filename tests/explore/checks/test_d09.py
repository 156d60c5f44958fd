"""D09: are words among numbers found, and words alone left alone?"""

from naeum.explore.checks.d09 import MixedTypes
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"price": "모름" if n in (4, 8) else str(n), "code": "x" if n % 2 else "12"} for n in range(60)]
QUIET = [{"price": str(n), "city": "서울부산"[n % 2]} for n in range(60)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(MixedTypes(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_values_that_do_not_fit_are_named_with_their_rows(looked):
    found = MixedTypes().look(looked(ROWS))
    assert found.rows == (4, 8) and found.numbers["other values of price"] == 2.0
    assert "price (numbers, but 2 other values such as '모름')" in found.seen
    assert "code (50.0 % numbers and 50.0 % words)" in found.seen
