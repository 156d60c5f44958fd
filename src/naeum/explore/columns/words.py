"""Which values has a column of words, and what else hides in them: numbers, other types, other spellings?"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from typing import Any

from naeum.explore.columns.wording import word
from naeum.explore.kinds import form_of, is_number
from naeum.explore.subject import Subject
from naeum.explore.table import ROW, quoted

MOST_VALUES = 2_000  # distinct values that are looked at, the most frequent first
TOO_MANY = 200_000  # distinct values from which a sample of rows is counted instead
SAMPLE = 200_000  # rows of that sample
SHOWN = 12  # values that are kept for the report
MOST_UNITS = 3  # different signs around a number: $, %, kg; with more they are names such as seats
DRESSED = re.compile(
    r"^[-+(]?\s*(?P<before>[$€£¥₩]|US\$)?\s*\d{1,3}(?:(?:[ ,.]\d{3})+|\d*)(?:[.,]\d+)?\s*"
    r"(?P<after>[%‰]|[A-Za-z가-힣°/]{1,5})?\)?$"
)
ZERO_LED = re.compile(r"^0\d")


def words(subject: Subject, name: str) -> dict[str, Any]:
    """The most frequent values, what share of them is what, numbers in disguise, and spellings of one word."""
    counts, sampled = value_counts(subject, name)
    whole = sum(counts.values())
    top = list(counts.items())[:SHOWN]
    return {
        "top": [{"value": word(value), "rows": n} for value, n in top],
        "rest": whole - sum(n for _, n in top),
        "counted": whole,
        "sampled": sampled,
        "shares": shares(counts),
        "dressed": dressed(counts),
        "spellings": spellings(counts) if subject.roles[name] != "text" else [],
    }


def value_counts(subject: Subject, name: str) -> tuple[dict[str, int], bool]:
    """Value -> rows of the most frequent values, and whether only a sample was counted."""
    column = quoted(name)
    many = subject.known[name]["distinct"] > TOO_MANY
    source = f'numbered WHERE "{ROW}" IN (SELECT unnest(?))' if many else "data WHERE true"
    given = [subject.table.drawn(SAMPLE, subject.seed).tolist()] if many else []
    query = (
        f"SELECT {column}::VARCHAR AS v, count(*) AS n FROM {source} AND {column} IS NOT NULL "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES}"
    )
    found = subject.table.connection.execute(query, given).fetchall()
    return {str(value): int(n) for value, n in found}, many


def shares(counts: Mapping[str, int]) -> dict[str, float]:
    """What share of the values are numbers, dates, words.

    Example:
        >>> shares({"12": 3, "unknown": 1})
        {'number': 0.75, 'word': 0.25}
    """
    found: Counter[str] = Counter()
    for value, n in counts.items():
        bare = value.strip()
        dated = form_of(bare) not in (None, "%Y%m%d")
        found["number" if is_number(bare) else "date" if dated else "word"] += n
    whole = max(sum(found.values()), 1)
    return {kind: n / whole for kind, n in found.most_common()}


def dressed(counts: Mapping[str, int]) -> dict[str, Any] | None:
    """Numbers that a sign or a unit keeps from being read as such: their share, and what stands around them.

    Example:
        >>> dressed({"$1,200": 2, "$35": 1})
        {'share': 1.0, 'around': ['$'], 'examples': ['$1,200', '$35']}
    """
    around: Counter[str] = Counter()
    examples: list[str] = []
    rows = 0
    for value, n in counts.items():
        bare = value.strip()
        found = DRESSED.match(bare)
        if found is None or ZERO_LED.match(bare):
            continue
        rows += n
        signs = (found["before"] or "") + (found["after"] or "")
        around[signs or ("," if not is_number(bare) else "")] += n
        if len(examples) < SHOWN // 4 and not is_number(bare):
            examples.append(word(bare))
    signs_there = [sign for sign, _ in around.most_common() if sign]
    if not examples or len(signs_there) > MOST_UNITS:
        return None
    return {"share": rows / max(sum(counts.values()), 1), "around": signs_there, "examples": examples}


def spellings(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """Values that are one word but for case, width, blanks and full stops; most rows first.

    Example:
        >>> spellings({"Male": 5, "male ": 2, "female": 4})
        [{'values': [['Male', 5], ['male ', 2]], 'rows': 7}]
    """
    groups: dict[str, list[tuple[str, int]]] = {}
    for value, n in counts.items():
        groups.setdefault(_bare(value), []).append((value, n))
    several = [group for key, group in groups.items() if key and len(group) > 1]
    found = [
        {"values": [[word(value), n] for value, n in group], "rows": sum(n for _, n in group)} for group in several
    ]
    return sorted(found, key=lambda one: -int(str(one["rows"])))[:SHOWN]


def _bare(value: str) -> str:
    return re.sub(r"[\s._-]+", " ", unicodedata.normalize("NFKC", value).casefold()).strip()
