"""Do rows change over time: their labels, their lengths, their words?

The rows are cut into periods of like size by a time column. Labels are compared by the chi-square test over all
periods, texts by a classifier that tells the oldest third from the newest.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Dataset, Ints, subset
from naeum.diagnose.adversary import tell_apart
from naeum.errors import NotApplicable
from naeum.explore.plain import drift as of_cells
from naeum.explore.plain.features import applies
from naeum.explore.shift.mix import ENDS, LEAST_ROWS, PERIODS, label_drift
from naeum.explore.subject import Subject
from naeum.explore.table import quoted
from naeum.explore.text.lengths import characters
from naeum.explore.text.source import drawn, language, texts_in
from naeum.explore.text.telling import count, telling

PERIOD_ROWS = 5_000  # of each period whose lengths are taken
WORD_ROWS = 4_000  # of both ends, whose words are compared
WORDS = 8


def look(subject: Subject) -> dict[str, Any] | None:
    """Drift over every column of dates.

    Raises:
        NotApplicable: there is no column of dates with enough rows, or no text and target.
    """
    if applies(subject):
        return of_cells.look(subject)
    if subject.data is None or subject.data.dataset.task.output != "label":
        raise NotApplicable("drift is looked for where there are a text and a label; name them")
    times = [(name, _seconds(subject, name)) for name in subject.having("date")]
    if subject.data.time is not None:
        times.append(("time", subject.data.time))
    found = [
        {"column": name, **drift(subject.data.dataset, time, spoken=language(subject), seed=subject.seed)}
        for name, time in times
        if time is not None and np.isfinite(time).sum() >= LEAST_ROWS and len(sets.unique(time[np.isfinite(time)])) > 1
    ]
    if not found:
        raise NotApplicable(f"it needs a column of dates with {LEAST_ROWS} rows; there is none")
    return {"columns": found}


def drift(dataset: Dataset, time: npt.NDArray[np.float64], *, spoken: str = "en", seed: int = 0) -> dict[str, Any]:
    """How labels, lengths and words of rows change with their time (seconds; NaN = unknown)."""
    known = np.flatnonzero(np.isfinite(time))
    order = known[np.argsort(time[known], kind="stable")]
    periods = np.array_split(order, PERIODS)
    some = [rows[drawn(len(rows), PERIOD_ROWS, seed)] for rows in periods]
    labels = label_drift(dataset.target, periods, len(dataset.task.classes))
    if labels is not None:
        labels["classes"] = [dataset.task.classes[code] for code in labels["codes"]]
    old, new = order[: len(order) // ENDS], order[-(len(order) // ENDS) :]
    ends = [subset(dataset, np.sort(part), f"{dataset.key}/end{at}") for at, part in enumerate((old, new))]
    apart = tell_apart(ends[0], ends[1], seed=seed)
    return {
        "rows": len(order),
        "periods": [[float(time[rows[0]]), float(time[rows[-1]]), len(rows)] for rows in periods],
        "lengths": [_median_length(dataset, rows, seed) for rows in some],
        "labels": labels,
        "auroc": apart.auroc.value,
        "low": apart.auroc.low,
        "high": apart.auroc.high,
        "words": _words(ends, spoken, seed),
    }


def _median_length(dataset: Dataset, rows: Ints, seed: int) -> float:
    """Characters of the middle text of rows."""
    part = texts_in(subset(dataset, rows, f"{dataset.key}/period"), seed)
    return float(np.median(characters(part.column)))


def _words(ends: list[Dataset], spoken: str, seed: int) -> dict[str, Any]:
    """The words that tell the oldest rows, and the newest."""
    some = [subset(one, drawn(len(one), WORD_ROWS // 2, seed), f"{one.key}/words") for one in ends]
    texts = [text for one in some for text in texts_in(one, seed).at(np.arange(len(one)))]
    counts = count(texts, spoken)
    if counts is None:
        return {"old": [], "new": []}
    old, new = telling(counts, np.repeat([0, 1], [len(one) for one in some]), 2, most=WORDS)
    return {"old": [one["word"] for one in old], "new": [one["word"] for one in new]}


def _seconds(subject: Subject, name: str) -> npt.NDArray[np.float64] | None:
    """A column of dates as seconds, NaN where there is none; None where its rows are not those of the data."""
    if subject.data is None or subject.table.rows != len(subject.data):
        return None
    cells = subject.table.connection.execute(
        f"SELECT epoch({quoted(name)}::TIMESTAMP)::DOUBLE AS t FROM numbered"
    ).fetchnumpy()["t"]
    return np.asarray(np.ma.filled(np.ma.asarray(cells, np.float64), np.nan), np.float64)
