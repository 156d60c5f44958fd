"""Which rows stand there more than once, with and without the columns that only name rows?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from naeum.explore.subject import Subject
from naeum.explore.table import ROW, quoted

LISTED = 1_000  # further copies whose numbers are kept
GROUPS = 5  # of equal rows that are shown
AT_ONCE = 200  # columns hashed in one expression


def look(subject: Subject) -> dict[str, Any]:
    """Equal rows, over all columns and, where there are ids, over the others.

    Rows are compared by a 64-bit hash: among five million rows a false match comes once in a million tables.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> look(subject_of(opened([{"a": "1"}, {"a": "2"}, {"a": "1"}])))["whole"]["copies"]
        1
    """
    names = list(subject.table.columns)
    ids = subject.having("id")
    found: dict[str, Any] = {"whole": _equal(subject, names)}
    rest = [name for name in names if name not in ids]
    if ids and rest:
        found["without_ids"] = {"ids": list(ids), **_equal(subject, rest)}
    return found


def _equal(subject: Subject, names: Sequence[str]) -> dict[str, Any]:
    """Copies (rows beyond the first of each group), groups, the numbers of the copies, the largest groups."""
    table = subject.table
    table.connection.execute(
        f'CREATE OR REPLACE TEMP TABLE hashed AS SELECT "{ROW}" AS r, {hashed(names)} AS h FROM numbered'
    )
    table.connection.execute(
        "CREATE OR REPLACE TEMP TABLE again AS SELECT h, count(*) AS n, min(r) AS first FROM hashed GROUP BY h "
        "HAVING n > 1"
    )
    groups, rows = table.one("SELECT count(*), coalesce(sum(n), 0) FROM again")
    query = "SELECT r FROM hashed JOIN again USING (h) WHERE r > first ORDER BY r"
    copies = [int(row[0]) for row in table.connection.execute(f"{query} LIMIT {LISTED}").fetchall()] if groups else []
    largest = table.sql(f"SELECT first, n FROM again ORDER BY n DESC, first LIMIT {GROUPS}").to_pylist()
    table.connection.execute("DROP TABLE hashed; DROP TABLE again")
    return {
        "copies": int(rows) - int(groups),
        "groups": int(groups),
        "rows": copies,
        "largest": [{"row": int(one["first"]), "times": int(one["n"])} for one in largest],
    }


def hashed(names: Sequence[str]) -> str:
    """SQL: one 64-bit number for the cells of a row in these columns."""
    parts = [
        f"hash({', '.join(map(quoted, names[start : start + AT_ONCE]))})" for start in range(0, len(names), AT_ONCE)
    ]
    return parts[0] if len(parts) == 1 else f"hash({', '.join(parts)})"
