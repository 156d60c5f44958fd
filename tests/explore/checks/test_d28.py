"""D28: do copies fire it?"""

from naeum.explore.checks.d28 import RepeatedTexts
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def lengths(repeated):
    return {"rows": 1000, "repeated": repeated}


TRIAL = Trial(
    RepeatedTexts(),
    fires=seen(lengths=lengths(40), boilerplate={"texts": [{"text": "굿", "rows": 12, "share": 0.012}]}),
    quiet=seen(lengths=lengths(4)),
    not_applicable=TEXTS,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_the_most_frequent_text_is_named():
    found = RepeatedTexts().look(TRIAL.fires)
    assert "'굿', 12 times" in found.seen and found.severity == "tip"
    assert RepeatedTexts().look(seen(lengths=lengths(400))).severity == "warning"
