"""Which words stand again and again: whole texts, openings, endings and lines that many rows share?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from naeum.explore.subject import Subject
from naeum.explore.text.source import texts_of

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 50_000  # texts that are looked at
WORDS = 4  # of an opening or an ending: three are still ordinary language
LEAST_ROWS = 20  # that share a piece: below, chance will do
LEAST_SHARE = 0.01  # of the rows: rarer pieces mislead no model
SHOWN = 10  # pieces that are named
LONGEST = 160  # characters of a piece that are shown
READ = 4_000  # characters of a text that are looked at from each end


def look(subject: Subject) -> dict[str, Any] | None:
    """Texts that stand several times, and pieces that many different texts share.

    Raises:
        NotApplicable: there is no text column.
    """
    texts = texts_of(subject)
    where = texts.drawn(MOST_ROWS, subject.seed)
    return {"rows": len(where), "of": texts.rows, "texts": repeated(texts.column), **shared(texts.at(where))}


def repeated(column: pa.ChunkedArray[Any]) -> list[dict[str, object]]:
    """The texts that stand most often, more than once.

    Example:
        >>> import pyarrow as pa
        >>> repeated(pa.chunked_array([["굿", "굿", "최고"]]))
        [{'text': '굿', 'rows': 2, 'share': 0.6666666666666666}]
    """
    import pyarrow.compute as pc

    arrow: Any = pc
    counted = arrow.value_counts(column)
    several = counted.filter(arrow.greater(counted.field("counts"), 1)).to_pylist()
    frequent = sorted(several, key=lambda each: (-each["counts"], str(each["values"])))[:SHOWN]
    return [
        {"text": str(each["values"])[:LONGEST], "rows": each["counts"], "share": each["counts"] / len(column)}
        for each in frequent
    ]


def shared(texts: Sequence[str], *, least_rows: int = LEAST_ROWS) -> dict[str, list[dict[str, object]]]:
    """Pieces that many different texts share, the most frequent first.

    Args:
        texts: whatever; equal texts count once, as repeated rows are told by themselves.
        least_rows: texts that must share a piece.

    Returns:
        openings, endings, lines: each a list of {"text", "rows", "share"}.

    Example:
        >>> rows = [f"Dear Sir or Madam, my parcel {n} is lost" for n in range(30)]
        >>> shared(rows)["openings"][0]["text"]
        'Dear Sir or Madam,'
    """
    different = list(dict.fromkeys(texts))
    least = max(least_rows, round(LEAST_SHARE * len(different)))
    openings, endings, lines = list[str](), list[str](), list[str]()
    for text in different:
        first, last = text[:READ].split(None, WORDS), text[-READ:].rsplit(None, WORDS)
        if len(first) > WORDS:  # there is more than the piece
            openings.append(" ".join(first[:WORDS]))
            endings.append(" ".join(last[-WORDS:]))
        if "\n" in text:
            lines += {line.strip() for line in text[:READ].split("\n") if len(line.split()) >= WORDS}
    return {
        name: _frequent(pieces, least, len(different))
        for name, pieces in (("openings", openings), ("endings", endings), ("lines", lines))
    }


def _frequent(pieces: Iterable[str], least: int, rows: int) -> list[dict[str, object]]:
    counted = [(piece, count) for piece, count in Counter(pieces).most_common(SHOWN) if count >= least]
    return [{"text": piece[:LONGEST], "rows": count, "share": count / max(rows, 1)} for piece, count in counted]
