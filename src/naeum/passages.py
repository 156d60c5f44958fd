"""Of which units does a passage consist: where may an answer begin and end?

An answer to a question begins and ends at a unit: a word, a number, a sign; a single character where words are written
without blanks or carry their particles with them (Hangul, kana, ideographs). Before the units of each passage stands
one that is no place in it: no answer. So units belong to the task, and never to the tokenizer of one model.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

# Scripts whose characters are units of their own: Hangul (jamo, syllables), radicals, kana, ideographs, halfwidth kana.
SINGLE = "\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f"
UNIT = re.compile(rf"\d+|[^\W\d_{SINGLE}]+|\S")
KNOWN = 1_024  # passages whose units are remembered: several questions ask about one
NOWHERE = -1  # start and end of no answer


@dataclass(frozen=True, eq=False)
class Units:
    """The units of passages: passage i owns units offsets[i]:offsets[i + 1], the first of which is no answer."""

    spans: Ints  # (units, 2) characters [start, end); NOWHERE of no answer
    offsets: Ints  # (passages + 1,)


@lru_cache(KNOWN)
def units(passage: str) -> Ints:
    """(units, 2) the characters [start, end) of each unit of a passage, without the one that is no answer.

    Example:
        >>> [passage[a:b] for passage in ["서울은 1394년 수도"] for a, b in units(passage)]
        ['서', '울', '은', '1394', '년', '수', '도']
        >>> units("Born in 1990s").tolist()
        [[0, 4], [5, 7], [8, 12], [12, 13]]
    """
    found = np.array([one.span() for one in UNIT.finditer(passage)], np.int64).reshape(-1, 2)
    found.flags.writeable = False  # it is shared by all who ask
    return found


def units_of(passages: Iterable[str | None]) -> Units:
    """The units of several passages; of a missing one there is only that which is no answer.

    Example:
        >>> found = units_of(["A cat.", None])
        >>> found.spans.tolist(), found.offsets.tolist()
        ([[-1, -1], [0, 1], [2, 5], [5, 6], [-1, -1]], [0, 4, 5])
    """
    nothing = np.full((1, 2), NOWHERE)
    rows = [units(one or "") for one in passages]
    pieces = [piece for row in rows for piece in (nothing, row)]
    sizes = np.fromiter((len(row) + 1 for row in rows), np.int64, len(rows))
    spans = np.concatenate([np.empty((0, 2), np.int64), *pieces])
    return Units(spans, np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64))


def between(found: Ints, start: int, end: int) -> tuple[int, int]:
    """The first and the last unit that characters [start, end) touch, counted from 0; (-1, -1) where they touch none.

    Args:
        found: (units, 2) of one passage, see `units`.

    Example:
        >>> between(units("in the 1990s"), 7, 11)
        (2, 2)
    """
    first = int(np.searchsorted(found[:, 1], start, side="right"))
    last = int(np.searchsorted(found[:, 0], end, side="left")) - 1
    return (first, last) if first <= last else (NOWHERE, NOWHERE)


def is_single(passage: str) -> bool:
    """Whether a text is written mostly in characters that are units of their own, as Korean is.

    Example:
        >>> is_single("대한민국의 수도는 서울(Seoul)이다."), is_single("The Korean word 한글 is old.")
        (True, False)
    """
    letters = [sign for sign in passage if sign.isalpha()]
    return 2 * sum(_SINGLE.match(sign) is not None for sign in letters) > len(letters)


def joined(questions: Sequence[str | None]) -> str:
    """What is asked, of the columns beside the passage, as one text.

    Example:
        >>> joined(["한국사", None, "수도는?"])
        '한국사 수도는?'
    """
    return " ".join(one for one in questions if one)


_SINGLE = re.compile(f"[{SINGLE}]")
