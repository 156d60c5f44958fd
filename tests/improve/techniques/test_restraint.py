"""Is a network held back after variance and let go after bias?"""

from __future__ import annotations

import pytest

from naeum import values
from naeum.improve.techniques.restraint import AVERAGING, DROPOUT, LABEL_SMOOTHING, WEIGHT_DECAY


def _values(technique, champion, world, path):
    return [values.get(edit.learner, path) for edit in technique.propose(champion, world)]


@pytest.mark.parametrize(
    "technique, path, stronger, weaker",
    [
        (DROPOUT, "dropout", [0.2, 0.3], [0.0]),
        (WEIGHT_DECAY, "optimization.weight_decay", [0.1, 0.3], [0.0]),
        (LABEL_SMOOTHING, "objective.label_smoothing", [0.05, 0.1], []),
        (AVERAGING, "optimization.course.average", [0.99, 0.999], []),
    ],
)
def test_two_steps_stronger_or_one_weaker(learners, rung, evidence, finding, technique, path, stronger, weaker):
    champion = rung(values.put(learners["tuned"], "optimization.weight_decay", 0.01))
    assert _values(technique, champion, evidence(champion), path) == stronger
    assert _values(technique, champion, evidence(champion, findings=(finding("M02"),)), path) == stronger
    assert _values(technique, champion, evidence(champion, findings=(finding("M01"),)), path) == weaker
    both = evidence(champion, findings=(finding("M01"), finding("M02")))
    assert _values(technique, champion, both, path) == stronger


def test_the_strongest_is_not_topped(learners, rung, evidence):
    champion = rung(values.put(learners["tuned"], "dropout", 0.3))
    assert list(DROPOUT.propose(champion, evidence(champion))) == []


def test_lora_has_a_dropout_of_its_own(learners, rung, evidence):
    champion = rung(learners["lora"])
    changed = {edit.changed for edit in DROPOUT.propose(champion, evidence(champion))}
    assert changed == {("dropout",), ("tuning.dropout",)}
