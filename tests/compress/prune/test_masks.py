"""Do the right weights go, and stay away while the others learn?"""

import numpy as np
import pytest
import torch

from naeum.compress.prune import masks
from naeum.compress.prune.masks import chosen
from naeum.errors import InputError
from naeum.testing.architectures import LAYERS, encoder
from naeum.train import loop

SMALL = {"a": torch.tensor([[1.0, 2.0], [3.0, 4.0]]), "b": torch.tensor([[10.0, 20.0, 30.0, 0.5]])}


def test_all_linear_maps_of_an_encoder_are_found_and_no_table():
    found = masks.weights(encoder("bert"))
    assert len(found) == 6 * LAYERS
    assert not any("embeddings" in name for name in found)
    with pytest.raises(InputError, match="an encoder must have linear maps to lose weights; this one has none"):
        masks.weights(torch.nn.Embedding(3, 3))


def test_the_best_of_all_stay_or_of_each():
    together = chosen(SMALL, 0.5, "global", "any")
    assert together["a"].tolist() == [[False, False], [False, True]]
    assert together["b"].tolist() == [[True, True, True, False]]
    each = chosen(SMALL, 0.5, "layer", "any")
    assert each["a"].tolist() == [[False, False], [True, True]]
    assert each["b"].tolist() == [[False, True, True, False]]


def test_two_of_each_four_stay():
    score = torch.tensor([[1.0, 4.0, 3.0, 2.0, 9.0, 9.0, 9.0, 9.0, 0.1, 0.2]])
    found = chosen({"a": score}, 0.1, "global", "2:4")["a"]
    assert found.tolist() == [[False, True, True, False, True, True, False, False, True, True]]


def test_what_is_zero_stays_zero_while_the_others_learn(full, work, run):
    job = work.job(full.network, seed=3, dropout=0.1)
    stay = chosen(masks.magnitudes(masks.weights(job.module.encoder)), 0.4, "global", "any")
    masks.applied(job.module.encoder, stay)
    before = {name: weight.detach().clone() for name, weight in masks.weights(job.module.encoder).items()}
    with masks.held(job.module.encoder, stay):
        loop.train(job, run)
    for name, weight in masks.weights(job.module.encoder).items():
        assert not weight[~stay[name]].any()
        assert not torch.equal(weight, before[name])


def test_movement_is_the_sum_of_minus_gradient_times_weight():
    module = torch.nn.Linear(3, 2, bias=False)
    with masks.moving(module) as moved:
        for _ in range(2):
            module(torch.ones(1, 3)).sum().backward()
    expected = -2 * module.weight.detach().numpy()
    np.testing.assert_allclose(moved[".weight"].numpy(), expected, rtol=1e-6)
