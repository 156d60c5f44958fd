"""Do the parts stay that matter most for what they cost, within the budget?"""

import numpy as np
import pytest

from naeum.compress.compact.operations import Prices, planned
from naeum.compress.compact.plan import Plan
from naeum.compress.prune.choosing import TOGETHER, best_layers, best_of_all, best_parts, schedule
from naeum.compress.prune.importance import Importance

PRICES = Prices(head=100, neuron=2)


def scores(seed=0):
    draw = np.random.default_rng(seed)
    return Importance(
        tuple(draw.random(4) for _ in range(3)), tuple(draw.random(5 * TOGETHER) for _ in range(3)), draw.random(3)
    )


WHOLE = 3 * (4 * PRICES.head + 5 * TOGETHER * PRICES.neuron)


@pytest.mark.parametrize("share", [0.9, 0.5, 0.35])
def test_parts_keep_to_the_budget_and_spend_it(share):
    plan = best_parts(scores(), PRICES, share * WHOLE)
    spent = planned(plan, PRICES)
    assert share * WHOLE - PRICES.head < spent <= share * WHOLE
    assert all(len(one.neurons) % TOGETHER == 0 for one in plan.stay)


def test_within_a_layer_the_best_stay():
    found = scores(1)
    plan = best_parts(found, PRICES, 0.5 * WHOLE)
    for stay, heads, neurons in zip(plan.stay, found.heads, found.neurons, strict=True):
        assert set(stay.heads) == set(np.argsort(-heads)[: len(stay.heads)])
        assert set(stay.neurons) == set(np.argsort(-neurons)[: len(stay.neurons)])


def test_a_layer_that_matters_keeps_more():
    found = scores(2)
    heavy = Importance(
        (found.heads[0] * 1000, *found.heads[1:]), (found.neurons[0] * 1000, *found.neurons[1:]), found.layers
    )
    plan = best_parts(heavy, PRICES, 0.5 * WHOLE)
    assert len(plan.stay[0].heads) == 4
    assert len(plan.stay[0].neurons) == 5 * TOGETHER


def test_each_layer_keeps_one_head_and_some_neurons_whatever_they_cost():
    plan = best_parts(scores(), PRICES, 1)
    assert [(len(one.heads), len(one.neurons)) for one in plan.stay] == [(1, TOGETHER)] * 3


def test_layers_stay_whole():
    plan = best_layers(Importance(scores().heads, scores().neurons, np.array([0.1, 3.0, 2.0])), PRICES, 0.7 * WHOLE)
    assert plan.layers == (1, 2)
    assert len(plan.stay[0].heads) == 4
    assert best_layers(scores(), PRICES, 1).layers == (int(scores().layers.argmax()),)


def test_a_layer_of_which_little_would_stay_goes_as_a_whole():
    draw = np.random.default_rng(3)
    sizes = (1.0, 1e-6, 1.0)  # of what the layers' parts matter
    found = Importance(
        tuple(size * draw.random(4) for size in sizes),
        tuple(size * draw.random(20 * TOGETHER) for size in sizes),
        np.ones(3),
    )
    whole = 3 * (4 * PRICES.head + 20 * TOGETHER * PRICES.neuron)
    parts, every = (choose(found, PRICES, 0.5 * whole) for choose in (best_parts, best_of_all))
    assert parts.layers == (0, 1, 2)
    assert every.layers == (0, 2)
    left = planned(Plan(parts.stay[::2]), PRICES)
    assert left < planned(every, PRICES) <= 0.5 * whole, "what it would have cost is shared out"
    assert best_of_all(found, PRICES, 0.99 * whole) == best_parts(found, PRICES, 0.99 * whole)
    assert len(best_of_all(found, PRICES, 1).layers) == 1


def test_the_schedule_ends_at_the_share_and_never_rises():
    found = schedule(0.33, 5)
    assert found[-1] == pytest.approx(0.33)
    assert list(found) == sorted(found, reverse=True)
    assert schedule(0.5, 1) == (0.5,)
