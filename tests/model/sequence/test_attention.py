"""Is the small transformer what torch's own attention and a plain loop say, whatever stands in the padding?"""

from __future__ import annotations

import math

import pytest

from naeum import extras
from naeum.errors import InputError
from naeum.model.layers import NORMS
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.positions import POSITIONS, slopes, turned

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

import torch

LENGTHS = torch.tensor([4, 6, 1])
ROWS, WORDS, WIDTH, HEADS = 3, 6, 16, 4


def made(positions: str = "learned", norm: str = "layer", layers: int = 1) -> torch.nn.Module:
    torch.manual_seed(0)
    shape = Attention(WIDTH, layers, HEADS, positions, norm, dropout=0.0)
    return shape.module(5, WORDS).eval()


def away() -> torch.Tensor:
    there = torch.arange(WORDS) < LENGTHS[:, None]
    return torch.zeros(ROWS, 1, 1, WORDS).masked_fill(~there[:, None, None], -math.inf)


def test_attention_is_torchs_own() -> None:
    block = made().blocks[0]
    words = torch.randn(ROWS, WORDS, WIDTH)
    other = torch.nn.MultiheadAttention(WIDTH, HEADS, batch_first=True)
    with torch.no_grad():
        other.in_proj_weight.copy_(torch.cat([part.weight for part in block.maps()]))
        other.in_proj_bias.copy_(torch.cat([part.bias for part in block.maps()]))
        other.out_proj.weight.copy_(block.out.weight)
        other.out_proj.bias.copy_(block.out.bias)
    wanted, _ = other(words, words, words, key_padding_mask=torch.arange(WORDS) >= LENGTHS[:, None])
    torch.testing.assert_close(block.looked(words, away()), wanted, atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("positions", ["rotary", "alibi"])
def test_a_block_is_a_plain_loop(positions: str) -> None:
    module = made(positions)
    block, words = module.blocks[0], torch.randn(ROWS, WORDS, 5)
    with torch.no_grad():
        compared(module, block, words, positions)


def compared(module, block, words: torch.Tensor, positions: str) -> None:
    found = module(words, LENGTHS)
    each = WIDTH // HEADS
    for row, length in enumerate(LENGTHS.tolist()):
        states = module.map(words[row, :length])
        normed = block.norms[0](states)
        asks, keys, says = (part(normed) for part in block.maps())
        heard = torch.zeros(length, WIDTH)
        for head in range(HEADS):
            own = slice(head * each, (head + 1) * each)
            ask, key = asks[:, own], keys[:, own]
            if positions == "rotary":
                ask, key = turned(ask), turned(key)
            for one in range(length):
                logits = [float(ask[one] @ key[other]) / math.sqrt(each) for other in range(length)]
                if positions == "alibi":  # the first half of the heads looks back, the second ahead
                    slope, back = slopes(HEADS // 2)[head % 2], head < HEADS // 2
                    logits = [
                        logit - slope * abs(one - other) if (other <= one if back else other >= one) else -math.inf
                        for other, logit in enumerate(logits)
                    ]
                shares = torch.tensor(logits).softmax(dim=0)
                heard[one, own] = sum(share * says[other, own] for other, share in enumerate(shares))
        states = states + block.out(heard)
        states = states + block.down(torch.nn.functional.gelu(block.up(block.norms[1](states))))
        torch.testing.assert_close(found[row, :length], module.norm(states), atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("norm", NORMS)
def test_padding_is_not_heard(positions: str, norm: str) -> None:
    module, words = made(positions, norm, layers=2), torch.randn(ROWS, WORDS, 5)
    module.train()  # without dropout; a batch norm looks at the batch
    other = words.clone()
    other[0, 4:], other[2, 1:] = 9.0, -9.0
    one, two = module(words, LENGTHS), module(other, LENGTHS)
    for row, length in enumerate(LENGTHS.tolist()):
        torch.testing.assert_close(one[row, :length], two[row, :length], atol=1e-5, rtol=1e-4)
    assert torch.isfinite(one).all()


@pytest.mark.parametrize("positions", POSITIONS)
def test_the_order_of_words_tells(positions: str) -> None:
    module, words = made(positions), torch.randn(1, WORDS, 5)
    whole = torch.tensor([WORDS])
    turned_round = module(words.flip(1), whole).flip(1)
    assert (module(words, whole) - turned_round).abs().max() > 1e-4


def test_gradients_reach_every_weight() -> None:
    module = made(layers=2).train()
    module(torch.randn(ROWS, WORDS, 5), LENGTHS)[torch.arange(WORDS) < LENGTHS[:, None]].square().sum().backward()
    silent = [name for name, weight in module.named_parameters() if weight.grad is None or not weight.grad.any()]
    assert [name for name in silent if not name.endswith("keys.bias")] == []  # softmax does not feel the keys' bias


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"positions": "sine"}, "positions must be one of learned, rotary, alibi; got 'sine'"),
        ({"width": 20, "heads": 4}, "width must be a multiple of twice the heads; got 20 and 4 heads"),
        ({"layers": 0}, "layers and heads must be at least 1"),
        ({"activation": "selu"}, "activation must be one of"),
        ({"norm": "group"}, "norm must be one of"),
    ],
)
def test_wrong_settings_are_refused(settings, said: str) -> None:
    with pytest.raises(InputError, match=said):
        Attention(**settings)
