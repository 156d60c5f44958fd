"""In which scripts and with which signs are the texts written?

One look-up a code point in a table of the Unicode ranges; nothing is decoded twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.explore.subject import Subject
from naeum.explore.text.patterns import PATTERNS, all_rows_with
from naeum.explore.text.source import texts_of

MOST_ROWS = 200_000  # texts that are looked at: a sign in one of 50,000 of them is then seen
MOST_NAMED = 1_000  # rows of each kind that are named
LETTERS = 2_000  # characters of a text that are looked at: a script shows early
AT_ONCE = 4_000_000  # code points in one pass: 16 MB
SHOWN = 10  # emoji that are named
OTHER, LATIN, HANGUL, JAMO, KANA, HAN, CYRILLIC, ARABIC, HEBREW, INDIC, THAI, GREEK, EMOJI, BROKEN = range(14)
NAMES = ("other", "Latin", "Hangul", "single jamo", "Kana", "Han", "Cyrillic", "Arabic", "Hebrew", "Indic", "Thai",
         "Greek", "emoji", "broken")  # fmt: skip
# First and last code point of each range (Unicode 15, Blocks.txt); what is not listed is a digit, a mark or rare.
RANGES: tuple[tuple[int, int, int], ...] = (
    (LATIN, 0x41, 0x5A), (LATIN, 0x61, 0x7A), (LATIN, 0xC0, 0x24F), (LATIN, 0x1E00, 0x1EFF), (LATIN, 0xFF21, 0xFF3A),
    (LATIN, 0xFF41, 0xFF5A), (OTHER, 0xD7, 0xD7), (OTHER, 0xF7, 0xF7), (HANGUL, 0xAC00, 0xD7A3), (JAMO, 0x1100, 0x11FF),
    (JAMO, 0x3130, 0x318F), (KANA, 0x3040, 0x30FF), (HAN, 0x4E00, 0x9FFF), (HAN, 0x3400, 0x4DBF), (HAN, 0xF900, 0xFAFF),
    (CYRILLIC, 0x0400, 0x052F), (ARABIC, 0x0600, 0x06FF), (ARABIC, 0x0750, 0x077F), (HEBREW, 0x0590, 0x05FF),
    (INDIC, 0x0900, 0x0DFF), (THAI, 0x0E00, 0x0E7F), (GREEK, 0x0370, 0x03FF), (EMOJI, 0x1F300, 0x1FAFF),
    (EMOJI, 0x2600, 0x27BF), (EMOJI, 0x1F1E6, 0x1F1FF), (BROKEN, 0xFFFD, 0xFFFD), (BROKEN, 0x00, 0x08),
    (BROKEN, 0x0E, 0x1F), (BROKEN, 0x7F, 0x9F), (BROKEN, 0xE000, 0xF8FF), (BROKEN, 0xD800, 0xDFFF),
)  # fmt: skip
LETTER_KINDS = tuple(range(LATIN, GREEK + 1))


@dataclass(frozen=True, eq=False)
class Signs:
    """How many signs of each kind (columns as NAMES) each text has, and the emoji that were seen."""

    counts: Ints  # (rows, kinds)
    emoji: Counter[str]

    @property
    def script(self) -> Ints:
        """(rows,) the kind that most letters of each text are of; OTHER without letters."""
        letters = self.counts[:, LATIN : GREEK + 1]
        return np.where(letters.sum(axis=1) > 0, letters.argmax(axis=1) + LATIN, OTHER)

    @property
    def mixed(self) -> npt.NDArray[np.bool_]:
        """(rows,) whether a tenth or more of a text's letters are of another script than most."""
        letters = self.counts[:, LATIN : GREEK + 1].copy()
        letters[:, HANGUL - LATIN] += letters[:, JAMO - LATIN]  # ㅋㅋ is Korean too
        letters[:, JAMO - LATIN] = 0
        letters[:, HAN - LATIN] += letters[:, KANA - LATIN]  # Japanese mixes them by nature
        letters[:, KANA - LATIN] = 0
        total = letters.sum(axis=1)
        return np.asarray((total > 0) & (total - letters.max(axis=1) >= 0.1 * np.maximum(total, 1)), np.bool_)


def look(subject: Subject) -> dict[str, Any] | None:
    """Scripts, emoji and broken signs of a sample of texts, and the rows with addresses, numbers and markup.

    Raises:
        NotApplicable: there is no text column.
    """
    texts = texts_of(subject)
    where = texts.drawn(MOST_ROWS, subject.seed)
    row = texts.row[where]
    found = signs(texts.at(where))
    letters, script = found.counts[:, LATIN : GREEK + 1], found.script
    hits = all_rows_with(texts.column.take(where))
    broken = np.flatnonzero(found.counts[:, BROKEN])
    return {
        "rows": len(where),
        "of": texts.rows,
        "scripts": [
            {
                "script": NAMES[kind],
                "letters": float(letters[:, kind - LATIN].sum() / max(int(letters.sum()), 1)),
                "rows": int((script == kind).sum()),
            }
            for kind in LETTER_KINDS
            if letters[:, kind - LATIN].any()
        ],
        "without_letters": int((script == OTHER).sum()),
        "mixed": int(found.mixed.sum()),
        "emoji_rows": int((found.counts[:, EMOJI] > 0).sum()),
        "emoji": [[sign, times] for sign, times in found.emoji.most_common(SHOWN)],
        "broken": {"rows": len(broken), "named": row[broken][:MOST_NAMED].tolist()},
        "patterns": {
            name: {
                "title": PATTERNS[name].title,
                "kind": PATTERNS[name].kind,
                "rows": len(at),
                "named": row[at][:MOST_NAMED].tolist(),
            }
            for name, at in hits.items()
        },
    }


def signs(texts: Sequence[str]) -> Signs:
    """Count the signs of each text's first LETTERS characters.

    Example:
        >>> found = signs(["좋아요 good", "🙂"])
        >>> found.counts[0, [HANGUL, LATIN]].tolist(), found.emoji.most_common(1)
        ([3, 4], [('🙂', 1)])
    """
    counts = np.zeros((len(texts), len(NAMES)), np.int64)
    emoji: Counter[str] = Counter()
    table = _table()
    for start, some in _lots(texts):
        codes = np.frombuffer("".join(some).encode("utf-32-le", "surrogatepass"), "<u4")
        owner = np.repeat(np.arange(len(some)), [len(text) for text in some])
        kinds = table[codes]
        flat = np.bincount(owner * len(NAMES) + kinds, minlength=len(some) * len(NAMES))
        counts[start : start + len(some)] = flat.reshape(len(some), len(NAMES))
        emoji.update(map(chr, codes[kinds == EMOJI].tolist()))
    return Signs(counts, emoji)


def _lots(texts: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    begin, held, size = 0, list[str](), 0
    for text in texts:
        held.append(text[:LETTERS])
        size += len(held[-1])
        if size >= AT_ONCE:
            yield begin, held
            begin, held, size = begin + len(held), [], 0
    if held:
        yield begin, held


@cache
def _table() -> npt.NDArray[np.uint8]:
    table = np.zeros(0x110000, np.uint8)
    for kind, low, high in RANGES:
        table[low : high + 1] = kind
    return table
