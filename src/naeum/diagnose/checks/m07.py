"""M07: does the score look good because the answer leaked in?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from naeum import sets
from naeum.contract import Dataset, Finding, Severity
from naeum.data.strata import strata
from naeum.diagnose.giveaway import Giveaway, giveaway
from naeum.diagnose.mistakes import ROWS_SHOWN
from naeum.diagnose.rates import percent, share, wrong
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

if TYPE_CHECKING:
    import pyarrow as pa

GIVEAWAY_ACCURACY = 0.98  # of a rule on one column: real single columns seldom tell a target that well
GIVEAWAY_CLOSED = 0.9  # of the most frequent class's mistakes avoided: else 98 % may just be the class mix
LEAST_ROWS = 50  # labelled rows: with fewer a rule fits by luck
TOO_GOOD_ERROR = 0.005  # upper end of the tune error: honest tasks seldom go below 1 wrong row in 200


@dataclass(frozen=True)
class Leak:
    """Fires where a column tells the target, rows of other parts stand in fit too, or the score is too good."""

    code: ClassVar[str] = "M07"
    title: ClassVar[str] = "leak suspected"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: the data must be looked at

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where nothing looks like a leak.

        Raises:
            NotApplicable: there is nothing to look at: few labelled rows, no other columns, no other parts.
        """
        columns = [(name, cells, True) for name, cells in _columns(subject, inputs=True)]
        columns += [(name, cells, False) for name, cells in _columns(subject, inputs=False)]
        if not columns and subject.leaked is None and subject.tune_outputs is None:
            raise NotApplicable(
                f"it needs {LEAST_ROWS} labelled rows, other columns, other parts or answers; none came"
            )
        said: list[tuple[Severity, str, dict[str, float]]] = []
        sorts = strata(subject.fit)  # of a number: which tenth it is of
        for name, cells, is_input in columns:
            found = giveaway(name, cells, sorts, seed=subject.seed)
            if found.accuracy >= GIVEAWAY_ACCURACY and found.closed >= GIVEAWAY_CLOSED:
                said.append(_column(found, is_input))
        said += _shared(subject) + _too_good(subject)
        if not said:
            return None
        severity = min((each[0] for each in said), key=("issue", "warning", "tip").index)
        numbers = {name: value for each in said for name, value in each[2].items()}
        rows = tuple(int(row) for ids in (subject.leaked or {}).values() for row in ids)[:ROWS_SHOWN]
        return Finding(self.code, self.title, severity, "; ".join(each[1] for each in said) + ".", numbers, rows)


def _columns(subject: Subject, *, inputs: bool) -> Iterator[tuple[str, pa.ChunkedArray[Any]]]:
    """Columns that could hold the answer; an input column only where values repeat, as a text's seldom do."""
    fit: Dataset = subject.fit
    if (fit.target >= 0).sum() < LEAST_ROWS:
        return
    table = fit.rows if inputs else subject.others
    if table is None:
        return
    from pyarrow import types

    for name in table.column_names:
        cells = table.column(name)
        if types.is_binary(cells.type) or types.is_nested(cells.type):
            continue  # images and lists of words hardly repeat
        if not inputs or 2 * len(set(map(str, cells.to_pylist()))) < len(fit):
            yield name, cells


def _column(found: Giveaway, is_input: bool) -> tuple[Severity, str, dict[str, float]]:
    where = "the input column" if is_input else "the column (not an input)"
    text = (
        f"{where} {found.column!r} alone tells the target of {percent(found.accuracy)} of {found.rows:,} rows"
        f" (the most frequent class: {percent(found.majority)})"
    )
    return ("issue" if is_input else "warning"), text, {f"accuracy of {found.column}": found.accuracy}


def _shared(subject: Subject) -> list[tuple[Severity, str, dict[str, float]]]:
    return [
        ("warning", f"{len(ids):,} rows of {part} (nearly) stand in fit too", {f"rows of {part}": float(len(ids))})
        for part, ids in (subject.leaked or {}).items()
        if len(ids)
    ]


def _too_good(subject: Subject) -> list[tuple[Severity, str, dict[str, float]]]:
    known = subject.tune.target[subject.tune.target >= 0]
    if subject.tune_outputs is None or len(sets.unique(known)) < 2:
        return []
    error = share(wrong(subject.tune_outputs, subject.tune))
    if error.high > TOO_GOOD_ERROR:
        return []
    return [("tip", f"only {error} of {len(known):,} tune rows are answered wrongly, which is too good for most tasks",
             {"tune_error": error.value})]  # fmt: skip
