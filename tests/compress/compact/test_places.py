"""Are heads and neurons found in every architecture that can be cut, and the others refused?"""

import pytest
import torch
import transformers

from naeum.compress.compact.places import places, whole
from naeum.errors import InputError
from naeum.testing.architectures import ARCHITECTURES, HEADS, LAYERS, NEURONS, WIDTH, encoder


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_heads_and_neurons_are_counted(name):
    found = places(encoder(name))
    assert len(found) == LAYERS
    assert {(one.heads, one.neurons, one.head_width, one.width) for one in found} == {
        (HEADS, NEURONS, WIDTH // HEADS, WIDTH)
    }
    assert all(isinstance(one.up, torch.nn.Linear) and one.up.out_features == NEURONS for one in found)


def test_everything_stays_by_the_whole_plan():
    plan = whole(encoder("distilbert"))
    assert plan.layers == (0, 1, 2)
    assert plan.stay[1].heads == (0, 1, 2, 3)
    assert plan.stay[2].neurons == tuple(range(NEURONS))


def test_another_architecture_is_refused():
    config = transformers.MPNetConfig(
        vocab_size=30, hidden_size=8, num_hidden_layers=1, num_attention_heads=2, intermediate_size=8
    )
    with pytest.raises(InputError, match=r"must be of the architecture bert, .* this one is 'mpnet'; choose another"):
        places(transformers.MPNetModel(config))
