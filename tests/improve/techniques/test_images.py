"""Are images changed more against variance and less against bias, and networks wider where they learn too little?"""

from __future__ import annotations

from naeum import values
from naeum.improve.techniques.images import IMAGE_CHANGES, IMAGE_MIXING, MIRROR_IMAGES, STOCHASTIC_DEPTH, WIDTH
from naeum.improve.techniques.optimization import EPOCHS_TECHNIQUE, LEARNING_RATE
from naeum.improve.techniques.restraint import WEIGHT_DECAY


def _learners(technique, champion, world):
    return [edit.learner for edit in technique.propose(champion, world)]


def _world(learners, tasks, rung, evidence, *findings):
    champion = rung(learners["network"])
    return champion, evidence(champion, task=tasks["network"], findings=findings)


def test_variance_wants_more_changes_and_bias_fewer(learners, tasks, rung, evidence, finding):
    champion, world = _world(learners, tasks, rung, evidence, finding("M02"))
    found = [one.changes for one in _learners(IMAGE_CHANGES, champion, world)]
    assert [(one.operations, one.cutout, one.colour) for one in found] == [
        (1, 0.25, 0.0), (2, 0.25, 0.0), (0, 0.5, 0.0), (0, 0.25, 0.2),
    ]  # fmt: skip
    champion, world = _world(learners, tasks, rung, evidence, finding("M01"))
    (plain,) = _learners(IMAGE_CHANGES, champion, world)
    assert (plain.changes.cutout, plain.changes.flip, plain.changes.shift) == (0.0, True, 0.125)


def test_images_are_mixed_in_two_ways(learners, tasks, rung, evidence):
    champion, world = _world(learners, tasks, rung, evidence)
    found = [(one.changes.mixup, one.changes.cutmix) for one in _learners(IMAGE_MIXING, champion, world)]
    assert found == [(0.2, 0.0), (0.0, 1.0), (1.0, 0.0)]


def test_blocks_are_passed_by_where_there_are_blocks(learners, tasks, rung, evidence):
    champion, world = _world(learners, tasks, rung, evidence)
    assert [one.network.drop_path for one in _learners(STOCHASTIC_DEPTH, champion, world)] == [0.1, 0.2]
    bare = rung(values.put(learners["network"], "network.blocks", 0))
    assert _learners(STOCHASTIC_DEPTH, bare, world) == []


def test_mirror_images_are_answered_only_where_they_were_shown(learners, tasks, rung, evidence):
    champion, world = _world(learners, tasks, rung, evidence)
    (both,) = _learners(MIRROR_IMAGES, champion, world)
    assert both.flips and _learners(MIRROR_IMAGES, rung(both), world) == []
    letters = rung(values.put(learners["network"], "changes.flip", False))
    assert _learners(MIRROR_IMAGES, letters, world) == []


def test_bias_wants_width_and_depth(learners, tasks, rung, evidence, finding):
    champion, world = _world(learners, tasks, rung, evidence, finding("M01"))
    found = [(one.network.width, one.network.blocks) for one in _learners(WIDTH, champion, world)]
    assert found == [(48, 1), (32, 2)]
    champion, world = _world(learners, tasks, rung, evidence, finding("M02"))
    assert [one.network.width for one in _learners(WIDTH, champion, world)] == [16]


def test_a_network_from_nothing_is_trained_in_ranges_of_its_own(learners, tasks, rung, evidence, finding):
    champion, world = _world(learners, tasks, rung, evidence, finding("M01"))
    assert [one.optimization.epochs for one in _learners(EPOCHS_TECHNIQUE, champion, world)] == [60.0, 45.0]
    assert [one.optimization.learning_rate for one in _learners(LEARNING_RATE, champion, world)] == [0.2, 0.05]
    champion, world = _world(learners, tasks, rung, evidence, finding("M02"))
    assert [one.optimization.weight_decay for one in _learners(WEIGHT_DECAY, champion, world)] == [0.001, 0.005]
