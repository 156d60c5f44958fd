"""Is a gate of one nothing, and its gradient what a finite difference says?"""

import pytest
import torch

from naeum.compress.prune.gates import gates
from naeum.testing.architectures import encoder

IDS = torch.tensor([[5, 6, 7, 8], [9, 10, 11, 12]])
STEP = 1e-2


def told(module):
    """A number for each row."""
    return module(input_ids=IDS).last_hidden_state[:, 0, :3].sum(1)


@pytest.mark.parametrize("name", ["bert", "electra", "distilbert"])
def test_open_gates_change_nothing_and_are_gone_afterwards(name):
    module = encoder(name)
    plain = told(module)
    with gates(module) as gate:
        gate.open(2)
        torch.testing.assert_close(told(module), plain)
    torch.testing.assert_close(told(module), plain, atol=0, rtol=0)


@pytest.mark.parametrize("kind", ["heads", "neurons", "layers", "columns"])
def test_the_gradient_by_a_gate_is_what_a_difference_says(kind):
    module = encoder("bert").double()
    with gates(module) as gate:
        opened = [one.double() for one in gate.open(2)]
        count = len(gate.layers)
        gate.heads, gate.neurons, gate.layers = (opened[at * count : (at + 1) * count] for at in range(3))
        gate.columns = opened[-1]
        one = gate.columns if kind == "columns" else getattr(gate, kind)[1]
        slope = torch.autograd.grad(told(module).sum(), one)[0]
        found = []
        for sign in (1, -1):
            moved = one.detach().clone()
            moved[0, 0] += sign * STEP
            if kind == "columns":
                gate.columns = moved
            else:
                getattr(gate, kind)[1] = moved
            found.append(told(module).detach())
    difference = (found[0] - found[1]) / (2 * STEP)
    assert float(difference[0]) == pytest.approx(float(slope[0, 0]), rel=1e-2)
    assert float(difference[1]) == pytest.approx(0, abs=1e-6)  # a gate is of one row alone
