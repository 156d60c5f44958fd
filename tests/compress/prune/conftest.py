"""The fine-tuned encoder of the room, with what is learned from again."""

import pytest

from naeum.compress.compact.encoder import compacted
from naeum.compress.compact.places import whole
from naeum.compress.prune.retraining import Work
from naeum.train.recipe import Objective, Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


@pytest.fixture(scope="session")
def full(tuned):
    """The fine-tuned encoder, all of it staying."""
    return compacted(tuned, whole(tuned.network.encoder))


@pytest.fixture(scope="session")
def work(tuned, parts):
    return Work.of(tuned, parts, BRISK, Objective(), 0.5)
