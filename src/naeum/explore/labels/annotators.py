"""Which columns hold the labels of several annotators, and how far do they agree?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Ints
from naeum.errors import NotApplicable
from naeum.explore.labels.agreement import cohen, fleiss, krippendorff
from naeum.explore.labels.long import long_form
from naeum.explore.subject import Subject

if TYPE_CHECKING:
    import pyarrow as pa

# What columns of annotators are called, as a word of its own or with a number behind it.
NAMED = re.compile(
    r"(?i)(?:^|[^a-z])(?:annot\w*|rater|coder|labell?er|judge|worker|expert|vote)s?[-_ ]?\w{0,12}$"
    r"|평가자|작업자|주석자|라벨러"
)
MOST_ROWS = 100_000  # rows whose labels are compared
MOST_LABELS = 200  # different values of an annotator's column: more are ids, or text
MOST_PAIRS = 45  # of annotators that are listed: ten of them
SHOWN = 200  # rows that annotators disagree on that are listed


def look(subject: Subject) -> dict[str, Any]:
    """The agreement of annotators whose labels stand side by side in columns, or below each other with their names.

    Raises:
        NotApplicable: there are no such columns.
    """
    found = _side_by_side(subject) or _below(subject)
    if found is None:
        raise NotApplicable("it needs two columns of labels by annotators, or one of annotators; there are none")
    return found


def _side_by_side(subject: Subject) -> dict[str, Any] | None:
    names = [name for name in subject.having("category", "boolean", "number") if name != subject.target]
    if len(names) < 2:
        return None
    where = subject.table.drawn(MOST_ROWS, subject.seed)
    table = subject.table.take(where, names)
    classes = subject.data.dataset.task.classes if subject.data is not None else ()
    columns = columns_of_annotators(table, classes, subject.target)
    if not columns:
        return None
    codes, labels = ratings(table, columns)
    return {"rows": len(where), "of": subject.table.rows, **_told(codes, columns, labels, where)}


def _below(subject: Subject) -> dict[str, Any] | None:
    found = long_form(subject, NAMED)
    if found is None:
        return None
    told = _told(found.codes, found.people, found.labels, found.row)
    form = {"item": found.item, "person": found.person, "left_out": found.left_out}
    return {"rows": len(found.codes), "of": len(found.codes), **told, "long": form}


def _told(codes: Ints, columns: Sequence[str], labels: Sequence[str], rows: Ints) -> dict[str, Any]:
    """The agreement, with the rows that annotators are divided on by their numbers."""
    found = agreement(codes, columns)
    at = found["disagree"][:SHOWN]
    shown = [
        {"row": row, "labels": {name: labels[code] for name, code in zip(columns, each, strict=True) if code >= 0}}
        for row, each in zip(rows[at].tolist(), codes[at].tolist(), strict=True)
    ]
    return {**found, "disagree": len(found["disagree"]), "shown": shown}


def columns_of_annotators(table: pa.Table, classes: Sequence[str], target: str | None = None) -> tuple[str, ...]:
    """Names of two or more columns that hold labels of annotators; empty where there are none.

    A column counts where it is named like one and repeats few values, or holds nothing but two or more of the target's
    classes under another name.

    Example:
        >>> import pyarrow as pa
        >>> rows = pa.table({"rater1": ["a", "b"], "rater2": ["b", "a"], "text": ["x", "y"]})
        >>> columns_of_annotators(rows, ("a", "b"))
        ('rater1', 'rater2')
    """
    known, found = {str(name) for name in classes}, []
    for name in table.column_names:
        if name == target:
            continue
        values = _values(table.column(name))
        named = bool(NAMED.search(name)) and 2 <= len(values) <= MOST_LABELS and 2 * len(values) <= max(4, len(table))
        if named or (len(values) >= 2 and values <= known):
            found.append((name, values))
    shared = [name for name, values in found if any(values & other for at, other in found if at != name)]
    return tuple(shared) if len(shared) >= 2 else ()


def ratings(table: pa.Table, columns: Sequence[str]) -> tuple[Ints, tuple[str, ...]]:
    """(rows, annotators) codes, -1 = missing, and the names of the labels."""
    cells = [[_text(cell) for cell in table.column(name).to_pylist()] for name in columns]
    names = sorted({cell for column in cells for cell in column if cell})
    number = {name: code for code, name in enumerate(names)}
    codes = [[number[cell] if cell else -1 for cell in column] for column in cells]
    return np.asarray(codes, np.int64).T.copy(), tuple(names)


def agreement(codes: Ints, columns: Sequence[str]) -> dict[str, Any]:
    """All measures, the pairs of annotators that agree least first, and the positions of rows they disagree on.

    Returns:
        annotators, items (with two ratings or more), cohen (mean over pairs), fleiss, krippendorff, pairs ([one, other,
        kappa, items]), unanimous (share of items), disagree (positions, the most divided first); a measure that cannot
        be computed is None.
    """
    pairs: list[tuple[str, str, float, int]] = []
    for one, other in combinations(range(len(columns)), 2):
        kappa = cohen(codes[:, one], codes[:, other])
        if np.isfinite(kappa):
            both = int(((codes[:, one] >= 0) & (codes[:, other] >= 0)).sum())
            pairs.append((columns[one], columns[other], kappa, both))
    divided = _division(codes)
    several = (codes >= 0).sum(axis=1) >= 2
    order = np.argsort(-divided, kind="stable")
    return {
        "annotators": list(columns),
        "items": int(several.sum()),
        "cohen": float(np.mean([pair[2] for pair in pairs])) if pairs else None,
        "fleiss": _or_none(fleiss(codes)),
        "krippendorff": _or_none(krippendorff(codes)),
        "pairs": [list(pair) for pair in sorted(pairs, key=lambda pair: pair[2])[:MOST_PAIRS]],
        "unanimous": float((divided[several] == 0).mean()) if several.any() else None,
        "disagree": [int(at) for at in order[divided[order] > 0]],
    }


def _division(codes: Ints) -> Any:
    """(rows,) the share of pairs of ratings that differ; 0 with fewer than two."""
    out = np.zeros(len(codes))
    pairs = np.zeros(len(codes))
    for one, other in combinations(range(codes.shape[1]), 2):
        both = (codes[:, one] >= 0) & (codes[:, other] >= 0)
        pairs += both
        out += both & (codes[:, one] != codes[:, other])
    return out / np.maximum(pairs, 1)


def _values(column: pa.ChunkedArray[Any]) -> set[str]:
    import pyarrow as pa

    if pa.types.is_nested(column.type):
        return set()
    return {_text(cell) for cell in column.unique().to_pylist()[: 4 * MOST_LABELS]} - {""}


def _text(cell: Any) -> str:
    return "" if cell is None or cell != cell else str(cell).strip()


def _or_none(value: float) -> float | None:
    return value if np.isfinite(value) else None
