"""Is attention that learns in bfloat16 the plain one, only quicker?"""

from __future__ import annotations

import pytest
import torch
from transformers.integrations.sdpa_attention import sdpa_attention_forward

from naeum.engine import attention, bases, sessions


class Attends(torch.nn.Module):
    is_causal = False


def states(dtype: torch.dtype, seed: int = 0) -> list[torch.Tensor]:
    draw = torch.Generator().manual_seed(seed)
    return [torch.randn(2, 3, 5, 8, generator=draw).to(dtype).requires_grad_() for _ in range(3)]


def gradients(attend, mask, dtype: torch.dtype) -> list[torch.Tensor]:
    given = states(dtype)
    with torch.autocast("cpu", torch.bfloat16, enabled=dtype == torch.bfloat16):
        answer, _ = attend(Attends(), *given, mask, scaling=None)
    assert answer.dtype == dtype
    answer.float().square().sum().backward()
    return [answer.detach().float(), *(one.grad.float() for one in given)]


@pytest.mark.parametrize("masked", [False, True])
def test_half_precision_is_nearer_to_the_exact_gradient_than_the_plain_kernel(masked: bool) -> None:
    mask = torch.tensor([[True] * 5, [True] * 3 + [False] * 2]).view(2, 1, 1, 5).expand(2, 1, 5, 5) if masked else None
    exact = gradients(sdpa_attention_forward, mask, torch.float32)
    ours = gradients(attention.attend, mask, torch.bfloat16)
    plain = gradients(sdpa_attention_forward, mask, torch.bfloat16)
    for one, two, true in zip(ours, plain, exact, strict=True):
        torch.testing.assert_close(one, true, atol=0.1, rtol=0.05)
        assert (one - true).norm() <= 1.1 * (two - true).norm()


def test_a_mask_of_numbers_is_taken_too() -> None:
    numbers = torch.zeros(2, 1, 5, 5, dtype=torch.bfloat16)
    numbers[1, :, :, 3:] = -torch.inf
    truth = numbers == 0
    one = gradients(attention.attend, numbers, torch.bfloat16)
    two = gradients(attention.attend, truth, torch.bfloat16)
    for ours, theirs in zip(one, two, strict=True):
        torch.testing.assert_close(ours, theirs)


def test_without_a_gradient_it_is_the_plain_kernel() -> None:
    given = [one.detach() for one in states(torch.bfloat16)]
    ours, _ = attention.attend(Attends(), *given, None)
    plain, _ = sdpa_attention_forward(Attends(), *given, None)
    assert torch.equal(ours, plain)


def test_an_encoder_learns_through_it(base: bases.Base) -> None:
    module = sessions.load(base)
    assert module.config._attn_implementation == attention.NAME
    with torch.autocast("cpu", torch.bfloat16):
        answer = module(input_ids=torch.tensor([[2, 5, 6, 3]])).last_hidden_state
    answer.float().square().sum().backward()
    query = next(weight for name, weight in module.named_parameters() if "query.weight" in name)
    assert query.grad is not None and float(query.grad.abs().max()) > 0
