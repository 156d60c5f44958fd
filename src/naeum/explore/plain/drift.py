"""Do the rows of a table change over its dates: their classes, their columns?

The rows are cut into periods of like size by a column of dates. Classes are compared over all periods, the other
columns between the oldest and the newest third.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Ints
from naeum.errors import NotApplicable
from naeum.explore.plain.beside import drawn
from naeum.explore.plain.features import CLASSES, LEARNED
from naeum.explore.relations.drawn import as_codes
from naeum.explore.shift.columns import columns_apart, told_by_all
from naeum.explore.shift.mix import ENDS, LEAST_ROWS, PERIODS, label_drift
from naeum.explore.subject import Subject
from naeum.explore.table import quoted

MOST_ROWS = 50_000  # drawn, whose columns are compared
MOST_DATES = 4  # columns of dates that are gone through
MOST_TOGETHER = 100  # columns that the trees get, the most different first
SHOWN = 20  # columns that are listed


def look(subject: Subject) -> dict[str, Any]:
    """Drift over every column of dates.

    Raises:
        NotApplicable: there is no column of dates with enough rows.
    """
    told = [_over(subject, name) for name in subject.having("date")[:MOST_DATES]]
    found = [one for one in told if one is not None]
    if not found:
        raise NotApplicable(f"it needs a column of dates with {LEAST_ROWS} rows; there is none")
    return {"columns": found}


def _over(subject: Subject, name: str) -> dict[str, Any] | None:
    rows = subject.table.drawn(MOST_ROWS, subject.seed)
    time = _seconds(subject, name, rows)
    known = np.flatnonzero(np.isfinite(time))
    if len(known) < LEAST_ROWS or len(sets.unique(time[known])) < 2:
        return None
    order = known[np.argsort(time[known], kind="stable")]
    periods = np.array_split(order, PERIODS)
    names = [one for one in subject.having(*LEARNED) if one != subject.target and subject.roles[one] != "date"]
    third = len(order) // ENDS
    ends = [drawn(subject.table, names, np.sort(rows[part])) for part in (order[:third], order[-third:])]
    columns = columns_apart(*ends)
    best = [one["column"] for one in columns][:MOST_TOGETHER]
    together = told_by_all(ends[0].select(best), ends[1].select(best), seed=subject.seed) if best else None
    if together is None:
        return None
    return {
        "column": name, "what": "rows", "rows": len(order),
        "periods": [[float(time[part[0]]), float(time[part[-1]]), len(part)] for part in periods],
        "lengths": None, "labels": _labels(subject, rows, periods),
        **{key: together[key] for key in ("auroc", "low", "high", "weights")},
        "columns": columns[:SHOWN], "words": {"old": [], "new": []},
    }  # fmt: skip


def _labels(subject: Subject, rows: Ints, periods: list[Ints]) -> dict[str, Any] | None:
    """How the shares of the classes change; none without a target of classes."""
    target = subject.target
    if target is None or subject.roles[target] not in CLASSES:
        return None
    codes, classes = as_codes(subject.table.take(rows, [target]).column(target))
    found = label_drift(codes, periods, len(classes))
    return None if found is None else {**found, "classes": [classes[code] for code in found["codes"]]}


def _seconds(subject: Subject, name: str, rows: Ints) -> npt.NDArray[np.float64]:
    """(rows,) a column of dates as seconds, NaN where there is none."""
    whole = subject.table.connection.execute(
        f'SELECT epoch({quoted(name)}::TIMESTAMP)::DOUBLE AS t FROM numbered ORDER BY "naeum row"'
    ).fetchnumpy()["t"]
    return np.asarray(np.ma.filled(np.ma.asarray(whole, np.float64), np.nan)[rows], np.float64)
