"""D20: do texts that are cut fire it, and an own limit more than the usual one?"""

from naeum.explore.checks.d20 import LongTexts
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"text": f"문장 {n} 입니다", "label": "ab"[n % 2]} for n in range(40)]
BARE = subject_of(opened(ROWS), target="label", text=("text",))


def seen(**parts):
    subject = BARE
    for name, found in parts.items():
        subject = subject.with_seen(name, found)
    return subject


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
    not_applicable=BARE,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_what_the_model_itself_cannot_read_is_a_warning():
    assert LongTexts().look(seen(tokens=tokens(0.2, 0.0))).severity == "tip"
    found = LongTexts().look(seen(tokens=tokens(0.2, 0.1)))
    assert found.severity == "warning" and found.numbers["beyond_the_model"] == 0.1 and found.answers == ("max_length",)
