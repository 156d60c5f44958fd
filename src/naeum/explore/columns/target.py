"""How often does each class of the target stand there, and are the rows sorted by it?"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.explore.columns.wording import word
from naeum.explore.subject import Subject
from naeum.explore.table import quoted

MOST_CLASSES = 1_000  # classes that are counted; a target with more is no set of classes


def look(subject: Subject) -> dict[str, Any] | None:
    """Rows of each class, rows without one, and runs of equal targets; none without a target.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> found = look(subject_of(opened([{"x": "1", "label": c} for c in "aab"])))
        >>> found["classes"], found["runs"]
        ([{'class': 'a', 'rows': 2}, {'class': 'b', 'rows': 1}], 2)
    """
    target = subject.target
    if target is None:
        return None
    known = subject.known[target]
    kind = "number" if subject.roles[target] == "number" else "category"
    found: dict[str, Any] = {"column": target, "kind": kind, "unlabelled": subject.table.rows - known["count"]}
    if kind == "number" or known["distinct"] > MOST_CLASSES:
        return {**found, "kind": "number" if kind == "number" else "many", "distinct": known["distinct"]}
    column = quoted(target)
    counts = subject.table.connection.execute(
        f"SELECT {column}, count(*) FROM data WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    classes = [{"class": word(value), "rows": int(n)} for value, n in counts]
    return {**found, "classes": classes, **_order(subject, target, [int(n) for _, n in counts])}


def _order(subject: Subject, target: str, counts: list[int]) -> dict[str, Any]:
    """Runs of equal targets, and how many a shuffled file would have (Wald & Wolfowitz 1940)."""
    query = f"SELECT hash({quoted(target)}) AS h FROM data WHERE {quoted(target)} IS NOT NULL"
    codes = subject.table.connection.execute(query).fetchnumpy()["h"]
    shares = np.asarray(counts, np.float64) / max(sum(counts), 1)
    runs = int((codes[1:] != codes[:-1]).sum()) + 1 if len(codes) else 0
    return {"runs": runs, "runs_shuffled": 1 + (len(codes) - 1) * float(1 - (shares**2).sum())}
