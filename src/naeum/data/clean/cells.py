"""Which steps change cells: fill, clip, normalise text, parse dates, encode?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from naeum.data.clean.forms import normalised
from naeum.data.clean.step import column_of, is_text, missing_in, numbers_of, replaced, texts_of
from naeum.data.spool import Column
from naeum.errors import InputError
from naeum.values import Choice, setting

FILLS = ("median", "mean", "most frequent")
CLIPS = ("iqr", "percentiles")
CODES = ("codes", "one hot", "counts")
FORMS = ("NFC", "NFKC")
WHISKER = 1.5  # interquartile ranges beyond the quartiles: Tukey 1977, "Exploratory data analysis"
PERCENTILES = (1, 99)
MOST_CATEGORIES = 1000  # of one column; more would name rows rather than groups


@dataclass(frozen=True)
class Fill:
    """Missing cells get a value.

    Args:
        column: its name.
        how: a way of FILLS, or the value itself.
        value: what was settled.

    Example:
        >>> table = pa.table({"age": [22.0, None, 38.0]})
        >>> step = Fill("age").settled(table)
        >>> step.value, step.apply(table)["age"].to_pylist()
        (30.0, [22.0, 30.0, 38.0])
    """

    column: str
    how: str = setting("median", Choice(FILLS))
    value: Any = None
    kind: ClassVar[str] = "fill"
    version: ClassVar[int] = 1

    def settled(self, table: pa.Table) -> Fill:
        """The value that the rows at hand give.

        Raises:
            InputError: the column is not there, or has nothing to take a value from.
        """
        column = column_of(table, self.column, "fill")
        if self.value is not None:
            return self
        if self.how not in FILLS:
            return replace(self, value=self.how)
        if self.how == "most frequent":
            found = Counter(text for text in texts_of(column) if text is not None)
            if not found:
                raise _nothing(self.column, "fill", "values")
            return replace(self, value=min(found, key=lambda text: (-found[text], text)))
        numbers = _finite(column, self.column, "fill")
        return replace(self, value=float(np.median(numbers) if self.how == "median" else numbers.mean()))

    def apply(self, table: pa.Table) -> pa.Table:
        """The table with its missing cells filled."""
        column = column_of(table, self.column, "fill")
        absent = missing_in(column)
        if not absent.any():
            return table
        return replaced(table, self.column, _put(column, absent, [self.value] * int(absent.sum()), self.column))


@dataclass(frozen=True)
class Clip:
    """Numbers beyond two ends become the end.

    Args:
        column: its name.
        how: "iqr" (quartiles and WHISKER interquartile ranges) or "percentiles" (the first and the last).
        low, high: what was settled, or given.

    Example:
        >>> table = pa.table({"fare": [7.0, 8.0, 9.0, 10.0, 512.0]})
        >>> Clip("fare").settled(table).apply(table)["fare"].to_pylist()
        [7.0, 8.0, 9.0, 10.0, 13.0]
    """

    column: str
    how: str = setting("iqr", Choice(CLIPS))
    low: float | None = None
    high: float | None = None
    kind: ClassVar[str] = "clip"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if self.how not in CLIPS:
            raise InputError(f"clip must be one of {', '.join(CLIPS)}; got {self.how!r}; correct its name")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise InputError(f"the low end must be at most the high one; got {self.low} and {self.high}; swap them")

    def settled(self, table: pa.Table) -> Clip:
        """The ends that the rows at hand give."""
        column = column_of(table, self.column, "clip")
        if self.low is not None or self.high is not None:
            return self
        numbers = _finite(column, self.column, "clip")
        low, high = np.percentile(numbers, (25, 75) if self.how == "iqr" else PERCENTILES)
        beyond = WHISKER * (high - low) if self.how == "iqr" else 0.0
        return replace(self, low=float(low - beyond), high=float(high + beyond))

    def apply(self, table: pa.Table) -> pa.Table:
        """The table with its outliers at the ends."""
        column = column_of(table, self.column, "clip")
        numbers = numbers_of(column)
        clipped = np.clip(numbers, self.low, self.high)
        beyond = ~np.isnan(numbers) & (clipped != numbers)
        return (
            replaced(table, self.column, _put(column, beyond, clipped[beyond].tolist(), self.column))
            if beyond.any()
            else table
        )


@dataclass(frozen=True)
class Normalise:
    """Text in one Unicode form, with single blanks and none around.

    Args:
        column: its name.
        form: NFC (letters put together: Hangul from decomposed letters) or NFKC (also full-width forms).
        lower: whether in small letters.

    Example:
        >>> Normalise("t").apply(pa.table({"t": ["  한글   입니다 ", None]}))["t"].to_pylist()
        ['한글 입니다', None]
    """

    column: str
    form: str = setting("NFC", Choice(FORMS))
    lower: bool = setting(False, Choice((False, True)))
    kind: ClassVar[str] = "normalise"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if self.form not in FORMS:
            raise InputError(f"a form must be one of {', '.join(FORMS)}; got {self.form!r}; correct its name")

    def settled(self, table: pa.Table) -> Normalise:
        """Nothing is open."""
        column_of(table, self.column, "normalise")
        return self

    def apply(self, table: pa.Table) -> pa.Table:
        """The table with its texts normalised."""
        column = column_of(table, self.column, "normalise")
        made = [None if text is None else normalised(text, self.form, self.lower) for text in texts_of(column)]
        if is_text(column):  # an empty text stays one: it is not the same as none
            made = [text if text is not None else old for text, old in zip(made, column.to_pylist(), strict=True)]
        return replaced(table, self.column, pa.array(made, pa.string()))


@dataclass(frozen=True)
class Encode:
    """Categories become numbers.

    Args:
        column: its name.
        how: "codes" (0, 1, … by name), "one hot" (a column of 0 and 1 a category) or "counts" (how often it stood in
            the fit part).
        categories: what was settled: (category, count).

    A category that the fit part lacks, and a missing cell, become -1 as codes and 0 otherwise.

    Example:
        >>> table = pa.table({"c": ["b", "a", "b"]})
        >>> step = Encode("c").settled(table)
        >>> step.apply(pa.table({"c": ["a", "new"]}))["c"].to_pylist()
        [0, -1]
    """

    column: str
    how: str = setting("codes", Choice(CODES))
    categories: tuple[tuple[str, int], ...] = ()
    kind: ClassVar[str] = "encode"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if self.how not in CODES:
            raise InputError(f"encode must be one of {', '.join(CODES)}; got {self.how!r}; correct its name")

    def settled(self, table: pa.Table) -> Encode:
        """The categories of the rows at hand."""
        column = column_of(table, self.column, "encode")
        if self.categories:
            return self
        found = Counter(text for text in texts_of(column) if text is not None)
        if not found:
            raise _nothing(self.column, "encode", "values")
        if len(found) > MOST_CATEGORIES:
            raise InputError(
                f"encode takes at most {MOST_CATEGORIES:,} categories; {self.column} has {len(found):,}; "
                "leave the column out, or group its values first"
            )
        return replace(self, categories=tuple(sorted(found.items())))

    def apply(self, table: pa.Table) -> pa.Table:
        """The table with numbers in place of the categories."""
        texts = texts_of(column_of(table, self.column, "encode"))
        if self.how == "one hot":
            at = table.column_names.index(self.column)
            made = table.remove_column(at)
            for place, (name, _) in enumerate(self.categories):
                hot = pa.array([int(text == name) for text in texts], pa.int64())
                made = made.add_column(at + place, f"{self.column}={name}", hot)
            return made
        numbers = {name: at for at, (name, _) in enumerate(self.categories)}
        if self.how == "counts":
            numbers = dict(self.categories)
        unknown = -1 if self.how == "codes" else 0
        return replaced(table, self.column, pa.array([numbers.get(text or "", unknown) for text in texts], pa.int64()))


def _put(column: Column, where: np.ndarray, new: list[Any], name: str) -> Any:
    """The column with other cells where it says; numbers keep their type unless a new one does not fit."""
    kind = column.type
    if pa.types.is_null(kind):
        kind = pa.string() if any(isinstance(value, str) for value in new) else pa.float64()
    elif is_text(column):
        new = [value if isinstance(value, str) else f"{value:g}" for value in new]
        kind = pa.string()
    elif pa.types.is_integer(kind) and any(isinstance(value, float) and value % 1 for value in new):
        kind = pa.float64()
    cells = column.to_pylist()
    for at, value in zip(np.flatnonzero(where), new, strict=True):
        cells[int(at)] = value
    try:
        return pa.array(_typed(cells, kind), kind)
    except (pa.ArrowException, ValueError, TypeError) as error:
        raise InputError(
            f"a value for {name} must fit its type {column.type}; got {new[0]!r}; give another value"
        ) from error


def _typed(cells: list[Any], kind: pa.DataType) -> list[Any]:
    if pa.types.is_integer(kind):
        return [None if cell is None else int(cell) for cell in cells]
    return [None if cell is None else float(cell) for cell in cells] if pa.types.is_floating(kind) else cells


def _finite(column: Column, name: str, step: str) -> np.ndarray:
    numbers = numbers_of(column)
    finite = numbers[np.isfinite(numbers)]
    if not len(finite):
        raise _nothing(name, step, "numbers")
    return finite


def _nothing(name: str, step: str, what: str) -> InputError:
    return InputError(f"{step} needs {what} to learn from; the column {name!r} has none; leave it out or name a value")
