"""D20: do texts that are cut fire it, and an own limit more than the usual one?"""

from naeum.explore.checks.d20 import LongTexts
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def tokens(at_128, at_512):
    cut = [
        {"limit": limit, "rows": share, "tokens": share / 2}
        for limit, share in ((64.0, 0.4), (128.0, at_128), (512.0, at_512))
    ]
    return {"base": "tiny", "limit": 512, "median": 90.0, "p99": 400.0, "cut": cut}


TRIAL = Trial(
    LongTexts(),
    fires=seen(tokens=tokens(0.2, 0.0), lengths={"longest_rows": [3, 1]}),
    quiet=seen(tokens=tokens(0.04, 0.0)),
    not_applicable=TEXTS,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_what_the_model_itself_cannot_read_is_a_warning():
    assert LongTexts().look(seen(tokens=tokens(0.2, 0.0))).severity == "tip"
    found = LongTexts().look(seen(tokens=tokens(0.2, 0.1)))
    assert found.severity == "warning" and found.numbers["beyond_the_model"] == 0.1 and found.answers == ("max_length",)
