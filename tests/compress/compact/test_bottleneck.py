"""Does a layer between two maps compute what they say, start near what it was, and count what it costs?"""

import copy

import pytest
import torch

from naeum.compress.compact import Plan, places, shrink
from naeum.compress.compact.bottleneck import bottleneck
from naeum.compress.compact.operations import Prices, operations
from naeum.compress.compact.places import bottlenecked, whole
from naeum.compress.compact.plan import Stay
from naeum.errors import InputError
from naeum.testing.architectures import HEADS, LAYERS, NEURONS, WIDTH, encoder

IDS = torch.tensor([[5, 6, 7, 8], [9, 10, 11, 12]])
INNER = (0, 3, 4, 9, 13, 15)


def test_what_comes_is_the_norm_of_states_and_what_the_layer_adds():
    torch.manual_seed(0)
    layer, states = torch.nn.Linear(3, 3), torch.randn(2, 4, 6)
    made = bottleneck(layer, 6, (1, 2, 5))
    alone = torch.zeros_like(states)
    alone[..., [1, 2, 5]] = layer(states[..., [1, 2, 5]])
    wanted = torch.nn.functional.layer_norm(states + alone, (6,), eps=1e-12)
    torch.testing.assert_close(made(states), wanted)
    made.inner = type("Older", (torch.nn.Module,), {"forward": lambda _, given: (layer(given), "attention")})()
    found, more = made(states)
    torch.testing.assert_close(found, wanted)
    assert more == "attention"


@pytest.mark.parametrize("name", ["bert", "electra", "distilbert"])
def test_every_layer_works_in_fewer_columns_and_states_stay_wide(name):
    full = encoder(name)
    made = shrink(full, Plan(whole(full).stay, inner=INNER))
    found = places(made)
    assert bottlenecked(found) and not bottlenecked(places(full))
    assert [(one.width, one.heads, one.neurons) for one in found] == [(len(INNER), HEADS, NEURONS)] * LAYERS
    assert made(input_ids=IDS).last_hidden_state.shape == (2, 4, WIDTH) and made.config.hidden_size == WIDTH
    prices = Prices.of(found[0], [4, 4])
    each = HEADS * prices.head + NEURONS * prices.neuron + 2 * len(INNER) * WIDTH
    assert operations(made, [4, 4]) == LAYERS * each


def test_parts_and_layers_of_it_go_and_columns_do_not():
    full = encoder("bert")
    made = shrink(full, Plan(whole(full).stay, inner=INNER))
    stay = (Stay(0, (1, 2), (0, 4, 5)), Stay(2, (0,), (3,)))
    less = shrink(made, Plan(stay))
    assert [(one.heads, one.neurons) for one in places(less)] == [(2, 3), (1, 1)]
    at_once = Plan(whole(full).stay, inner=INNER).inside(Plan(stay))
    again = shrink(full, at_once)
    torch.testing.assert_close(again(input_ids=IDS).last_hidden_state, less(input_ids=IDS).last_hidden_state)
    with pytest.raises(InputError, match=r"no bottlenecks to lose columns of its states; its layers work in 6 of them"):
        shrink(copy.deepcopy(made), Plan(whole(made).stay, (0, 1)))
    with pytest.raises(InputError, match="a column that stays must be below 4; got 4; count from 0"):
        shrink(full, Plan(whole(full).stay, (0, 1, 2, 3), (0, 4)))
