"""Does the module of an exported tagger read each word as the tagger does?"""

import numpy as np
import pytest
import torch

from naeum.compress.export.tagging import _means, example, tagging
from naeum.model.tags.finetuned import EncoderTagger
from naeum.model.tags.tagger import means, tagger
from naeum.testing.worlds import tags


@pytest.fixture
def fitted(tuned):
    """An untrained tagger on the tiny encoder, with a head that says something."""

    def made(pieces, cased):
        task = tags.parts(6).fit.task
        from naeum.engine import sessions

        network = tagger(sessions.load(tuned.base), len(task.classes), pieces=pieces, cased=cased, dropout=0.0)
        torch.nn.init.normal_(network.head.weight)
        return EncoderTagger(task, tuned.base, network.eval(), 16, " ")

    return made


@pytest.mark.parametrize("pieces", ["first", "mean"])
@pytest.mark.parametrize("cased", [True, False])
def test_it_gives_the_scores_of_the_network(pieces, cased, fitted):
    own = fitted(pieces, cased)
    made = tagging(own)
    assert ("end" in made.inputs) == (pieces == "mean") and ("looks" in made.inputs) == cased
    batch = {name: torch.as_tensor(array) for name, array in example(made).items()}
    words = {"cases": None, "end": None, "looks": None, **batch}
    with torch.no_grad():
        np.testing.assert_allclose(made.module(**batch).numpy(), own.network(**words).numpy(), atol=1e-5)


def test_means_by_running_sums_are_the_means():
    states = torch.randn(40, 8, generator=torch.Generator().manual_seed(0)) * 30
    first = torch.tensor([0, 1, 4, 4, 30])
    end = torch.tensor([1, 4, 5, 30, 40])
    torch.testing.assert_close(_means(torch, states, first, end), means(states, first, end), atol=1e-4, rtol=1e-5)
