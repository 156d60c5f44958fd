"""D37: does another class mix fire it?"""

from naeum.explore.checks.d37 import LabelShift
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import seen


def shift(cramer, p=1e-9):
    return {"parts": [{"part": "test"}, {"part": "valid", "labels": {"cramer_v": cramer, "p": p}}]}


TRIAL = Trial(
    LabelShift(),
    fires=seen(shift=shift(0.3)),
    quiet=seen(shift=shift(0.02)),
    not_applicable=seen(shift={"parts": [{"part": "test"}]}),
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_an_unsure_difference_is_none():
    assert LabelShift().look(seen(shift=shift(0.3, p=0.05))) is None
