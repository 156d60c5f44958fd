"""Which pieces of an encoder's vocabulary does each word become, and how is a long sentence read?

Words are joined to a text, as the encoder knows texts; a word stands for the pieces that overlap its characters. What
does not fit at once is cut into windows that overlap by half; each word is answered in the one where it stands
farthest from the ends.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.engine import tokens
from naeum.engine.bases import Base
from naeum.engine.model_folder import read_config
from naeum.model.tags.looks import WIDTH, case_of, looks
from naeum.model.tags.sentences import Sentences
from naeum.train.job import Examples, Inputs

LONGEST_WORD = 100  # characters of a word that are read: what is longer is a link or noise


@dataclass(frozen=True, eq=False)
class Windows:
    """Pieces of text with the words that are answered in them. Window i owns words units[i]:units[i + 1]."""

    pieces: tokens.Tokens  # special tokens and all, one row a window
    cases: npt.NDArray[np.int64]  # (pieces,)
    first: Ints  # (words,) the place of a word's first piece in its window
    end: Ints  # (words,) the place after its last one
    looks: Floats  # (words, WIDTH)
    units: Ints  # (windows + 1,)

    def collate(self, rows: Ints) -> Inputs:
        """A batch of windows: padded pieces, and where in it each word stands."""
        import torch

        ids, mask = tokens.pad(self.pieces, rows)
        cases = np.zeros_like(ids)
        own = [np.arange(self.pieces.offsets[row], self.pieces.offsets[row + 1]) for row in rows]
        cases[mask.astype(bool)] = self.cases[np.concatenate(own)] if own else 0
        words = [np.arange(self.units[row], self.units[row + 1]) for row in rows]
        which = np.concatenate([np.empty(0, np.int64), *words])
        start = np.repeat(np.arange(len(rows)) * ids.shape[1], [len(one) for one in words])
        given: dict[str, Any] = {
            "input_ids": ids,
            "cases": cases,
            "first": self.first[which] + start,
            "end": self.end[which] + start,
            "looks": self.looks[which],
        }
        found = {name: torch.as_tensor(array) for name, array in given.items()}
        return {**found, "attention_mask": None if mask.all() else torch.as_tensor(mask)}

    def examples(self, codes: Ints, weight: Floats) -> Examples:
        """The words with their tags, ready to train on; weights are such that a window counts one on average."""
        scale = len(self.units) - 1
        each = weight * (scale / weight.sum() if weight.any() else 1.0)
        return Examples(self.pieces.lengths, self.collate, codes, np.asarray(each, np.float32), units=self.units)

    def bare(self) -> Examples:
        """The words without tags, to be answered."""
        words = int(self.units[-1])
        return self.examples(np.full(words, -1, np.int64), np.zeros(words, np.float32))


def windows(base: Base, sentences: Sentences, max_length: int, joint: str) -> Windows:
    """The windows of sentences.

    Args:
        base: whose pieces.
        sentences: words of rows.
        max_length: most pieces of a window, special ones included; the base's own limit holds too.
        joint: what stands between two words.
    """
    before, after = tokens.frame(base)
    room = max(1, min(max_length, base.max_length) - len(before) - len(after))
    rows, texts = spelled(sentences, joint)
    found = [(one.ids, one.spans) for one in tokens.uncut(base, texts)]
    padding = read_config(base.folder).pad
    laid = lay(rows, found, (before, after, padding), room, joint)
    offsets = np.concatenate([[0], np.cumsum([len(one) for one in laid.ids])]).astype(np.int64)
    return Windows(
        tokens.Tokens(np.concatenate([np.empty(0), *laid.ids]).astype(np.int32), offsets, padding),
        np.concatenate([np.empty(0), *laid.cases]).astype(np.int64),
        laid.first,
        laid.end,
        looks(sentences) if sentences.words else np.empty((0, WIDTH), np.float32),
        laid.units,
    )


def spelled(sentences: Sentences, joint: str) -> tuple[list[list[str]], list[str]]:
    """The words of each row as they are read, and the text that they are joined to.

    Example:
        >>> spelled(Sentences(["서울", "에"], np.array([0, 2, 2])), " ")
        ([['서울', '에'], []], ['서울 에', ''])
    """
    words = [word[:LONGEST_WORD] for word in sentences.words]
    rows = [words[low:high] for low, high in zip(sentences.offsets[:-1], sentences.offsets[1:], strict=True)]
    return rows, [joint.join(row) for row in rows]


@dataclass(frozen=True, eq=False)
class Laid:
    """Windows before they are put into batches; window i owns words units[i]:units[i + 1]."""

    ids: list[list[int]]  # of each window, special tokens and all
    cases: list[list[int]]  # of each piece
    first: Ints  # (words,) the place of a word's first piece in its window
    end: Ints  # (words,) the place after its last one
    units: Ints  # (windows + 1,)


def lay(
    rows: list[list[str]], found: list[tuple[Any, Any]], frame: tuple[Any, Any, int], room: int, joint: str
) -> Laid:
    """Cut sentences into windows.

    Args:
        rows: the words of each sentence.
        found: ids (pieces,) and characters (pieces, 2) of the text that they are joined to, however long it is.
        frame: the special tokens before and after a window, and what stands for a window without any piece.
        room: most pieces of a window, without the special ones.
        joint: what stands between two words.
    """
    before, after, padding = frame
    ids: list[Any] = []
    cases: list[Any] = []
    first, end, units = [np.empty(0, np.int64)], [np.empty(0, np.int64)], [0]
    for row, (pieces, spans) in zip(rows, found, strict=True):
        starts, ends = _spans(row, len(joint), spans)
        text = joint.join(row)
        kinds = np.array([case_of(text[low:high]) for low, high in spans], np.int64)
        for low, high, owned in _cut(len(pieces), starts, room) if row else ():
            here = [*before, *pieces[low:high], *after] or [padding]
            ids.append(here)
            cases.append([*[0] * len(before), *kinds[low:high], *[0] * len(after)] or [0])
            first.append(_placed(starts[owned], low, high, len(before)).clip(max=len(here) - 1))
            end.append(_placed(ends[owned] - 1, low, high, len(before)).clip(first[-1], len(here) - 1) + 1)
            units.append(units[-1] + len(first[-1]))
    return Laid(ids, cases, np.concatenate(first), np.concatenate(end), np.array(units, np.int64))


def _spans(row: list[str], joint: int, spans: Any) -> tuple[Ints, Ints]:
    """(words,) the first piece of each word and the one after its last; a word without pieces has that before it."""
    lengths = np.array([len(word) for word in row], np.int64)
    start = np.concatenate([[0], np.cumsum(lengths + joint)])[:-1].astype(np.int64)
    first = np.searchsorted(spans[:, 1], start, side="right")
    end = np.searchsorted(spans[:, 0], start + lengths, side="left")
    first = np.minimum(first, max(len(spans) - 1, 0))
    return first, np.maximum(end, first + 1)


def _cut(pieces: int, starts: Ints, room: int) -> list[tuple[int, int, slice]]:
    """Windows [low, high) of pieces, with the words that each owns."""
    if pieces <= room:
        return [(0, pieces, slice(0, len(starts)))]
    step, found, owned = max(1, room // 2), [], 0
    for low in range(0, pieces, step):
        last = low + room >= pieces
        border = pieces if last else low + room - (room - step) // 2
        high = int(np.searchsorted(starts, border, side="left")) if not last else len(starts)
        if high > owned:
            found.append((low, min(low + room, pieces), slice(owned, high)))
        owned = max(owned, high)
        if last:
            break
    return found


def _placed(pieces: Ints, low: int, high: int, before: int) -> Ints:
    """Places in a window [low, high) of pieces; what lies outside is at its nearest end."""
    return np.asarray(np.clip(pieces, low, max(high - 1, low)) - low + before, np.int64)
