"""D11: are wide tables found?"""

from naeum.explore.checks.d11 import ManyColumns
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{f"c{at}": str((n * at) % 7) for at in range(60)} for n in range(20)]
QUIET = [{"a": str(n)} for n in range(20)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(ManyColumns(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_rows_a_column(looked):
    found = ManyColumns().look(looked(ROWS))
    assert found.numbers == {"columns": 60.0, "rows_a_column": 20 / 60}
