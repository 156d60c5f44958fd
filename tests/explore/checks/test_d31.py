"""D31: do suspects of two learners fire it?"""

from naeum.explore.checks.d31 import SuspectedLabels
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


def suspects(rate, count, learners=2):
    return {
        "rate": rate,
        "low": 0.8 * rate,
        "high": 1.2 * rate,
        "suspects": count,
        "judged": 500,
        "rows": 500,
        "of": 900,
        "learners": learners,
        "by": ["n-grams", "tiny"][:learners],
        "suspect_rows": list(range(count)),
    }


TRIAL = Trial(
    SuspectedLabels(),
    fires=seen(suspects=suspects(0.05, 25)),
    quiet=seen(suspects=suspects(0.005, 2)),
    not_applicable=BARE,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_one_learner_alone_gives_a_tip():
    found = SuspectedLabels().look(seen(suspects=suspects(0.05, 25, learners=1)))
    assert found.severity == "tip" and "One learner alone" in found.seen and "a sample of 900" in found.seen
    assert SuspectedLabels().look(TRIAL.fires).severity == "warning"
