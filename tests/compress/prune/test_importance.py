"""Do scores say what matters: by gradients, by weights, by movement?"""

import copy

import numpy as np
import pytest
import torch

from naeum.compress.compact.places import places
from naeum.compress.prune import importance
from naeum.compress.prune.importance import by_gradient, by_magnitude, movement
from naeum.train import loop

LAYER, HEAD, NEURON = 1, 0, 5


@pytest.fixture(scope="module")
def idle(full):
    """The encoder with one head and one neuron that say nothing."""
    network = copy.deepcopy(full.network)
    place = places(network.encoder)[LAYER]
    with torch.no_grad():
        place.out.weight[:, HEAD * place.head_width : (HEAD + 1) * place.head_width] = 0
        place.down.weight[:, NEURON] = 0
    return network


@pytest.mark.parametrize("square", [False, True])
def test_what_says_nothing_scores_nothing(idle, work, square):
    found = by_gradient(idle, work.bare, work.plain, square=square)
    assert found.heads[LAYER][HEAD] == found.neurons[LAYER][NEURON] == 0
    assert found.heads[LAYER][1] > 0
    assert (np.delete(found.neurons[LAYER], NEURON) > 0).any()
    assert found.layers.shape == (2,)
    assert (found.layers > 0).all()


def test_squares_are_at_least_the_squares_of_means(full, work):
    plain, square = (by_gradient(full.network, work.bare, work.plain, square=one) for one in (False, True))
    for one, other in zip(plain.neurons, square.neurons, strict=True):
        assert (other >= one**2 - 1e-12).all()


def test_of_many_rows_some_are_looked_at(full, work, monkeypatch):
    every = by_gradient(full.network, work.bare, work.plain, square=False)
    monkeypatch.setattr(importance, "MOST_ROWS", 6)
    some = by_gradient(full.network, work.bare, work.plain, square=False)
    assert not np.allclose(every.layers, some.layers)


def test_small_weights_score_little(idle):
    found = by_magnitude(idle)
    assert found.heads[LAYER].argmin() == HEAD
    assert found.neurons[LAYER].argmin() == NEURON
    place = places(idle.encoder)[0]
    assert np.isclose(found.neurons[0].mean(), 2 * place.width)
    assert np.isclose(found.heads[0].mean(), 4 * place.head_width * place.width)


def test_movement_is_the_sum_of_minus_gradient_times_weight(full, work, run):
    job = work.job(full.network, seed=0, dropout=0.0)
    place = places(job.module.encoder)[0]
    expected = np.zeros(place.neurons)

    def add(gradient):
        expected[:] += (-(gradient * place.down.weight.detach()).sum(0)).double().numpy()

    hook = place.down.weight.register_hook(add)
    with movement(places(job.module.encoder)) as moved:
        loop.train(job, run)
    hook.remove()
    np.testing.assert_allclose(moved.importance.neurons[0], expected, atol=1e-9)
    assert np.abs(expected).max() > 0
    assert moved.importance.heads[1].shape == (2,)
