"""Do the parts stay that matter most for what they cost, within the budget?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.compress.compact.operations import Prices, planned
from naeum.compress.compact.plan import Plan
from naeum.compress.prune.choosing import (
    TOGETHER,
    best_layers,
    best_of_all,
    best_of_every,
    best_parts,
    best_width,
    schedule,
)
from naeum.compress.prune.importance import Importance

WIDE = 8 * TOGETHER
PRICES = Prices(head=110 * WIDE, neuron=2 * WIDE, width=WIDE, looked_at=10 * WIDE)


def scores(seed=0):
    draw = np.random.default_rng(seed)
    return Importance(
        tuple(draw.random(4) for _ in range(3)), tuple(draw.random(5 * TOGETHER) for _ in range(3)), draw.random(3),
        draw.random(WIDE),
    )  # fmt: skip


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
    heads, neurons = ((one[0] * 1000, *one[1:]) for one in (found.heads, found.neurons))
    heavy = Importance(heads, neurons, found.layers, found.columns)
    plan = best_parts(heavy, PRICES, 0.5 * WHOLE)
    assert len(plan.stay[0].heads) == 4
    assert len(plan.stay[0].neurons) == 5 * TOGETHER


def test_each_layer_keeps_one_head_and_some_neurons_whatever_they_cost():
    plan = best_parts(scores(), PRICES, 1)
    assert [(len(one.heads), len(one.neurons)) for one in plan.stay] == [(1, TOGETHER)] * 3


def test_layers_stay_whole():
    plan = best_layers(replace(scores(), layers=np.array([0.1, 3.0, 2.0])), PRICES, 0.7 * WHOLE)
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
        np.ones(WIDE),
    )
    whole = 3 * (4 * PRICES.head + 20 * TOGETHER * PRICES.neuron)
    parts, every = (choose(found, PRICES, 0.5 * whole) for choose in (best_parts, best_of_all))
    assert parts.layers == (0, 1, 2)
    assert every.layers == (0, 2)
    left = planned(Plan(parts.stay[::2]), PRICES)
    assert left < planned(every, PRICES) <= 0.5 * whole, "what it would have cost is shared out"
    assert best_of_all(found, PRICES, 0.99 * whole) == best_parts(found, PRICES, 0.99 * whole)
    assert len(best_of_all(found, PRICES, 1).layers) == 1


def test_the_best_columns_stay_and_every_part():
    found = scores(4)
    plan = best_width(found, PRICES, 0.6 * WHOLE)
    assert planned(plan, PRICES) <= 0.6 * WHOLE < planned(replace(plan, width=tuple(range(5 * TOGETHER))), PRICES)
    assert set(plan.width) == set(np.argsort(-found.columns)[: 4 * TOGETHER])
    assert replace(plan, width=()) == best_layers(found, PRICES, WHOLE)
    assert len(best_width(found, PRICES, 1).width) == TOGETHER


def test_columns_go_where_they_matter_less_than_parts():
    found = scores(5)
    idle = np.where(np.arange(WIDE) < TOGETHER, 1.0, 1e-9)
    narrow = best_of_every(replace(found, columns=idle), PRICES, 0.5 * WHOLE)
    assert set(range(TOGETHER)) <= set(narrow.width) and len(narrow.width) == 3 * TOGETHER
    assert 0.4 * WHOLE < planned(narrow, PRICES) <= 0.5 * WHOLE
    kept = sum(len(one.heads) + len(one.neurons) for one in narrow.stay)
    assert kept == 3 * (4 + 5 * TOGETHER), "room for all heads and neurons"
    wide = best_of_every(replace(found, columns=np.full(WIDE, 1e9)), PRICES, 0.5 * WHOLE)
    assert wide == best_of_all(found, PRICES, 0.5 * WHOLE)


def test_what_no_width_holds_is_cut_as_far_as_it_can_be():
    plan = best_of_every(scores(), PRICES, 1)
    assert len(plan.width) == TOGETHER
    assert [(len(one.heads), len(one.neurons)) for one in plan.stay] == [(1, TOGETHER)] * 3


def test_the_schedule_ends_at_the_share_and_never_rises():
    found = schedule(0.33, 5)
    assert found[-1] == pytest.approx(0.33)
    assert list(found) == sorted(found, reverse=True)
    assert schedule(0.5, 1) == (0.5,)
