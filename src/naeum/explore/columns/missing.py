"""Which values are missing, together with which others, and does that go with the target?"""

from __future__ import annotations

from typing import Any

from naeum.explore.columns.wording import word
from naeum.explore.subject import Subject
from naeum.explore.table import quoted

MOST_IN_PATTERN = 40  # columns with missing values whose pattern is counted, those with the most first
MOST_PATTERNS = 12
LEAST_SHARE = 0.01  # of missing values from which their share is told by class
MOST_CLASSES = 50


def look(subject: Subject) -> dict[str, Any]:
    """Cells and rows that miss something, each column's share, and which columns miss together.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> found = look(subject_of(opened([{"a": "1", "b": "x"}, {"a": "", "b": "y"}])))
        >>> found["columns"], found["patterns"]
        ({'a': {'missing': 1, 'share': 0.5}}, [{'columns': [], 'rows': 1}, {'columns': ['a'], 'rows': 1}])
    """
    table = subject.table
    lacks = {name: table.rows - one["count"] for name, one in subject.known.items()}
    columns = {name: {"missing": n, "share": n / table.rows} for name, n in lacks.items() if n}
    most = sorted(columns, key=lambda name: -lacks[name])[:MOST_IN_PATTERN]
    return {
        "cells": sum(lacks.values()) / max(table.rows * len(lacks), 1),
        "columns": columns,
        "patterns": _patterns(subject, most),
        "by_class": _by_class(subject, [name for name in most if columns[name]["share"] >= LEAST_SHARE]),
    }


def _patterns(subject: Subject, names: list[str]) -> list[dict[str, Any]]:
    """The most frequent sets of columns that miss together."""
    if not names:
        return []
    bits = " + ".join(f"({quoted(name)} IS NULL)::BIGINT * {1 << at}" for at, name in enumerate(names))
    query = f"SELECT {bits} AS p, count(*) AS n FROM data GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_PATTERNS}"
    found = subject.table.sql(query).to_pylist()
    return [
        {"columns": [name for at, name in enumerate(names) if int(row["p"]) >> at & 1], "rows": int(row["n"])}
        for row in found
    ]


def _by_class(subject: Subject, names: list[str]) -> dict[str, list[dict[str, Any]]]:
    """For each column: rows and missing values in each class of the target."""
    target = subject.target
    names = [name for name in names if name != target]
    if target is None or not names or not 2 <= subject.known[target]["distinct"] <= MOST_CLASSES:
        return {}
    counted = ", ".join(f"count_if({quoted(name)} IS NULL) AS m{at}" for at, name in enumerate(names))
    column = quoted(target)
    query = f"SELECT {column} AS c, count(*) AS n, {counted} FROM data WHERE {column} IS NOT NULL GROUP BY 1"
    found = sorted(subject.table.sql(query).to_pylist(), key=lambda row: str(row["c"]))
    return {
        name: [{"class": word(row["c"]), "rows": int(row["n"]), "missing": int(row[f"m{at}"])} for row in found]
        for at, name in enumerate(names)
    }
