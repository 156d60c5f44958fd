"""Does a module compute as eight bits do, learn through the rounding, and become what it was?"""

import numpy as np
import pytest
import torch

from naeum.compress.quantize import faking
from naeum.compress.quantize.eight_bits import weights_in_bytes
from naeum.compress.quantize.faking import faked, linear_maps, seen
from naeum.compress.quantize.ranges import between, rounded, scale_of


class Module(torch.nn.Module):
    """Two linear maps as an encoder, one of which is never called, and a head."""

    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.ModuleDict({"called": torch.nn.Linear(8, 4), "idle": torch.nn.Linear(8, 4)})
        self.head = torch.nn.Linear(4, 2)

    def forward(self, states, attention_mask):
        return self.head(self.encoder["called"](states).mean(1))


@pytest.fixture
def given():
    torch.manual_seed(0)
    module = Module().eval()
    mask = torch.tensor([[1, 1, 1], [1, 0, 0]])
    batch = {"states": torch.randn(2, 3, 8) * mask[..., None] + (1 - mask[..., None]) * 1e6, "attention_mask": mask}
    return module, batch


def test_padding_and_what_is_never_called_are_not_seen(given):
    module, batch = given
    found = seen(module, [batch])
    assert set(found) == {"called"} and found["called"].shape == (4, 8) and np.abs(found["called"]).max() < 10


def test_it_computes_what_eight_bits_compute(given):
    module, batch = given
    values = seen(module, [batch])
    part = module.encoder["called"]
    x = torch.randn(5, 8)
    with faked(module, values, "minmax"), torch.no_grad():
        told = part(x).numpy()
        assert linear_maps(module.encoder).keys() == {"idle"}
    whole, steps = weights_in_bytes(part.weight.detach().numpy().T, axis=1)
    wanted = rounded(x.numpy(), *scale_of(*between(values["called"], "minmax"))) @ (whole * steps)
    np.testing.assert_allclose(told, wanted + part.bias.detach().numpy(), atol=1e-5)
    assert type(part) is torch.nn.Linear and not hasattr(part, "step")
    assert np.abs(part(x).detach().numpy() - told).max() > 1e-4


def test_gradients_pass_the_rounding_and_stop_outside_the_ends(given):
    module, batch = given
    part = module.encoder["called"]
    with faked(module, seen(module, [batch]), "minmax"):
        x = torch.zeros(1, 8)
        x[0, 0] = 1e4
        x.requires_grad_(True)
        part(x).sum().backward()
    assert x.grad[0, 0] == 0 and (x.grad[0, 1:] != 0).all()
    assert (part.weight.grad[:, 0] != 0).all()


def test_an_error_within_leaves_the_module_as_it_was(given):
    module, batch = given
    with pytest.raises(RuntimeError, match="stop"), faked(module, seen(module, [batch]), "minmax"):
        raise RuntimeError("stop")
    assert type(module.encoder["called"]) is torch.nn.Linear
    assert faking.WEIGHT_LEVELS == 127
