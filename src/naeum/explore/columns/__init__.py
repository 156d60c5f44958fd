"""What holds each single column: numbers, words, dates; spread, most frequent values, what does not fit?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.explore.columns.dates import dates
from naeum.explore.columns.numbers import numbers
from naeum.explore.columns.wording import word
from naeum.explore.columns.words import words
from naeum.explore.facts import NUMBERS
from naeum.explore.subject import Subject
from naeum.explore.table import quoted

DETAILED = 300  # columns that are looked at one by one; of more only what is counted for all at once
WIDE = (1_000, 60)  # from so many columns on, so few are looked at one by one: nobody reads a thousand cards
UNFIT_SHOWN = 6
UNFIT_ROWS = 100


def look(subject: Subject) -> dict[str, Any]:
    """Column -> role, type, values there, missing, distinct; spread of numbers; values of words; years of dates.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> found = look(subject_of(opened([{"age": str(n)} for n in (20, 21, 22, 23, 24, 25, 26, 90)])))
        >>> found["columns"]["age"]["above"], found["columns"]["age"]["farthest"]
        (1, [{'row': 7, 'value': 90.0}])
    """
    names = list(subject.table.columns)
    most = WIDE[1] if len(names) > WIDE[0] else DETAILED
    detailed = frozenset(names[:most]) | ({subject.target} if subject.target else set())
    found = {name: _plainly(subject, name) for name in names}
    numeric = [name for name in names if subject.table.columns[name] in NUMBERS and subject.known[name]["distinct"]]
    for name, one in numbers(subject, numeric, detailed).items():
        found[name] |= one
    for place, name in enumerate(name for name in names if name in detailed):
        subject.say("progress", step=place, steps=len(detailed), note=f"column {name}")
        found[name] |= _by_role(subject, name)
    unfit = _unfit(subject)
    for name, one in unfit.items():
        found[name]["unfit"] = one
    return {"columns": found, "detailed": len(detailed), "known": len(names)}


def _plainly(subject: Subject, name: str) -> dict[str, Any]:
    one = subject.known[name]
    return {
        "role": subject.roles[name], "type": one["type"], "written": subject.table.written.get(name, one["type"]),
        "count": one["count"], "missing": subject.table.rows - one["count"], "distinct": one["distinct"],
        "exact": one["exact"],
        **{key: one[key] for key in ("chars", "blanks", "longest", "whole") if key in one},
    }  # fmt: skip


def _by_role(subject: Subject, name: str) -> dict[str, Any]:
    kind, role = subject.table.columns[name], subject.roles[name]
    if not subject.known[name]["distinct"]:
        return {}
    if kind == "VARCHAR":
        return words(subject, name)
    if role == "date":
        return dates(subject, name)
    return {"top": _top(subject, name)} if role in ("category", "boolean", "constant") else {}


def _top(subject: Subject, name: str) -> list[dict[str, Any]]:
    column = quoted(name)
    source = subject.table.narrow([name])
    query = f"SELECT {column}, count(*) FROM {source} WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 12"
    return [{"value": word(value), "rows": int(n)} for value, n in subject.table.connection.execute(query).fetchall()]


def _unfit(subject: Subject) -> Mapping[str, dict[str, Any]]:
    """Of columns read as numbers or dates: the values that are none, how often, and in which rows."""
    table = subject.table
    found = {}
    for name, raw in table.raw.items():
        if not table.one(f'SELECT count("{raw}") FROM stored')[0]:
            continue
        query = (
            f'SELECT "{raw}" AS v, count(*) AS n FROM stored WHERE "{raw}" IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1'
        )
        values = table.connection.execute(query).fetchall()
        rows = table.connection.execute(
            f'SELECT rowid FROM stored WHERE "{raw}" IS NOT NULL ORDER BY rowid LIMIT {UNFIT_ROWS}'
        ).fetchall()
        found[name] = {
            "count": sum(int(n) for _, n in values),
            "distinct": len(values),
            "top": [{"value": word(value), "rows": int(n)} for value, n in values[:UNFIT_SHOWN]],
            "rows": [int(row[0]) for row in rows],
        }
    return found
