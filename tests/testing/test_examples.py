"""Are the example learners different, and those without an encoder free of one?"""

from __future__ import annotations

from naeum import values
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.examples import examples, exemptions


def test_examples_without_an_encoder_need_none() -> None:
    assert all(not hasattr(node, "base") for learner in examples() for _, node in values.nodes(learner))
    with_one = examples("folder")[len(examples()) :]
    assert len({values.key(learner) for learner in examples("folder")}) == len(examples()) + len(with_one)
    assert with_one
    assert all(any(hasattr(node, "base") for _, node in values.nodes(learner)) for learner in with_one)


def test_the_floor_need_not_learn_and_others_must() -> None:
    assert "learns_the_truth" in exemptions(Majority())
    assert "learns_the_truth" not in exemptions(TfidfLogistic())
