"""How do rows of a table become rows to learn from: classes, and cells as numbers?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Floats, Ints, Task
from naeum.errors import NotApplicable
from naeum.explore.facts import NUMBERS
from naeum.explore.labels.conflicts import Labelled
from naeum.explore.plain.conflicts import cells as in_words
from naeum.explore.plain.features import features, target_of
from naeum.explore.relations.drawn import as_codes, as_numbers
from naeum.explore.subject import Subject
from naeum.explore.table import quoted

Cells = npt.NDArray[np.float64]

MOST_COLUMNS = 100  # to learn from, those that tell most of the target first: a minute becomes seconds
MOST_VALUES = 200  # values of a category that are told apart, the most frequent; boosted trees hold 255
ONE_EACH = 20  # values of a category that have a column of their own in vectors
MISSING = -1e300  # stands for a missing cell where rows are compared


@dataclass(frozen=True, eq=False)
class Rows(Labelled):
    """Labelled rows of a table, or a sample of them."""

    subject: Subject
    names: tuple[str, ...]
    cells: Cells  # (rows, names): numbers, dates as seconds, categories as codes; NaN where missing
    words: npt.NDArray[np.bool_]  # (names,) whether a column holds codes of categories

    def texts(self, at: Ints) -> list[str]:
        """Rows at positions in words: `age 31, city 서울`."""
        named = self.row[at].tolist()
        told = in_words(self.subject, self.names, named)
        return [told[row] for row in named]

    def vectors(self) -> Floats:
        """(rows, width): numbers scaled to one deviation, a column for each frequent value, one for what is missing."""
        columns: list[Any] = []
        for at in range(len(self.names)):
            values = self.cells[:, at]
            if self.words[at]:
                columns += [
                    (values == code).astype(np.float32) for code in range(min(ONE_EACH, int(_most(values)) + 1))
                ]
                continue
            there = np.isfinite(values)
            centre, spread = (float(values[there].mean()), float(values[there].std())) if there.any() else (0.0, 1.0)
            columns.append(np.where(there, (values - centre) / (spread or 1.0), 0.0))
            if not there.all():
                columns.append((~there).astype(np.float32))
        return np.stack(columns, axis=1).astype(np.float32)


def rows_of(subject: Subject, most: int) -> Rows:
    """At most `most` labelled rows, drawn.

    Raises:
        NotApplicable: there is no target of classes, no column beside it, or fewer than two labelled rows.
    """
    target, names = target_of(subject), _chosen(subject, features(subject))
    found = subject.table.connection.execute(
        f'SELECT "naeum row" FROM numbered WHERE {quoted(target)} IS NOT NULL ORDER BY 1'
    ).fetchnumpy()
    known = np.asarray(next(iter(found.values())), np.int64)
    if len(known) < 2:
        raise NotApplicable(f"it needs two labelled rows; there are {len(known)}")
    row = known
    if len(known) > most:
        row = np.sort(np.random.default_rng(subject.seed).choice(known, most, replace=False))
    table = subject.table.take(row, [*names, target])
    codes, classes = as_codes(table.column(target))
    columns = [numbered(table.column(name), subject.table.columns[name]) for name in names]
    cells = np.stack([column for column, _ in columns], axis=1)
    dataset = _dataset(Task(inputs=names, target=target, classes=classes), table.select(list(names)), row, codes, cells)
    return Rows(dataset, row, len(known), subject, names, cells, np.array([word for _, word in columns]))


def numbered(column: Any, kind: str) -> tuple[Cells, bool]:
    """(rows,) floats of a column, NaN where missing, and whether they are codes, the most frequent value first."""
    import pyarrow as pa

    if kind in NUMBERS:
        return as_numbers(column), False
    if kind in ("DATE", "TIMESTAMP"):
        return as_numbers(column.cast(pa.timestamp("us")).cast(pa.int64())) / 1e6, False
    codes, words = as_codes(column)
    counts = np.bincount(codes[codes >= 0], minlength=len(words))
    rank = np.empty(len(words) + 1)
    rank[np.argsort(-counts, kind="stable")] = np.arange(len(words))
    rank[-1] = np.nan
    return np.minimum(rank[codes], MOST_VALUES), True


def _chosen(subject: Subject, names: tuple[str, ...]) -> tuple[str, ...]:
    told = (subject.seen.get("relations") or {}).get("telling") or []
    order = {str(one["column"]): at for at, one in enumerate(told)}
    best = set(sorted(names, key=lambda name: order.get(name, len(order)))[:MOST_COLUMNS])
    return tuple(name for name in names if name in best)


def _dataset(task: Task, table: Any, row: Ints, codes: Ints, cells: Cells) -> Dataset:
    ids = row.astype(np.uint64)
    same = np.unique(np.where(np.isfinite(cells), cells, MISSING), axis=0, return_inverse=True)[1]
    return Dataset(
        task=task, rows=table, ids=ids, target=codes, weight=np.ones(len(row), np.float32), key="plain",
        group=np.asarray(same, np.int64).ravel(), origin=np.zeros(len(row), np.uint8), parent=ids,
    )  # fmt: skip


def _most(values: Cells) -> float:
    return float(np.nanmax(values)) if np.isfinite(values).any() else 0.0
