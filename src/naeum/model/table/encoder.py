"""How do typed columns become a matrix of numbers, so that a model of numbers can read a table?

Two forms. *Dense* for linear models, networks and forests: numbers in standard deviations with their gaps filled and
flagged, frequent categories as columns of their own, dates as their parts. *Plain* for boosting, which knows gaps and
categories itself: numbers as they are, categories as codes. In both, categories beyond the frequent ones get the mean
target of their rows, shrunk towards the mean of all (Micci-Barreca 2001, "A preprocessing scheme for high-cardinality
categorical attributes"), for the rows of fit out of folds, so that a row does not see its own target; short texts are
hashed into counts of their character n-grams (Weinberger et al. 2009, "Feature hashing").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.contract import InputKind, Task
from naeum.model.table.words import ngram_counts

if TYPE_CHECKING:
    import pyarrow as pa

Doubles = npt.NDArray[np.float64]
FREQUENT = 24  # categories of a column that get a column of their own in the dense form
MOST_CODES = 254  # categories that boosting tells apart in one column: a byte, less the missing one
MOST_KNOWN = 10_000  # categories of a column that are remembered
FOLDS = 5
SHRINK = 10.0  # rows of the mean of all that are mixed into the mean of a category
BUCKETS = 64  # columns of the counts of n-grams of a text
FAR = 8.0  # standard deviations at which numbers are cut off: one slip of a comma must not carry a linear model away
WEEK, DAY = 7, 86_400
EPOCH_WEEKDAY = 3  # 1970-01-01 was a Thursday; Monday is 0
LEAST_SPREAD = 1e-12


@dataclass(frozen=True, eq=False)
class Encoder:
    """What was learned of the columns of fit. Made by `fitted`.

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

    def matrix(self, rows: pa.Table) -> Doubles:
        """(rows, width) of double precision; NaN only in the plain form."""
        pieces = [self._columns(at, name, kind, rows) for at, (name, kind) in enumerate(self.task.columns.items())]
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

    def _columns(self, at: int, name: str, kind: InputKind, rows: pa.Table) -> Doubles:
        if kind == "number":
            values = numbers(rows, name)
            return values[:, None] if self.plain else self._scaled(at, values[:, None])
        if kind == "date":
            parts = date_parts(numbers(rows, name))
            return parts if self.plain else self._scaled(at, parts)
        if kind == "text":
            texts = [text or "" for text in rows.column(name).to_pylist()]
            return ngram_counts(texts, BUCKETS)
        return self._categories(at, name, rows)

    def _scaled(self, at: int, values: Doubles) -> Doubles:
        """In standard deviations, gaps at the mean and flagged where fit had some."""
        mean, spread, gaps = (self.arrays[f"{at}.{what}"] for what in ("mean", "spread", "gaps"))
        missing = np.isnan(values)
        scaled = np.clip(np.where(missing, 0.0, (np.where(missing, mean, values) - mean) / spread), -FAR, FAR)
        return np.concatenate([scaled, missing[:, gaps > 0].astype(np.float64)], axis=1)

    def _categories(self, at: int, name: str, rows: pa.Table) -> Doubles:
        words = self.words[name]
        codes = coded(rows, name, words)  # (rows,) len(words) where it is another one, -1 where missing
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

    def settings(self) -> dict[str, Any]:
        """What of it is JSON."""
        return {"plain": self.plain, "words": {name: list(words) for name, words in self.words.items()}}

    @classmethod
    def restored(cls, task: Task, settings: Mapping[str, Any], arrays: Mapping[str, Any]) -> Encoder:
        """The encoder of what was stored; its arrays are those whose names begin with `encoder.`."""
        own = {name.removeprefix("encoder."): array for name, array in arrays.items() if name.startswith("encoder.")}
        words = {name: tuple(words) for name, words in settings["words"].items()}
        return cls(task, bool(settings["plain"]), words, own)

    def stored(self) -> dict[str, Doubles]:
        """Its arrays under the names by which `restored` finds them."""
        return {f"encoder.{name}": array for name, array in self.arrays.items()}


