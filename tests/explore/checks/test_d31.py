"""D31: do suspects of two learners fire it?"""

from naeum.explore.checks.d31 import SuspectedLabels
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


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
    not_applicable=TEXTS,
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_one_learner_alone_gives_a_tip():
    found = SuspectedLabels().look(seen(suspects=suspects(0.05, 25, learners=1)))
    assert found.severity == "tip" and "One learner alone" in found.seen and "a sample of 900" in found.seen
    assert SuspectedLabels().look(TRIAL.fires).severity == "warning"
