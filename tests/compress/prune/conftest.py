"""The fine-tuned encoder of the room, with what is learned from again."""

import pytest

from naeum.compress.compact.encoder import compacted
from naeum.compress.compact.places import whole
from naeum.compress.distil.lesson import More, lesson
from naeum.compress.distil.soft import Soft
from naeum.compress.prune.retraining import Work
from naeum.model.text.finetuned import FineTuned
from naeum.train.recipe import Objective, Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


@pytest.fixture(scope="session")
def full(tuned):
    """The fine-tuned encoder, all of it staying."""
    return compacted(tuned, whole(tuned.network.encoder))


@pytest.fixture(scope="session")
def work(tuned, parts, run, base):
    learned = lesson(FineTuned(base=base), tuned, parts, More(), run)
    return Work.of(tuned, learned, BRISK, Objective(), Soft(0.5))
