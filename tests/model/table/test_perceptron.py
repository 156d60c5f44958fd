"""Is the perceptron the sum of its layers, whatever norm it has?"""

from __future__ import annotations

import pytest

from naeum import extras
from naeum.errors import InputError
from naeum.model.layers import NORMS
from naeum.model.table.perceptron import Perceptron

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

import torch


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("residual", [True, False])
def test_it_is_its_layers_one_after_the_other(norm: str, residual: bool) -> None:
    made = Perceptron(8, 2, norm, "gelu", residual, dropout=0.5).module(5, 3, seed=1).eval()
    cells = torch.randn(4, 5)
    states = cells @ made.map.weight.T + made.map.bias
    for place in range(2):
        said = torch.nn.functional.gelu(made.layers[place](made.norms[place](states)))
        states = states + said if residual else said
    wanted = made.head(torch.nn.functional.gelu(made.last(states)))
    torch.testing.assert_close(made(cells), wanted)
    assert made.pooled(cells).shape == (4, 8)


def test_one_seed_gives_the_same_weights_and_a_row_alone_can_be_learned_from() -> None:
    one, same, other = (Perceptron(8, norm="batch").module(5, 3, seed) for seed in (1, 1, 2))
    assert torch.equal(one.head.weight, same.head.weight)
    assert not torch.equal(one.head.weight, other.head.weight)
    one.train()
    one(torch.randn(1, 5)).sum().backward()
    assert torch.isfinite(one.map.weight.grad).all()


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match=r"width must be at least 1, layers at least 0 .* got 0, 2"):
        Perceptron(width=0)
    with pytest.raises(InputError, match="activation must be one of relu, gelu, tanh; got 'elu'"):
        Perceptron(activation="elu")
