"""D28: do copies fire it?"""

from naeum.explore.checks.d28 import RepeatedTexts
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


def lengths(repeated):
    return {"rows": 1000, "repeated": repeated}


TRIAL = Trial(
    RepeatedTexts(),
    fires=seen(lengths=lengths(40), boilerplate={"texts": [{"text": "굿", "rows": 12, "share": 0.012}]}),
    quiet=seen(lengths=lengths(4)),
    not_applicable=BARE,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_the_most_frequent_text_is_named():
    found = RepeatedTexts().look(TRIAL.fires)
    assert "'굿', 12 times" in found.seen and found.severity == "tip"
    assert RepeatedTexts().look(seen(lengths=lengths(400))).severity == "warning"
