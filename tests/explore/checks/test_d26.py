"""D26: do empty texts fire it?"""

from naeum.explore.checks.d26 import EmptyTexts
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def lengths(empty):
    return {"rows": 1000, "empty": empty, "empty_rows": list(range(empty))}


TRIAL = Trial(
    EmptyTexts(),
    fires=seen(lengths=lengths(3), signs={"without_letters": 9}),
    quiet=seen(lengths=lengths(0)),
    not_applicable=TEXTS,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_many_are_a_warning():
    assert EmptyTexts().look(seen(lengths=lengths(3))).severity == "tip"
    found = EmptyTexts().look(seen(lengths=lengths(20)))
    assert found.severity == "warning" and found.rows == tuple(range(20)) and found.numbers["share"] == 0.02
