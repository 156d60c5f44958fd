"""What does the tokenizer of a base model make of the texts?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import sets
from naeum.engine.tokens import pad, spelled, tokenize, unknown_id
from naeum.explore.subject import Subject
from naeum.explore.text import lengths
from naeum.explore.text.source import base_of, texts_of

if TYPE_CHECKING:
    from naeum.contract import Ints
    from naeum.engine.bases import Base

MOST_ROWS = 5_000  # texts that are tokenised: a share of 5 % is then known to ±0.6 points
READ = 4_096  # tokens of a text that are counted: longer than any usual encoder reads
SHOWN = 24  # tokens of the row that is shown
ENOUGH = 3  # words that the shown row has at least, so that it shows something


def look(subject: Subject) -> dict[str, Any] | None:
    """What the tokenizer of the chosen base model makes of a sample of texts.

    Raises:
        NotApplicable: there is no text column, or no base model at hand.
        BaseModelError: the tokenizer cannot be read.
    """
    texts = texts_of(subject)
    base, fits = base_of(subject)
    where = texts.drawn(MOST_ROWS, subject.seed)
    found = tokens(base, texts.at(where), seed=subject.seed)
    return {"rows": len(where), "of": texts.rows, "knows_language": fits, **found}


def tokens(base: Base, texts: Sequence[str], *, seed: int = 0) -> dict[str, Any]:
    """Lengths in tokens, what maximum lengths cut, padding by batching policy, tokens a word, unknown tokens, a row.

    Counted without a limit but READ; the base's own limit is told.

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    free = replace(base, max_length=READ)
    found = tokenize(free, texts, READ)
    sizes = found.lengths
    words = np.array([len(text.split()) for text in texts], np.int64)
    special = len([piece for piece in spelled(base, "", 8) if piece.special])
    unknown = unknown_id(base)
    limits = sorted({*(limit for limit in lengths.LIMITS if limit < base.max_length), base.max_length})
    own = np.maximum(sizes - special, 0)
    return {
        "base": base.name,
        "limit": base.max_length,
        "special": special,
        **lengths.spread(sizes),
        "histogram": lengths.histogram(sizes),
        "cut": lengths.cut(sizes, limits),
        "waste": lengths.waste(sizes, longest=base.max_length, seed=seed),
        "per_word": float(own.sum() / max(int(words.sum()), 1)),
        "unknown": None if unknown is None else float((found.ids == unknown).sum() / max(int(own.sum()), 1)),
        "rows_with_unknown": None if unknown is None else _rows_with(unknown, found.ids, sizes),
        "row": shown(base, texts),
    }


def shown(base: Base, texts: Sequence[str]) -> dict[str, Any] | None:
    """The row of middling length as the model reads it in a batch with a longer one: special tokens and padding.

    Returns:
        text, pieces ([token, id, kind] with kind "special", "text" or "padding"), added and padded (how many); None
        where no text has ENOUGH words.
    """
    able = sorted((text for text in texts if len(text.split()) >= ENOUGH), key=lambda text: (len(text), text))
    if not able:
        return None
    text, longer = able[len(able) // 2], able[int(0.95 * len(able))]
    pieces = spelled(base, text, base.max_length)
    ids, mask = pad(tokenize(base, [text, longer], base.max_length), [0, 1])
    padded = int((mask[0] == 0).sum())
    listed = [[piece.text, piece.id, "special" if piece.special else "text"] for piece in pieces]
    kept = listed if len(listed) <= SHOWN else [*listed[: SHOWN - 2], ["…", -1, "left out"], listed[-1]]
    padding = [["[PAD]", int(ids[0, -1]), "padding"]] if padded else []
    return {
        "text": text,
        "pieces": [*kept, *padding],
        "added": sum(piece.special for piece in pieces),
        "padded": padded,
    }


def _rows_with(unknown: int, ids: Any, sizes: Ints) -> float:
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return float(len(sets.unique(owner[ids == unknown])) / max(len(sizes), 1))
