"""How does a network that reads all words at once know where each stands?

Learned vectors are added to words (Vaswani et al. 2017, who found them as good as waves). Rotary positions turn queries
and keys, so that how they meet depends on how far apart they stand (Su et al. 2021, "RoFormer"). ALiBi takes from how
much a word heeds another what lies between them, each head at a slope of its own (Press et al. 2022, "Train short, test
long"); an encoder reads to both sides, and distances alone would not tell before from behind, so one half of the heads
heeds what stands before, the other half what stands behind.
"""

from __future__ import annotations

import math
from typing import Any

POSITIONS = ("learned", "rotary", "alibi")
BASE = 10_000.0  # of the wave lengths, from 2 pi words to BASE times that


def slopes(heads: int) -> list[float]:
    """The slope of each head: a geometric series, of 8 heads 1/2, 1/4, …, 1/256.

    Where heads are no power of two, those of the next lower power, then every other one of the next higher (as the
    authors' own code has it).

    Example:
        >>> slopes(4)
        [0.25, 0.0625, 0.015625, 0.00390625]
    """
    if heads & (heads - 1) == 0:
        return [2.0 ** (-8.0 * (head + 1) / heads) for head in range(heads)]
    lower = 2 ** int(math.log2(heads))
    return [*slopes(lower), *slopes(2 * lower)[0::2][: heads - lower]]


def distances(words: int, heads: int, device: Any = None) -> Any:
    """(heads, words, words) what ALiBi adds to the logits of attention: minus slope times distance.

    Of an even number of heads one half heeds words before and itself, the other half words behind and itself.

    Example:
        >>> distances(3, 2)[0].tolist()
        [[-0.0, -inf, -inf], [-0.00390625, -0.0, -inf], [-0.0078125, -0.00390625, -0.0]]
    """
    import torch

    place = torch.arange(words, device=device)
    behind = (place[None, :] - place[:, None]).float()  # of a word (row) the others (column)
    if heads % 2:
        return -torch.tensor(slopes(heads), device=device)[:, None, None] * behind.abs()
    steep = -torch.tensor(slopes(heads // 2), device=device)[:, None, None] * behind.abs()
    never = float("-inf")
    return torch.cat([steep.masked_fill(behind > 0, never), steep.masked_fill(behind < 0, never)])


def turned(vectors: Any) -> Any:
    """Vectors (…, words, width) turned by their places: pair i of the width by place / BASE^(2 i / width).

    The first half of the width is paired with the second. Products of turned vectors depend on the distance alone:

    Example:
        >>> import torch
        >>> one, other = turned(torch.ones(9, 8)), turned(torch.ones(9, 8))
        >>> bool(torch.isclose(one[1] @ other[4], one[5] @ other[8], atol=1e-5))
        True
    """
    import torch

    words, width = vectors.shape[-2:]
    rate = BASE ** (-torch.arange(0, width, 2, device=vectors.device).float() / width)  # (width / 2,)
    angle = torch.arange(words, device=vectors.device).float()[:, None] * rate  # (words, width / 2)
    cosine, sine = angle.cos(), angle.sin()
    first, second = vectors[..., : width // 2], vectors[..., width // 2 :]
    return torch.cat([first * cosine - second * sine, first * sine + second * cosine], dim=-1)
