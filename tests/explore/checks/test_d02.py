"""D02: are columns of one value found?"""

from naeum.explore.checks.d02 import ConstantColumn
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"age": str(n), "land": "한국"} for n in range(9)]
QUIET = [{"age": str(n)} for n in range(9)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(ConstantColumn(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_value_is_named(looked):
    found = ConstantColumn().look(looked(ROWS))
    assert found.seen == "1 column holds one value only: land (always '한국')."


def test_an_empty_column_is_no_constant(looked):
    assert ConstantColumn().look(looked([{"a": str(n), "b": ""} for n in range(9)])) is None
