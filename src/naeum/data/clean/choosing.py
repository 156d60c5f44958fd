"""Which steps choose rows: drop duplicates, drop what is missing or broken, resample, sample?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pyarrow as pa

from naeum import sets
from naeum.contract import Ints
from naeum.data.clean.step import column_of, missing_in, texts_of
from naeum.data.ids import hash_strings, occurrence
from naeum.data.rows import string_column
from naeum.errors import InputError

WAYS = ("up", "down")


@dataclass(frozen=True)
class DropDuplicates:
    """Of rows that are equal in some columns, or in all where none is named, the first stays.

    Example:
        >>> DropDuplicates().kept(pa.table({"a": ["x", "y", "x"]}), 0).tolist()
        [0, 1]
    """

    columns: tuple[str, ...] = ()
    kind: ClassVar[str] = "drop_duplicates"
    version: ClassVar[int] = 1

    def kept(self, table: pa.Table, seed: int) -> Ints:
        """The first of each."""
        names = self.columns or tuple(table.column_names)
        for name in names:
            column_of(table, name, "drop duplicates")
        return np.flatnonzero(occurrence(_contents(table, names)) == 0)


@dataclass(frozen=True)
class DropMissing:
    """Rows with a missing cell in some columns, or in any where none is named, go."""

    columns: tuple[str, ...] = ()
    kind: ClassVar[str] = "drop_missing"
    version: ClassVar[int] = 1

    def kept(self, table: pa.Table, seed: int) -> Ints:
        """The whole ones."""
        gone = np.zeros(table.num_rows, bool)
        for name in self.columns or table.column_names:
            gone |= missing_in(column_of(table, name, "drop missing"))
        return np.flatnonzero(~gone)


@dataclass(frozen=True)
class DropBroken:
    """Rows that break an expectation which does not hold go.

    Args:
        expectations: their YAML, so that the step can be repeated without the file.

    Example:
        >>> step = DropBroken("columns:\\n  age: {range: [0, 120]}\\n")
        >>> step.kept(pa.table({"age": [31, 310, None]}), 0).tolist()
        [0, 2]
    """

    expectations: str
    kind: ClassVar[str] = "drop_broken"
    version: ClassVar[int] = 1

    def kept(self, table: pa.Table, seed: int) -> Ints:
        """Those that break nothing."""
        from naeum.data.expectations import breaking, load
        from naeum.data.relation import ROW

        if not table.num_rows:
            return np.empty(0, np.int64)
        report = load(self.expectations + "\n").check(table)
        broken = np.asarray(breaking(table, report).column(ROW).to_numpy(), np.int64)
        return sets.rest(table.num_rows, broken - 1)


@dataclass(frozen=True)
class DropRows:
    """Rows with some numbers, counted from 1, go: suspected ones, for example."""

    rows: tuple[int, ...]
    kind: ClassVar[str] = "drop_rows"
    version: ClassVar[int] = 1

    def kept(self, table: pa.Table, seed: int) -> Ints:
        """All others."""
        beyond = [row for row in self.rows if not 1 <= row <= table.num_rows]
        if beyond:
            raise InputError(f"rows must be numbers from 1 to {table.num_rows:,}; got {beyond[0]}; correct it")
        return sets.rest(table.num_rows, np.asarray(self.rows, np.int64) - 1)


@dataclass(frozen=True)
class Resample:
    """Every value of a column becomes as frequent as the most frequent ("up") or the rarest ("down").

    Example:
        >>> Resample("c").kept(pa.table({"c": ["a", "a", "a", "b"]}), 0).tolist()
        [0, 1, 2, 3, 3, 3]
    """

    column: str
    how: str = "up"
    kind: ClassVar[str] = "resample"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if self.how not in WAYS:
            raise InputError(f"resample must be one of {', '.join(WAYS)}; got {self.how!r}; correct its name")

    def kept(self, table: pa.Table, seed: int) -> Ints:
        """Whole rounds of each value's rows, then some drawn at random."""
        texts = texts_of(column_of(table, self.column, "resample"))
        groups: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            groups.setdefault(text or "", []).append(at)
        sizes = [len(rows) for rows in groups.values()]
        if not sizes:
            return np.empty(0, np.int64)
        wanted = max(sizes) if self.how == "up" else min(sizes)
        rng = np.random.default_rng(seed)
        drawn = []
        for name in sorted(groups):
            rounds, rest = divmod(wanted, len(groups[name]))
            drawn.append(np.repeat(groups[name], rounds))
            drawn.append(rng.choice(groups[name], rest, replace=False))
        return np.sort(np.concatenate(drawn).astype(np.int64))


@dataclass(frozen=True)
class Sample:
    """Some rows at random.

    Args:
        rows: how many; or a share, where it is below 1.
        seed: of the draw.
    """

    rows: float
    seed: int = 0
    kind: ClassVar[str] = "sample"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if self.rows <= 0 or (self.rows >= 1 and self.rows % 1):
            raise InputError(f"a sample must be a number of rows or a share below 1; got {self.rows:g}; write 1000")

    def kept(self, table: pa.Table, seed: int) -> Ints:
        """The rows drawn, in their order."""
        wanted = round(self.rows * table.num_rows) if self.rows < 1 else int(self.rows)
        rng = np.random.default_rng(self.seed)
        return np.sort(rng.choice(table.num_rows, min(wanted, table.num_rows), replace=False)).astype(np.int64)


def _contents(table: pa.Table, names: tuple[str, ...]) -> np.ndarray:
    """(rows,) a hash of the cells; the same for equal rows, unlike the ids of rows."""
    hashes = [hash_strings(string_column(table, name)) for name in names]
    if not table.num_rows:
        return np.empty(0, np.uint64)
    _, group = np.unique(np.stack(hashes, axis=1), axis=0, return_inverse=True)
    return group.reshape(-1).astype(np.uint64)
