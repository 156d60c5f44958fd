"""D08: is a column that tells the target found, and a hint left alone?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.checks.d08 import GiveawayColumn
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"alive": "no" if n % 3 else "yes", "age": str(n % 50), "died": str(int(n % 3 > 0))} for n in range(200)]
QUIET = [{"age": str(n % 50), "died": str(n * 7 % 11 % 2)} for n in range(200)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(GiveawayColumn(), looked(ROWS, "died"), looked(QUIET, "died"), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_column_is_named(looked):
    found = GiveawayColumn().look(looked(ROWS, "died"))
    assert found.severity == "issue" and found.numbers == {"accuracy of alive": 1.0}
    assert found.seen.startswith("One column alone tells the target died: alive (100.0 % of 100 rows)")


def test_without_a_target_it_does_not_apply(looked):
    with pytest.raises(NotApplicable, match="it needs a target of two or more classes"):
        GiveawayColumn().look(looked(ROWS))
