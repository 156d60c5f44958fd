"""Can another part of a table be told from the training rows, and by which columns?

Boosted trees try, out-of-fold, on all columns that could be learned from (Lopez-Paz & Oquab 2017); each column is
compared by itself too. Of a test part the target is never read.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.errors import NotApplicable
from naeum.explore.plain.beside import drawn, shared
from naeum.explore.plain.conflicts import LETTERS
from naeum.explore.plain.features import CLASSES, LEARNED
from naeum.explore.shift.columns import ROWS, chi_square, columns_apart, told_by_all
from naeum.explore.subject import Subject
from naeum.explore.table import Table, quoted

LEAST_ROWS = 100  # a part: with fewer the AUROC is not known to ±0.1
COLUMN_ROWS = 50_000  # rows of a part whose columns are compared
MOST_TOGETHER = 100  # columns that the trees get, the most different first
SHOWN = 20  # rows most unlike the training rows that are shown


def look(subject: Subject) -> dict[str, Any]:
    """Every given part against the training rows.

    Raises:
        NotApplicable: no other part was given, or all are too small.
    """
    able = {name: table for name, table in subject.beside.items() if table.rows >= LEAST_ROWS}
    if subject.table.rows < LEAST_ROWS or not able:
        raise NotApplicable(f"it needs {LEAST_ROWS} training rows and as many of another part; name it with --test")
    found = [_against(subject, name, table) for name, table in able.items()]
    return {"parts": [one for one in found if one is not None]}


def _against(subject: Subject, name: str, table: Table) -> dict[str, Any] | None:
    names = [one for one in shared(subject.table, table, subject.having(*LEARNED)) if one != subject.target]
    if not names:
        return None
    rows = [one.drawn(COLUMN_ROWS, subject.seed) for one in (subject.table, table)]
    some = [drawn(one, names, at) for one, at in zip((subject.table, table), rows, strict=True)]
    columns = columns_apart(some[0], some[1])
    best = [one["column"] for one in columns][:MOST_TOGETHER]
    together = told_by_all(some[0].select(best), some[1].select(best), seed=subject.seed) if best else None
    if together is None:
        return None
    unlike = together.pop("rows")[:SHOWN]
    found: dict[str, Any] = {
        "part": name, "what": "rows", "rows": table.rows, "of": ROWS,
        **{key: together[key] for key in ("auroc", "low", "high")},
        "unlike": [{"row": int(rows[1][at]), "text": _said(some[1], at)} for at in unlike],
        "words": [], "lengths": [], "columns": columns, "all_columns": together,
    }  # fmt: skip
    if name == "valid":  # targets of test are never read
        labels = label_shift(subject, table)
        found |= {} if labels is None else {"labels": labels}
    return found


def label_shift(subject: Subject, table: Table) -> dict[str, float] | None:
    """Cramér's V and p of the class mixes of the training rows and of another table; none where either has none."""
    target = subject.target
    if target is None or subject.roles[target] not in CLASSES or target not in table.columns:
        return None
    counts = [_counts(one, target) for one in (subject.table, table)]
    classes = sorted(counts[0])  # a class that is new there counts as unlabelled
    found = np.array([[one.get(name, 0) for name in classes] for one in counts])
    if not found.sum(axis=1).all():
        return None
    distance = chi_square(found)
    return {"cramer_v": distance["cramer_v"], "p": distance["p"]}


def _counts(table: Table, target: str) -> dict[str, int]:
    from naeum.explore.columns.wording import word

    column = quoted(target)
    query = f"SELECT {column}, count(*) FROM data WHERE {column} IS NOT NULL GROUP BY 1"
    return {word(value): int(rows) for value, rows in table.connection.execute(query).fetchall()}


def _said(table: Any, at: int) -> str:
    cells = table.slice(at, 1).to_pylist()[0]
    return ", ".join(f"{name} {'-' if value is None else value}" for name, value in cells.items())[:LETTERS]
