"""What is a step of cleaning? A value that is settled on the fit part, and then does the same wherever it runs.

*Value steps* change cells; they keep every row, and run at training and at serving alike. *Row steps* choose rows;
they touch the fit part only. *Table steps* make another table of one; they are part of making data, not of serving.
A step that has been settled is the same class with what it found written down, so it is JSON like any learner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

import numpy as np
import pyarrow as pa

from naeum.contract import Ints
from naeum.data.rows import as_strings
from naeum.data.spool import Column
from naeum.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray


@runtime_checkable
class ValueStep(Protocol):
    """Changes cells, keeps rows."""

    kind: ClassVar[str]
    version: ClassVar[int]

    def settled(self, table: pa.Table) -> ValueStep:
        """The step with all that it takes from these rows written down; itself where nothing is open."""

    def apply(self, table: pa.Table) -> pa.Table:
        """The table with other cells, as many rows in the same order."""


@runtime_checkable
class RowStep(Protocol):
    """Chooses rows of the fit part."""

    kind: ClassVar[str]
    version: ClassVar[int]

    def kept(self, table: pa.Table, seed: int) -> Ints:
        """Positions of the rows that stay, rising; a row that is taken twice stands there twice."""


@runtime_checkable
class TableStep(Protocol):
    """Makes another table."""

    kind: ClassVar[str]
    version: ClassVar[int]

    def made(self, table: pa.Table) -> pa.Table:
        """The other table."""


def column_of(table: pa.Table, name: str, step: str) -> Column:
    """A column that must be there.

    Raises:
        InputError: it is not.
    """
    if name not in table.column_names:
        import difflib

        near = difflib.get_close_matches(name, table.column_names, n=1, cutoff=0.5)
        listed = ", ".join(table.column_names[:8])
        advice = f"did you mean {near[0]!r}?" if near else "name one of these"
        raise InputError(f"{step} needs a column of the data: {listed}; got {name!r}; {advice}")
    return table.column(name)


def replaced(table: pa.Table, name: str, column: Any) -> pa.Table:
    """The table with another column under the same name, in the same place."""
    return table.set_column(table.column_names.index(name), name, column)


def texts_of(column: Column) -> list[str | None]:
    """(rows,) the cells as text; None where one is missing or empty."""
    return [value or None for chunk in column.chunks for value in as_strings(chunk).to_pylist()]


def numbers_of(column: Column) -> NDArray[np.float64]:
    """(rows,) the cells as numbers; NaN where one is missing or is none."""
    kind = column.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        found = column.cast(pa.float64()).to_numpy()
        return np.asarray(found, np.float64)
    return np.array([_number(text) for text in texts_of(column)], np.float64)


def missing_in(column: Column) -> NDArray[np.bool_]:
    """(rows,) whether a cell is missing, empty or NaN."""
    return np.array([text is None for text in texts_of(column)], bool)


def is_text(column: Column) -> bool:
    """Whether a column holds strings."""
    return bool(
        pa.types.is_string(column.type) or pa.types.is_large_string(column.type) or pa.types.is_null(column.type)
    )


def _number(text: str | None) -> float:
    try:
        return float(text) if text is not None else np.nan
    except ValueError:
        return np.nan
