"""Is quick dropout dropout?"""

from __future__ import annotations

import pytest
import torch

from naeum.model.text.dropout import dropout


@pytest.mark.parametrize("p", [0.05, 0.1, 0.5])
def test_as_many_entries_are_left_out_and_the_mean_stays(p: float) -> None:
    torch.manual_seed(0)
    answer = dropout(p)(torch.ones(400, 501))
    share = float((answer == 0).float().mean())
    assert share == pytest.approx(p, abs=1 / 512 + 4 * (p * (1 - p) / answer.numel()) ** 0.5)
    assert float(answer.mean()) == pytest.approx(1.0, abs=0.02)


def test_every_place_is_left_out_alike() -> None:
    torch.manual_seed(0)
    made = dropout(0.5)
    rates = torch.stack([made(torch.ones(33)) == 0 for _ in range(4000)]).float().mean(dim=0)
    assert float((rates - 0.5).abs().max()) < 0.04  # five standard deviations; the eighth byte is like the others


def test_the_gradient_flows_where_the_entry_stayed() -> None:
    torch.manual_seed(0)
    given = torch.ones(1000, requires_grad=True)
    answer = dropout(0.25)(given)
    answer.sum().backward()
    assert torch.equal(given.grad, answer.detach())


def test_a_seed_repeats_it_and_half_precision_stays_half() -> None:
    made, given = dropout(0.3), torch.ones(3, 5, 7, dtype=torch.bfloat16)
    torch.manual_seed(1)
    one = made(given)
    torch.manual_seed(1)
    assert torch.equal(one, made(given)) and one.dtype == torch.bfloat16
    assert not torch.equal(one, made(given))


def test_nothing_is_left_out_when_it_answers() -> None:
    given = torch.ones(100)
    assert dropout(0.5).eval()(given) is given
    assert dropout(0.0)(given) is given
