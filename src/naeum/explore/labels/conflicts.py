"""Which rows hold the same text, or nearly so, and carry different labels?

Rows of a table without a text are compared cell by cell, see plain/conflicts.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Dataset, Ints, subset
from naeum.data.near import near_groups
from naeum.diagnose.conflicts import Conflicts, conflicts
from naeum.errors import NotApplicable
from naeum.explore.plain import conflicts as of_cells
from naeum.explore.plain.features import applies
from naeum.explore.subject import Subject
from naeum.explore.text.source import drawn

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 300_000  # rows that are compared: two to five seconds
MOST_NAMED = 1_000  # rows that are named
SHOWN = 30  # inputs that are shown with their labels
LETTERS = 300  # characters of a text that are shown


def look(subject: Subject) -> dict[str, Any] | None:
    """Conflicting labels on equal and on nearly equal inputs.

    Raises:
        NotApplicable: there are no two labelled rows with one label each.
    """
    if applies(subject):
        return of_cells.look(subject)
    found = labelled(subject, MOST_ROWS)
    rows, target = found.dataset.rows, found.dataset.target
    equal = conflicts(equal_groups(rows), target)
    near = conflicts(_from_zero(near_groups(rows)), target)
    told = {"equal": _told(equal, found), "near": _told(near, found)}
    return {"rows": len(target), "of": found.of, "what": "texts", **told}


@dataclass(frozen=True, eq=False)
class Labelled:
    """Labelled rows of a subject, or a sample of them."""

    dataset: Dataset
    row: Ints  # number of each in the data
    of: int  # labelled rows that there are

    def texts(self, at: Ints) -> list[str]:
        """What rows at positions say, cut where it is long."""
        return texts_at(self.dataset, at)


def labelled(subject: Subject, most: int) -> Labelled:
    """The labelled rows of a subject, or a sample of so many.

    Raises:
        NotApplicable: there are fewer than two, or the task is not one label a row.
    """
    if subject.data is None or subject.data.dataset.task.output != "label":
        raise NotApplicable("it needs a text and one label a row; name them with --text and --target")
    dataset = subject.data.dataset
    known = np.flatnonzero(dataset.target >= 0)
    if len(known) < 2:
        raise NotApplicable(f"it needs two labelled rows; there are {len(known)}")
    where = known[drawn(len(known), most, subject.seed)]
    if len(where) == len(dataset):
        return Labelled(dataset, where, len(known))
    key = f"{dataset.key}/labelled{most}.{subject.seed}"
    return Labelled(subset(dataset, where, key), where, len(known))


def equal_groups(rows: pa.Table) -> Ints:
    """(rows,) a number from 0 for each row, equal for rows with the very same cells."""
    codes = np.zeros(rows.num_rows, np.int64)
    for column in rows.columns:
        coded = column.combine_chunks().dictionary_encode()
        index = np.asarray(coded.indices.fill_null(len(coded.dictionary)).to_numpy(zero_copy_only=False), np.int64)
        codes = _from_zero(codes * (len(coded.dictionary) + 1) + index)
    return codes


def _from_zero(groups: Ints) -> Ints:
    return np.asarray(np.unique(groups, return_inverse=True)[1], np.int64)


def _told(found: Conflicts, among: Labelled) -> dict[str, Any]:
    shown = found.rows[: 4 * SHOWN]
    return {
        "inputs": found.inputs,
        "rows": len(found.rows),
        "lost": found.lost,
        "share": found.lost / len(among.row),
        "named": among.row[found.rows[:MOST_NAMED]].tolist(),
        "shown": [
            {"row": int(among.row[at]), "label": label, "text": text}
            for at, label, text in zip(shown.tolist(), labels_at(among.dataset, shown), among.texts(shown), strict=True)
        ],
    }


def labels_at(dataset: Dataset, rows: Ints) -> list[str]:
    """The names of the labels of rows at positions."""
    return [dataset.task.classes[code] for code in dataset.target[rows].tolist()]


def texts_at(dataset: Dataset, rows: Ints) -> list[str]:
    """The inputs of rows at positions as one text each, cut where they are long."""
    cells = dataset.rows.take(np.asarray(rows, np.int64)).to_pylist()
    return [" / ".join(str(cell or "") for cell in row.values())[:LETTERS] for row in cells]
