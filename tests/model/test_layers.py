"""Do layers start as the papers say, and are norms kept apart?"""

from __future__ import annotations

import pytest

from naeum import extras
from naeum.errors import InputError

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

import torch

from naeum.model.layers import activation_of, norm_of, started, started_recurrent


@pytest.mark.parametrize(
    "activation, variance", [("relu", 2 / 600), ("gelu", 2 / 600), ("tanh", 2 / 1000), ("none", 2 / 1000)]
)
def test_weights_start_as_wide_as_the_activation_asks(activation: str, variance: float) -> None:
    torch.manual_seed(1)
    layer = started(torch.nn.Linear(600, 400), activation)
    assert layer.weight.var().item() == pytest.approx(variance, rel=0.03)
    assert not layer.bias.any()


@pytest.mark.parametrize("make, gates", [(torch.nn.LSTM, 4), (torch.nn.GRU, 3)])
def test_recurrent_weights_are_orthogonal_gate_by_gate(make, gates: int) -> None:
    layer = started_recurrent(make(7, 5, bidirectional=True))
    for name in ("weight_hh_l0", "weight_hh_l0_reverse"):
        for gate in getattr(layer, name).split(5):
            torch.testing.assert_close(gate @ gate.T, torch.eye(5), atol=1e-5, rtol=0)
    kept = layer.bias_ih_l0.view(gates, 5)
    assert bool((kept[1] == (1.0 if gates == 4 else 0.0)).all()) and not kept[0].any()


def test_norms_are_those_of_torch_and_a_case_alone_is_no_trouble() -> None:
    cases = torch.randn(64, 6) * 3 + 2
    for name, width in (("layer", 1), ("batch", 0)):
        found = norm_of(name, 6)(cases)
        assert found.mean(dim=width).abs().max() < 1e-5
        assert (found.std(dim=width, unbiased=False) - 1).abs().max() < 1e-3
    assert norm_of("none", 6)(cases) is cases
    norm = norm_of("batch", 6)
    before = norm.running_mean.clone()
    torch.testing.assert_close(norm(cases[:1]), cases[:1] / (1 + norm.eps) ** 0.5)
    assert torch.equal(norm.running_mean, before)


def test_unknown_names_are_refused() -> None:
    with pytest.raises(InputError, match="norm must be one of layer, batch, none; got 'group'"):
        norm_of("group", 3)
    with pytest.raises(InputError, match="activation must be one of relu, gelu, tanh; got 'sin'"):
        activation_of("sin")
