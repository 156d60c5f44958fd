"""Which pieces of an encoder's vocabulary does a question with its passage become, and how is a long one read?

The question stands before every window of the passage; windows overlap by a third. A unit of the passage stands for the
pieces that overlap its characters, and is answered in the window where it stands farthest from the ends. Before the
units of a window stands one for no answer, which is read off the first piece.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from naeum.contract import Floats, Ints
from naeum.engine import tokens
from naeum.engine.bases import Base
from naeum.engine.model_folder import read_config
from naeum.model.spans.asked import Answered, Asked
from naeum.model.tags.sentences import distinct
from naeum.train.job import Examples, Inputs

OVERLAP = 3  # windows share one piece in so many
MOST_ASKED = 64  # pieces of a question that are read, and at most half of what is read at once
MOST_WINDOWS = 256  # of a passage: what stands further behind is not read
LONGEST_QUESTION = 2_000  # characters that are cut into pieces
EDGES = 1 << 12  # numbers by which units beside a start or an end are known: frequent ones matter, particles and signs
UNREAD = -30.0  # score of a unit that no window holds: as good as impossible, and finite


@dataclass(frozen=True, eq=False)
class Windows:
    """Pieces of questions and passages. Window i owns the entries units[i]:units[i + 1], the first is no answer."""

    pieces: tokens.Tokens  # special tokens and all, one row a window
    first: Ints  # (entries,) the place of a unit's first piece in its window; of no answer 0
    last: Ints  # (entries,) the place of its last one
    edges: Ints  # (entries, 3) numbers of the unit, of the one before and of the one after, below EDGES
    units: Ints  # (windows + 1,)
    owner: Ints  # (entries,) the unit among all units of the rows; -1 of no answer
    rows: Ints  # (windows,) the row of each
    asked: Asked

    def collate(self, rows: Ints) -> Inputs:
        """A batch of windows: padded pieces, and where in it each entry stands."""
        import torch

        ids, mask = tokens.pad(self.pieces, rows)
        types = np.zeros_like(ids)
        if self.pieces.types is not None:
            own = [np.arange(self.pieces.offsets[row], self.pieces.offsets[row + 1]) for row in rows]
            types[mask.astype(bool)] = self.pieces.types[np.concatenate(own)]
        sizes = np.diff(self.units)[rows]
        entries = np.concatenate([np.empty(0, np.int64), *(np.arange(*self.units[row : row + 2]) for row in rows)])
        start, window = np.repeat(np.arange(len(rows)) * ids.shape[1], sizes), np.repeat(np.arange(len(rows)), sizes)
        given: dict[str, Any] = {
            "input_ids": ids,
            "first": self.first[entries] + start,
            "last": self.last[entries] + start,
            "edges": self.edges[entries],
            "none": self.owner[entries] < 0,
            "window": window,
        }
        found = {name: torch.as_tensor(array) for name, array in given.items()}
        more = {"token_type_ids": torch.as_tensor(types)} if types.any() else {}
        return {**found, **more, "attention_mask": None if mask.all() else torch.as_tensor(mask)}

    def examples(self, wanted: Floats, weight: Floats) -> Examples:
        """The entries with what is wanted of them.

        Args:
            wanted: (units of the rows, 2) shares of the right starts and ends.
            weight: (rows,).
        """
        found = np.zeros((len(self.owner), 2), np.float32)
        there = self.owner >= 0
        found[there] = wanted[self.owner[there]]
        if len(found):
            found[~there] = np.maximum(1 - np.add.reduceat(found, self.units[:-1], axis=0), 0)  # what lies elsewhere
        each = np.repeat(weight[self.rows], np.diff(self.units))
        nothing = np.zeros(len(found), np.int64)
        return Examples(
            self.pieces.lengths, self.collate, nothing, np.asarray(each, np.float32), soft=found, units=self.units
        )

    def answered(self, given: Answered) -> Examples:
        """The entries of answered questions, ready to train on."""
        return self.examples(given.wanted, given.weight)

    def bare(self) -> Examples:
        """The entries to be answered."""
        count = len(self.asked.units.spans)
        return self.examples(np.zeros((count, 2), np.float32), np.zeros(len(self.asked), np.float32))

    def scores(self, logs: Floats) -> Floats:
        """(units of the rows, 2) how much likelier than no answer a start and an end are, from scores of the entries.

        No answer scores 0 in every window, so that windows compare.
        """
        units = self.asked.units
        found = np.full((len(units.spans), 2), UNREAD, np.float32)
        found[units.offsets[:-1]] = 0.0
        if len(logs):
            above = logs - np.repeat(logs[self.units[:-1]], np.diff(self.units), axis=0)
            there = self.owner >= 0
            found[self.owner[there]] = np.maximum(above[there], UNREAD)
        return found


def windows(base: Base, asked: Asked, max_length: int) -> Windows:
    """The windows of questions and passages.

    Args:
        base: whose pieces.
        asked: questions and passages.
        max_length: most pieces of a window, special ones included; the base's own limit holds too.
    """
    frame, padding = tokens.pair_frame(base), read_config(base.folder).pad
    room = max(2, min(max_length, base.max_length) - frame.size)
    questions = tokens.uncut(base, [question[:LONGEST_QUESTION] for question in asked.questions])
    texts, which = distinct(list(asked.passages))
    read = tokens.uncut(base, texts)  # of several questions to one passage once
    made = _Made(frame)
    for row, question in enumerate(questions):
        head = question.ids[: min(MOST_ASKED, room // 2)]
        made.add(row, head, read[which[row]], _Own.of(asked, row), room - len(head))
    return made.windows(asked, padding)


@dataclass(frozen=True, eq=False)
class _Own:
    """The units of one row."""

    low: int  # the number of its first unit, which is no answer
    spans: Ints  # (units, 2) characters, without no answer
    edges: Ints  # (units + 2,) numbers of the units, one before and one after them

    @classmethod
    def of(cls, asked: Asked, row: int) -> _Own:
        low, high = asked.units.offsets[row : row + 2]
        spans, passage = asked.units.spans[low + 1 : high], asked.passages[row]
        words = ["", *(f"{passage[a - 1 : a].isspace()}{passage[a:b].lower()}" for a, b in spans), ""]
        return cls(int(low), spans, np.array([zlib.crc32(word.encode()) % EDGES for word in words], np.int64))


class _Made:
    """The windows made so far."""

    def __init__(self, frame: tokens.Frame) -> None:
        self.frame = frame
        self.ids: list[Any] = []
        self.types: list[Any] = []
        self.entries: list[tuple[Ints, Ints, Ints, Ints]] = []
        self.rows: list[int] = []

    def add(self, row: int, head: Any, found: tokens.Pieces, own: _Own, room: int) -> None:
        """The windows of one row; none of a passage without pieces or units."""
        if not len(found.ids) or not len(own.spans):
            return
        first = np.searchsorted(found.spans[:, 1], own.spans[:, 0], side="right").clip(max=len(found.ids) - 1)
        last = np.searchsorted(found.spans[:, 0], own.spans[:, 1], side="left") - 1
        last = np.maximum(last, first)
        frame, before = self.frame, len(self.frame.before) + len(head) + len(self.frame.between)
        for low, high, owned in lots(len(found.ids), first, room)[:MOST_WINDOWS]:
            self.ids.append([*frame.before, *head, *frame.between, *found.ids[low:high], *frame.after])
            self.types.append(np.arange(len(self.ids[-1])) >= before)
            numbers = np.arange(owned.start, owned.stop)
            ends = (np.clip(one[owned], low, high - 1) - low + before for one in (first, last))
            places = (np.concatenate([[0], one]) for one in ends)
            near = np.stack([own.edges[numbers + 1], own.edges[numbers], own.edges[numbers + 2]], axis=1)
            owner = np.concatenate([[-1], own.low + 1 + numbers])
            self.entries.append((*places, np.vstack([np.zeros((1, 3), np.int64), near]), owner))  # type: ignore[arg-type]
            self.rows.append(row)

    def windows(self, asked: Asked, padding: int) -> Windows:
        """All of them."""
        none = (*(np.empty(0, np.int64),) * 2, np.empty((0, 3), np.int64), np.empty(0, np.int64))
        first, last, edges, owner = (
            np.concatenate([one, *parts]) for one, parts in zip(none, self._parts(), strict=True)
        )
        units = np.concatenate([[0], np.cumsum([len(one[3]) for one in self.entries])]).astype(np.int64)
        offsets = np.concatenate([[0], np.cumsum([len(one) for one in self.ids])]).astype(np.int64)
        flat = np.concatenate([np.empty(0), *self.ids]).astype(np.int32)
        types = np.concatenate([np.empty(0), *self.types]).astype(np.int32) if self.frame.typed else None
        pieces = tokens.Tokens(flat, offsets, padding, types)
        return Windows(pieces, first, last, edges, units, owner, np.array(self.rows, np.int64), asked)

    def _parts(self) -> tuple[Sequence[Any], ...]:
        return tuple([one[at] for one in self.entries] for at in range(4))


def lots(pieces: int, first: Ints, room: int) -> list[tuple[int, int, slice]]:
    """Windows [low, high) of pieces, with the units that each owns.

    Args:
        pieces: of the passage.
        first: (units,) the first piece of each unit, rising.
        room: pieces of a window at most.

    Example:
        >>> lots(10, np.arange(10), 6)
        [(0, 6, slice(0, 5, None)), (4, 10, slice(5, 10, None))]
    """
    if pieces <= room:
        return [(0, pieces, slice(0, len(first)))]
    step = max(1, room - room // OVERLAP)
    lows = [*range(0, pieces - room, step), pieces - room]
    borders = [0, *((one + room + other) // 2 for one, other in pairwise(lows)), pieces]
    cuts = np.searchsorted(first, borders, side="left")
    cuts[-1] = len(first)
    return [(low, low + room, slice(int(a), int(b))) for low, (a, b) in zip(lows, pairwise(cuts), strict=True) if b > a]
