"""Which rows and columns are drawn for the relations, and as which numbers and codes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.explore.columns.wording import word
from naeum.explore.facts import NUMBERS
from naeum.explore.relations.measures import binned
from naeum.explore.subject import Subject

ROWS = 50_000  # drawn at random: a correlation is then known to 0.01
WIDE_CELLS = 20_000_000  # … and fewer where there are very many columns
LEAST_ROWS = 2_000
MOST_COLUMNS = 2_000  # looked at against the target
MOST_VALUES = 100  # distinct values of a category that is compared with others
BINS = 20  # of equally many rows, for numbers against a target


@dataclass(frozen=True, eq=False)
class Drawn:
    """A sample of rows: numbers as floats, categories as codes."""

    rows: int
    numbers: Mapping[str, npt.NDArray[np.float64]]  # NaN where missing or infinite
    codes: Mapping[str, Ints]  # -1 where missing
    values: Mapping[str, tuple[str, ...]]  # of the categories: code -> word
    at: npt.NDArray[np.int64]  # numbers of the rows in the file
    target: Ints | None = None  # codes of the target, numbers in ten bins; -1 where missing

    def coded(self, name: str) -> Ints:
        """Any column as codes: numbers in bins."""
        return self.codes[name] if name in self.codes else binned(self.numbers[name], BINS)


def drawn(subject: Subject) -> Drawn:
    """The sample of a subject, the same for the same seed."""
    names = [name for name in subject.roles if _compared(subject, name)][:MOST_COLUMNS]
    if subject.target is not None and subject.target not in names and _usable(subject, subject.target):
        names.append(subject.target)
    rows = max(min(ROWS, WIDE_CELLS // max(len(names), 1)), LEAST_ROWS)
    at = subject.table.drawn(rows, subject.seed)
    table = subject.table.take(at, names) if names else None
    numbers: dict[str, npt.NDArray[np.float64]] = {}
    codes: dict[str, Ints] = {}
    values: dict[str, tuple[str, ...]] = {}
    for name in names:
        column = table.column(name)  # type: ignore[union-attr]
        if subject.roles[name] == "number":
            numbers[name] = as_numbers(column)
        else:
            codes[name], values[name] = as_codes(column)
    target = None
    if subject.target in numbers:
        target = binned(numbers[str(subject.target)], BINS // 2)
    elif subject.target in codes:
        target = codes[str(subject.target)]
    return Drawn(len(at), numbers, codes, values, at, target)


def as_numbers(column: Any) -> npt.NDArray[np.float64]:
    """(rows,) floats of an Arrow column; NaN where missing or infinite."""
    import pyarrow as pa

    found = np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)
    return np.where(np.isfinite(found), found, np.nan)


def as_codes(column: Any) -> tuple[Ints, tuple[str, ...]]:
    """(rows,) codes of an Arrow column, -1 where missing, and the words of the codes, in their order."""
    import pyarrow.compute as pc

    coded = pc.dictionary_encode(column).combine_chunks()
    words = [word(value) for value in coded.dictionary.to_pylist()]
    found = np.asarray(pc.fill_null(coded.indices, -1), np.int64)
    order = sorted(range(len(words)), key=lambda place: words[place])
    place_of = np.empty(len(words) + 1, np.int64)
    place_of[order], place_of[-1] = np.arange(len(words)), -1
    return place_of[found], tuple(words[place] for place in order)


def _compared(subject: Subject, name: str) -> bool:
    role = subject.roles[name]
    if role == "number":
        return subject.table.columns[name] in NUMBERS
    return role == "boolean" or (role == "category" and subject.known[name]["distinct"] <= MOST_VALUES)


def _usable(subject: Subject, name: str) -> bool:
    return subject.roles[name] in ("number", "category", "boolean")
