"""Do scores say what matters: by gradients, by weights, by movement?"""

import copy

import numpy as np
import pytest
import torch

from naeum.compress.compact.places import places
from naeum.compress.prune import importance
from naeum.compress.prune.importance import by_gradient, by_magnitude, movement
from naeum.train import loop

LAYER, HEAD, NEURON, COLUMN = 1, 0, 5, 3


def norms(encoder):
    return [encoder.embeddings.LayerNorm, *(norm for place in places(encoder) for norm in place.norms)]


@pytest.fixture(scope="module")
def idle(full):
    """The encoder with one head and one neuron that say nothing."""
    network = copy.deepcopy(full.network)
    place = places(network.encoder)[LAYER]
    with torch.no_grad():
        place.out.weight[:, HEAD * place.head_width : (HEAD + 1) * place.head_width] = 0
        place.down.weight[:, NEURON] = 0
        for part in norms(network.encoder):
            part.weight[COLUMN] = part.bias[COLUMN] = 0
    return network


def place_of(network):
    return places(network.encoder)[0]


@pytest.mark.parametrize("square", [False, True])
def test_what_says_nothing_scores_nothing(idle, work, square):
    found = by_gradient(idle, work.bare, work.plain, square=square)
    assert found.heads[LAYER][HEAD] == found.neurons[LAYER][NEURON] == 0
    assert found.heads[LAYER][1] > 0
    assert (np.delete(found.neurons[LAYER], NEURON) > 0).any()
    assert found.layers.shape == (2,)
    assert (found.layers > 0).all()
    assert found.columns.shape == (place_of(idle).width,) and found.columns[COLUMN] == 0
    assert (np.delete(found.columns, COLUMN) > 0).all()


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
    weights = sum(one.heads * 4 * one.head_width + one.neurons * 2 for one in places(idle.encoder))
    assert np.isclose(found.columns.mean(), weights)
    silent = copy.deepcopy(idle)
    with torch.no_grad():
        for one in places(silent.encoder):
            one.out.weight[COLUMN] = one.down.weight[COLUMN] = 0
    assert by_magnitude(silent).columns[COLUMN] == 0


def test_movement_is_the_sum_of_minus_gradient_times_weight(full, work, run):
    job = work.job(full.network, seed=0, dropout=0.0)
    place = places(job.module.encoder)[0]
    expected = np.zeros(place.neurons)
    others = [weight for norm in norms(job.module.encoder) for weight in norm.parameters()]
    columns = np.zeros(place.width)

    def add(gradient):
        expected[:] += (-(gradient * place.down.weight.detach()).sum(0)).double().numpy()

    def written(weight):
        def look(gradient):
            columns[:] -= (gradient * weight.detach()).double().numpy()

        return weight.register_hook(look)

    hook, more = place.down.weight.register_hook(add), [written(weight) for weight in others]
    with movement(job.module.encoder) as moved:
        loop.train(job, run)
    hook.remove()
    for one in more:
        one.remove()
    np.testing.assert_allclose(moved.importance.columns, columns, atol=1e-9)
    assert np.abs(columns).max() > 0
    np.testing.assert_allclose(moved.importance.neurons[0], expected, atol=1e-9)
    assert np.abs(expected).max() > 0
    assert moved.importance.heads[1].shape == (2,)
