"""What numbers do the cells of a table become, by what was learned of its columns? Arithmetic on plain arrays alone.

Two forms. *Dense* for linear models, networks and forests: numbers in standard deviations with their gaps filled and
flagged, frequent categories as columns of their own, dates as their parts. *Plain* for boosting, which knows gaps and
categories itself: numbers as they are, categories as codes. In both, categories beyond the frequent ones get the mean
target of their rows; short texts are hashed into counts of their character n-grams (Weinberger et al. 2009, "Feature
hashing").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from naeum.contract import InputKind, Task
from naeum.model.table.words import ngram_counts

Doubles = npt.NDArray[np.float64]
FREQUENT = 24  # categories of a column that get a column of their own in the dense form
MOST_CODES = 254  # categories that boosting tells apart in one column: a byte, less the missing one
BUCKETS = 64  # columns of the counts of n-grams of a text
FAR = 8.0  # standard deviations at which numbers are cut off: one slip of a comma must not carry a linear model away
WEEK, DAY = 7, 86_400
EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday; Monday is 0


class Columns(Protocol):
    """The columns of a table, by name."""

    def numbers(self, name: str) -> Doubles: ...  # (rows,) of numbers and dates; NaN where missing
    def texts(self, name: str) -> list[str]: ...  # (rows,) empty where missing
    def distinct(self, name: str) -> tuple[list[Any], npt.NDArray[Any]]: ...  # words, and (rows,) which; -1: missing


@dataclass(frozen=True, eq=False)
class Cells:
    """Columns in plain Python: numbers, NaN where one is missing, and words, None where one is missing.

    Example:
        >>> found = Cells({"age": [3.0, float("nan")], "town": ["서울", None]})
        >>> found.numbers("age").tolist(), found.distinct("town")[1].tolist()
        ([3.0, nan], [0, -1])
    """

    columns: Mapping[str, Sequence[Any]]

    def numbers(self, name: str) -> Doubles:
        """(rows,) of numbers and dates; NaN where missing."""
        return np.asarray(self.columns[name], np.float64)

    def texts(self, name: str) -> list[str]:
        """(rows,) empty where missing."""
        return [text or "" for text in self.columns[name]]

    def distinct(self, name: str) -> tuple[list[Any], npt.NDArray[Any]]:
        """The different words, and (rows,) which of them each row has; -1 where it is missing."""
        place: dict[Any, int] = {}
        codes = [-1 if one is None else place.setdefault(one, len(place)) for one in self.columns[name]]
        return list(place), np.array(codes, np.int64)


@dataclass(frozen=True, eq=False)
class Form:
    """What was learned of the columns of fit, and the matrix that it makes of cells.

    Args:
        task: its inputs and their kinds.
        plain: the form; see above.
        words: column -> its categories, most frequent first.
        arrays: `<column number>.<what>` -> what else was learned of a column.
    """

    task: Task
    plain: bool
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    arrays: Mapping[str, Doubles] = field(default_factory=dict)

    def of(self, cells: Columns) -> Doubles:
        """(rows, width) of double precision; NaN only in the plain form."""
        pieces = [self._columns(at, name, kind, cells) for at, (name, kind) in enumerate(self.task.columns.items())]
        return np.concatenate([piece for piece in pieces if piece.shape[1]], axis=1)

    @property
    def crossable(self) -> tuple[int, ...]:
        """Columns of the matrix whose products may say something: all but the counts of n-grams."""
        kinds = self.task.columns.values()
        widths = [int(self.arrays[f"{at}.width"][0]) for at in range(len(kinds))]
        named = [kind for kind, width in zip(kinds, widths, strict=True) for _ in range(width)]
        return tuple(at for at, kind in enumerate(named) if kind != "text")

    @property
    def codes(self) -> tuple[int, ...]:
        """Columns of the plain form that hold codes of categories."""
        found, start = [], 0
        for at, (name, kind) in enumerate(self.task.columns.items()):
            if kind == "category" and len(self.words[name]) <= MOST_CODES:
                found.append(start)
            start += int(self.arrays[f"{at}.width"][0])
        return tuple(found)

    def _columns(self, at: int, name: str, kind: InputKind, cells: Columns) -> Doubles:
        if kind == "number":
            values = cells.numbers(name)
            return values[:, None] if self.plain else self._scaled(at, values[:, None])
        if kind == "date":
            parts = date_parts(cells.numbers(name))
            return parts if self.plain else self._scaled(at, parts)
        if kind == "text":
            return ngram_counts(cells.texts(name), BUCKETS)
        return self._categories(at, name, cells)

    def _scaled(self, at: int, values: Doubles) -> Doubles:
        """In standard deviations, gaps at the mean and flagged where fit had some."""
        mean, spread, gaps = (self.arrays[f"{at}.{what}"] for what in ("mean", "spread", "gaps"))
        missing = np.isnan(values)
        scaled = np.clip(np.where(missing, 0.0, (np.where(missing, mean, values) - mean) / spread), -FAR, FAR)
        return np.concatenate([scaled, missing[:, gaps > 0].astype(np.float64)], axis=1)

    def _categories(self, at: int, name: str, cells: Columns) -> Doubles:
        words = self.words[name]
        codes = places(cells, name, words)  # (rows,) len(words) where it is another one, -1 where missing
        if self.plain and len(words) <= MOST_CODES:
            return np.where((codes < 0) | (codes == len(words)), np.nan, codes)[:, None].astype(np.float64)
        means = self.arrays[f"{at}.means"]  # (words + 2, targets): known, other, missing
        told = means[np.where(codes < 0, len(words) + 1, codes)]
        if self.plain:
            return np.asarray(told, np.float64)
        shown = min(len(words), FREQUENT)
        single = np.zeros((len(codes), shown + 1))
        single[np.arange(len(codes)), np.where((codes >= 0) & (codes < shown), codes, shown)] = 1.0
        missing = (codes < 0).astype(np.float64)[:, None]
        return np.concatenate([single[:, :shown], missing, *([told] if len(words) > FREQUENT else [])], axis=1)


def date_parts(seconds: Doubles) -> Doubles:
    """(rows, 7) seconds since 1970, year, month, day, weekday, hour, and day of the year as a wave.

    Example:
        >>> date_parts(np.array([86_400.0 * 31]))[0, 1:6].tolist()
        [1970.0, 2.0, 1.0, 6.0, 0.0]
    """
    known = np.isfinite(seconds)
    whole = np.where(known, seconds, 0).astype("int64").astype("datetime64[s]")
    days, months = whole.astype("datetime64[D]"), whole.astype("datetime64[M]")
    year = whole.astype("datetime64[Y]").astype(np.int64) + 1970
    number = days.astype(np.int64)
    of_year = number - days.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    parts = np.stack(
        [
            np.where(known, seconds, 0),
            year,
            months.astype(np.int64) % 12 + 1,
            number - months.astype("datetime64[D]").astype(np.int64) + 1,
            (number + EPOCH_WEEKDAY) % WEEK,
            (whole.astype(np.int64) % DAY) // 3600,
            np.sin(2 * np.pi * of_year / 365.25),
        ],
        axis=1,
    ).astype(np.float64)
    parts[~known] = np.nan
    return parts


def places(cells: Columns, name: str, words: Sequence[str]) -> npt.NDArray[np.int64]:
    """(rows,) the place of each category among `words`; their number where it is another, -1 where it is missing."""
    found, codes = cells.distinct(name)
    place = {word: at for at, word in enumerate(words)}
    table = np.array([*(place.get(word, len(words)) for word in found), -1], np.int64)
    return np.asarray(table[codes], np.int64)
