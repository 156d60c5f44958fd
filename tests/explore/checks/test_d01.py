"""D01: are copies found, with and without ids?"""

from naeum.explore.checks.d01 import DuplicateRows
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"name": f"가{n % 20}", "age": str(n % 20 + 30)} for n in range(22)]
QUIET = ROWS[:20]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(DuplicateRows(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_copies_are_named_by_their_numbers(looked):
    found = DuplicateRows().look(looked(ROWS))
    assert found.rows == (20, 21) and found.numbers == {"copies": 2.0, "groups": 2.0}
    assert found.seen == "2 rows of 22 (9.1 %) repeat an earlier row in every column."
    assert found.severity == "warning" and found.answers == ("drop_duplicates",)


def test_rows_that_differ_in_their_id_only(looked):
    numbered = [{"id": f"r{n}", **row} for n, row in enumerate(ROWS)]
    found = DuplicateRows().look(looked(numbered))
    assert found.seen == "2 rows of 22 (9.1 %) repeat an earlier row in all but id."
    assert found.numbers == {"copies_without_ids": 2.0} and found.rows == (20, 21)
