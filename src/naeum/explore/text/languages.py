"""In which languages are the texts, row by row?"""

from __future__ import annotations

from collections import Counter
from typing import Any

from naeum import extras
from naeum.data.language import language_of_each, languages
from naeum.explore.subject import Subject
from naeum.explore.text.source import ENOUGH, LANGUAGE_ROWS, texts_of

MOST_NAMED = 200  # rows in other languages that are named


def look(subject: Subject) -> dict[str, Any] | None:
    """The language of each text of a sample, and the mixture.

    Returns:
        languages ([code, rows], the most frequent first), told (rows whose language could be told), strange (numbers of
        rows in languages of fewer than 5 %), by (lingua, or scripts only).

    Raises:
        NotApplicable: there is no text column.
    """
    texts = texts_of(subject)
    where = texts.drawn(LANGUAGE_ROWS, subject.seed)
    words = texts.at(where)
    each = language_of_each(words)
    counts = Counter(code for code in each if code)
    if not counts:  # all too short: the sample as a whole still says something
        counts = Counter({languages(words, subject.seed)[0]: 0})
    told = sum(counts.values())
    strange = [at for at, code in enumerate(each) if code and counts[code] < ENOUGH * told]
    return {
        "rows": len(where),
        "of": texts.rows,
        "told": told,
        "languages": [[code, count] for code, count in counts.most_common()],
        "strange": texts.row[where][strange][:MOST_NAMED].tolist(),
        "by": "lingua" if extras.there("lingua") else "scripts",
    }
