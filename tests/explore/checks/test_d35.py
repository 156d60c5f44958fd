"""D35: do rows on two sides fire it?"""

from naeum.explore.checks.d35 import RowsInTwoParts
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def leaks(near, equal=0):
    return {"pairs": [{"first": "train", "second": "test", "rows": 1000, "near": near, "equal": equal,
                       "equal_texts": equal, "named": list(range(near))}]}  # fmt: skip


TRIAL = Trial(RowsInTwoParts(), fires=seen(leaks=leaks(20, 15)), quiet=seen(leaks=leaks(0)), not_applicable=TEXTS)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_few_rows_are_a_warning_and_many_an_issue():
    assert RowsInTwoParts().look(seen(leaks=leaks(3))).severity == "warning"
    found = RowsInTwoParts().look(TRIAL.fires)
    assert found.severity == "issue" and found.rows == tuple(range(20)) and found.numbers["near train test"] == 20
