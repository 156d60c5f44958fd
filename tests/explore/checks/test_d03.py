"""D03: are ids found, and measures left alone?"""

from naeum.explore.checks.d03 import IdColumn
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"key": f"row-{n:04d}", "age": str(n % 7)} for n in range(50)]
QUIET = [{"age": str(n % 7)} for n in range(50)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(IdColumn(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_numbers_of_rows_are_ids_and_prices_are_not(looked):
    rows = [{"number": str(n), "price": str(1.5 * n)} for n in range(60)]
    found = IdColumn().look(looked(rows))
    assert found.numbers == {"distinct of number": 60.0}
