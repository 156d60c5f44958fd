"""How well does a base model's vocabulary suit the user's texts, before anything is computed with its weights?

Many pieces a word mean a vocabulary from elsewhere: words are spelled out, texts are cut sooner and every pass is
longer. Unknown pieces are lost for good. (Rust et al. 2021, "How good is your tokenizer?": pieces a word, there called
fertility, foretell how a model does in a language.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from naeum.engine.bases import Base
from naeum.engine.tokens import clean, uncut, unknown_id

SAMPLE = 400  # texts that are looked at, spread over the rows: pieces a word are then known to a few percent
CASES = "Seoul SEOUL seoul"  # three spellings that a lower-casing tokenizer cannot tell apart


@dataclass(frozen=True)
class Suit:
    """What a vocabulary makes of texts."""

    pieces: float  # a word
    unknown: float  # share of the pieces
    cut: float  # share of the texts that are longer than the model reads
    cased: bool  # whether it tells A from a

    def to_json(self) -> dict[str, float]:
        return {name: round(float(value), 4) for name, value in self.__dict__.items()}


def sample(texts: Sequence[str], most: int = SAMPLE) -> list[str]:
    """Texts spread evenly over all that have a word.

    Example:
        >>> sample(["a", "", "b", "c"], 2)
        ['a', 'c']
    """
    there = [text for text in texts if text and text.strip()]
    if len(there) <= most:
        return there
    return [there[at] for at in np.linspace(0, len(there) - 1, most).round().astype(int)]


def suit(base: Base, texts: Sequence[str]) -> Suit | None:
    """How a base model's vocabulary reads texts; None without a word.

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    read = [clean(text) for text in texts]
    words = sum(len(text.split()) for text in read)
    if not words:
        return None
    found, unknown = uncut(base, read), unknown_id(base)
    sizes = np.array([len(one.ids) for one in found])
    lost = 0 if unknown is None else sum(int((one.ids == unknown).sum()) for one in found)
    upper, lower = (uncut(base, [text])[0].ids.tolist() for text in (CASES, CASES.lower()))
    return Suit(
        pieces=float(sizes.sum() / words),
        unknown=float(lost / max(sizes.sum(), 1)),
        cut=float((sizes + 2 > base.max_length).mean()),  # two special tokens stand around them
        cased=upper != lower,
    )
