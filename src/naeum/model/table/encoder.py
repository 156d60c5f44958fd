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
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Task
from naeum.model.table.form import FREQUENT, MOST_CODES, Form, date_parts, places

if TYPE_CHECKING:
    import pyarrow as pa

Doubles = npt.NDArray[np.float64]
MOST_KNOWN = 10_000  # categories of a column that are remembered
FOLDS = 5
SHRINK = 10.0  # rows of the mean of all that are mixed into the mean of a category
LEAST_SPREAD = 1e-12


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of an Arrow table."""

    rows: pa.Table

    def numbers(self, name: str) -> Doubles:
        """(rows,) a column of numbers; NaN where missing."""
        return np.asarray(self.rows.column(name).to_numpy(), np.float64)

    def texts(self, name: str) -> list[str]:
        """(rows,) empty where missing."""
        return [text or "" for text in self.rows.column(name).to_pylist()]

    def distinct(self, name: str) -> tuple[list[Any], npt.NDArray[Any]]:
        """The different words, and (rows,) which of them each row has; -1 where it is missing."""
        import pyarrow as pa

        whole = self.rows.column(name).combine_chunks()
        encoded = (whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)).dictionary_encode()
        return encoded.dictionary.to_pylist(), encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)


@dataclass(frozen=True, eq=False)
class Encoder(Form):
    """The form of tables of Arrow, and how it is stored. Made by `fitted`."""

    def matrix(self, rows: pa.Table) -> Doubles:
        """(rows, width) of double precision; NaN only in the plain form."""
        return self.of(Table(rows))

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
        f"{at}.width": np.array([float(made._columns(at, name, kind, Table(rows.slice(0, 1))).shape[1])])
        for at, (name, kind) in enumerate(task.columns.items())
    }
    made = replace(made, arrays={**arrays, **widths})
    return made, _out_of_folds(made, rows, targets, weights)


def numbers(rows: pa.Table, name: str) -> Doubles:
    """(rows,) a column of numbers; NaN where missing."""
    return Table(rows).numbers(name)


def coded(rows: pa.Table, name: str, words: Sequence[str]) -> npt.NDArray[np.int64]:
    """(rows,) the place of each category among `words`; their number where it is another, -1 where it is missing."""
    return places(Table(rows), name, words)


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
