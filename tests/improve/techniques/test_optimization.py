"""Do length, rate, schedule and batch of a training move the way the findings ask?"""

from __future__ import annotations

import pytest

from naeum import values
from naeum.improve.techniques.optimization import BATCH_SIZE, EPOCHS_TECHNIQUE, LEARNING_RATE, SCHEDULE


def _values(technique, champion, world, name):
    return [getattr(edit.learner.optimization, name) for edit in technique.propose(champion, world)]


@pytest.mark.parametrize(
    "codes, epochs", [((), [6.0, 1.5]), (("M01",), [6.0, 4.5]), (("M09",), [6.0, 4.5]), (("M02",), [1.5, 6.0])]
)
def test_epochs_go_where_the_finding_points(learners, rung, evidence, finding, codes, epochs):
    champion = rung(learners["tuned"])
    world = evidence(champion, findings=tuple(finding(code) for code in codes))
    assert _values(EPOCHS_TECHNIQUE, champion, world, "epochs") == epochs


def test_epochs_stay_between_1_and_20(learners, rung, evidence):
    for now, new in ((1.0, [2.0]), (20.0, [10.0])):
        champion = rung(values.put(learners["convolution"], "optimization.epochs", now))
        assert _values(EPOCHS_TECHNIQUE, champion, evidence(champion), "epochs") == new


def test_the_learning_rate_falls_far_after_trouble(learners, rung, evidence, finding):
    champion = rung(values.put(learners["tuned"], "optimization.learning_rate", 3e-4))
    assert _values(LEARNING_RATE, champion, evidence(champion), "learning_rate") == [6e-4, 1.5e-4]
    trouble = evidence(champion, findings=(finding("M10"),))
    assert _values(LEARNING_RATE, champion, trouble, "learning_rate") == [1e-4, 3e-5]


def test_another_schedule_and_a_longer_warm_up(learners, rung, evidence):
    champion = rung(learners["tuned"])
    first, second = SCHEDULE.propose(champion, evidence(champion))
    assert first.learner.optimization.schedule == "cosine"
    assert second.changed == ("optimization.warmup",)
    assert second.reason.startswith("A warm-up of 20% instead of 10% for the fine-tuned encoder: ")


def test_the_rate_goes_with_the_root_of_the_batch(learners, rung, evidence, finding):
    champion = rung(learners["tuned"])
    larger, smaller = BATCH_SIZE.propose(champion, evidence(champion))
    before = learners["tuned"].optimization
    assert larger.learner.optimization.batch_size == 2 * before.batch_size
    assert larger.learner.optimization.learning_rate == pytest.approx(before.learning_rate * 2**0.5, rel=0.05)
    assert smaller.learner.optimization.learning_rate < before.learning_rate
    assert larger.changed == ("optimization.learning_rate", "optimization.batch_size")
    jumping = evidence(champion, findings=(finding("M10"),))
    assert _values(BATCH_SIZE, champion, jumping, "batch_size") == [2 * before.batch_size]


def test_a_batch_is_never_most_of_the_rows(learners, rung, evidence):
    champion = rung(learners["tuned"])
    assert all(size <= 16 for size in _values(BATCH_SIZE, champion, evidence(champion, rows=60), "batch_size"))