def fitted(rows: pa.Table, task: Task, targets: Doubles, weights: Doubles, *, plain: bool) -> tuple[Encoder, Doubles]:
    """An encoder of the rows of fit, and their matrix.

    Args:
        rows: the typed columns.
        task: their kinds.
        targets: (rows, targets) what is learned, in numbers: for the means of categories.
        weights: (rows,) how much each row counts, above 0.
        plain: the form.

    Returns:
        The encoder, and the (rows, width) matrix, in which the mean targets of categories are out of folds.
    """
    words: dict[str, tuple[str, ...]] = {}
    arrays: dict[str, Doubles] = {}
    for at, (name, kind) in enumerate(task.columns.items()):
        if kind in ("number", "date") and not plain:
            values = numbers(rows, name)
            arrays |= _scales(at, values[:, None] if kind == "number" else date_parts(values), weights)
        elif kind == "category":
            words[name] = frequent(rows, name)
            arrays[f"{at}.means"] = means_of(coded(rows, name, words[name]), len(words[name]), targets, weights)
    made = Encoder(task, plain, words, arrays)
    widths = {
        f"{at}.width": np.array([float(made._columns(at, name, kind, rows.slice(0, 1)).shape[1])])
        for at, (name, kind) in enumerate(task.columns.items())
    }
    made = replace(made, arrays={**arrays, **widths})
    return made, _out_of_folds(made, rows, targets, weights)


def numbers(rows: pa.Table, name: str) -> Doubles:
    """(rows,) a column of numbers; NaN where missing."""
    return np.asarray(rows.column(name).to_numpy(), np.float64)


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


def coded(rows: pa.Table, name: str, words: Sequence[str]) -> npt.NDArray[np.int64]:
    """(rows,) the place of each category among `words`; their number where it is another, -1 where it is missing."""
    import pyarrow as pa

    whole = rows.column(name).combine_chunks()
    encoded = (whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)).dictionary_encode()
    place = {word: at for at, word in enumerate(words)}
    found: list[Any] = encoded.dictionary.to_pylist()
    table = np.array([*(place.get(word, len(words)) for word in found), -1], np.int64)
    return np.asarray(table[encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)], np.int64)


def frequent(rows: pa.Table, name: str) -> tuple[str, ...]:
    """The categories of a column, most frequent first, equals in their own order."""
    import pyarrow.compute as pc

    counted: Any = pc.value_counts(rows.column(name))
    pairs = sorted((-one["counts"], one["values"]) for one in counted.to_pylist() if one["values"] is not None)
    return tuple(word for _, word in pairs[:MOST_KNOWN])


def _scales(at: int, values: Doubles, weights: Doubles) -> dict[str, Doubles]:
    """Mean, standard deviation and whether there are gaps, of each column."""
    known = np.isfinite(values)
    total = np.maximum(weights @ known, LEAST_SPREAD)
    mean = np.asarray(weights @ np.where(known, values, 0) / total, np.float64)
    spread = np.sqrt(weights @ np.where(known, (values - mean) ** 2, 0) / total)
    flat = spread <= LEAST_SPREAD * np.maximum(1, np.abs(mean))
    gaps = np.asarray((~known).any(axis=0), np.float64)
    found = np.asarray(np.where(flat, 1.0, spread), np.float64)
    return {f"{at}.mean": mean, f"{at}.spread": found, f"{at}.gaps": gaps}


def means_of(codes: npt.NDArray[np.int64], words: int, targets: Doubles, weights: Doubles) -> Doubles:
    """(words + 2, targets) the shrunken mean target of each category, of other ones, and of missing ones."""
    place = np.where(codes < 0, words + 1, codes)
    total = np.bincount(place, weights, words + 2)
    everywhere = weights @ targets / weights.sum()
    sums = np.stack([np.bincount(place, weights * column, words + 2) for column in targets.T], axis=1)
    return np.asarray((sums + SHRINK * everywhere) / (total + SHRINK)[:, None], np.float64)


def _out_of_folds(made: Encoder, rows: pa.Table, targets: Doubles, weights: Doubles) -> Doubles:
    """The matrix of fit, in which the means of a row's categories are those of the other folds."""
    columns = list(made.task.columns.items())
    most = MOST_CODES if made.plain else FREQUENT
    wide = [at for at, (name, kind) in enumerate(columns) if kind == "category" and len(made.words[name]) > most]
    whole = made.matrix(rows)
    if not wide or rows.num_rows < 2 * FOLDS:
        return whole
    # Drawn, not counted off: rows that take turns would else have all their likes in one fold.
    fold = np.random.default_rng(FOLDS).permutation(rows.num_rows) % FOLDS
    for k in range(FOLDS):
        learned, here = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        other = dict(made.arrays)
        for at in wide:
            name = columns[at][0]
            codes = coded(rows, name, made.words[name])[learned]
            other[f"{at}.means"] = means_of(codes, len(made.words[name]), targets[learned], weights[learned])
        whole[here] = replace(made, arrays=other).matrix(rows.take(here))
    return whole
