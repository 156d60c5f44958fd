"""What do columns say that are made of those of a table: ranks, ratios, means of the target, days between dates?

Every made column is a number, stands beside the others, and is read by any learner of tables. What is learned to make
them is learned on fit rows; the mean target of a category is told to a row of fit without that row, and those of its
fold and group, so that no row sees its own target.

References:
    Micci-Barreca 2001, "A preprocessing scheme for high-cardinality categorical attributes" (means).
    Prokhorenkova et al. 2018, "CatBoost" (why a row must not see its own target).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum import values
from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Parts, Policy, Predictor, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.table.cases import OUTPUTS, READS, Doubles, Scale, claimed, rows_to_learn, targets_of
from naeum.model.table.encoder import FOLDS, Table, coded, frequent, means_of, numbers
from naeum.model.table.making import Making
from naeum.model.text.aims import numbers as targets
from naeum.sets import unique

if TYPE_CHECKING:
    import pyarrow as pa

SORTS = ("logs", "ranks", "pairs", "means", "counts", "spans")
SKEWED = 1.0  # skewness from which a number counts as skewed; 2 is that of an exponential one
KNOTS = 101  # quantiles that a rank is read from
WIDE = 6  # categories from which on their means and counts say more than each category by itself


@dataclass(frozen=True)
class Derived:
    """`inner` on a table with further columns.

    Args:
        inner: a learner of tables.
        add: sorts of columns that are made.
            "logs": of skewed numbers, by their sign and size; "ranks": the share of fit rows below a number;
            "pairs": ratio and difference of every two numbers; "means": the mean target of a category, "counts": how
            often it occurs, where there are several; "spans": days between every two dates.

    Raises:
        InputError: a sort is unknown, or none is given.

    Example:
        >>> from naeum.model.table.linear import TableLinear
        >>> Derived(TableLinear(), ("logs",)).claims(Task(("age", "town"), kinds=("number", "category")))
        True
    """

    inner: Any = None
    add: tuple[str, ...] = ("logs", "ranks")

    kind: ClassVar[str] = "derived_columns"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = OUTPUTS
    reads: ClassVar[frozenset[InputKind]] = READS

    def __post_init__(self) -> None:
        unknown = [sort for sort in self.add if sort not in SORTS]
        if unknown or not self.add:
            raise InputError(f"add must be some of {', '.join(SORTS)}; got {unknown or 'none'}; correct its name")

    def claims(self, task: Task) -> bool:
        """Whether the rows are a table that the inner learner learns."""
        return claimed(task) and claims(self.inner, task)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: those of the inner learner."""
        inner = getattr(self.inner, "nominal", None)
        return float(inner(rows, mean_tokens, policy)) if inner else 0.0

    def fit(self, parts: Parts, run: Run) -> Deriving:
        """Learn how the columns are made, and fit the inner learner on all."""
        data = rows_to_learn(parts.fit, self.kind)
        weights = np.asarray(data.weight, np.float64)
        number = data.task.output == "number"
        wanted = targets_of(data, Scale.of(targets(data), weights, "none") if number else Scale())
        making = learned(data, self.add, wanted, weights)
        inner = run.fit(self.inner, Parts(
            _made(data, making, self, out_of_folds(making, data, wanted, weights)),
            _made(parts.tune, making, self, making.columns(Table(parts.tune.rows))),
        ))  # fmt: skip
        return Deriving(parts.fit.task, inner, making)


@dataclass(frozen=True, eq=False)
class Deriving:
    """A predictor of tables whose rows get further columns."""

    task: Task
    inner: Predictor
    making: Making

    kind: ClassVar[str] = "deriving"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """What the inner predictor says of all columns."""
        given = rows.select(list(self.task.inputs))
        return replace(self.inner.predict(_with(given, self.making.columns(Table(given)))), task=self.task)

    def decided(self, learner: Derived) -> Derived:
        """The inner learner decided."""
        return replace(learner, inner=self.inner.decided(learner.inner))

    def state(self) -> State:
        """What was learned to make columns, beside the inner predictor."""
        words = {name: list(words) for name, words in self.making.words.items()}
        return State({"add": list(self.making.add), "words": words}, self.making.arrays, {"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Deriving:
        """Read back."""
        words = {name: tuple(words) for name, words in state.settings["words"].items()}
        return cls(task, state.children["inner"], Making(task, tuple(state.settings["add"]), words, dict(state.arrays)))


def learned(data: Dataset, add: tuple[str, ...], wanted: Doubles, weights: Doubles) -> Making:
    """What rows of fit say of how columns are made.

    Args:
        data: the rows.
        add: the sorts.
        wanted: (rows, targets) in numbers.
        weights: (rows,) above 0.
    """
    words: dict[str, tuple[str, ...]] = {}
    arrays: dict[str, Doubles] = {}
    for name, kind in data.task.columns.items():
        if kind == "number":
            arrays |= _numbers_learned(name, numbers(data.rows, name), add)
        elif kind == "category" and {"means", "counts"} & set(add):
            known = frequent(data.rows, name)
            if len(known) < WIDE:
                continue
            words[name] = known
            codes = coded(data.rows, name, known)
            if "means" in add:
                arrays[f"{name}/means"] = means_of(codes, len(known), wanted, weights)
            if "counts" in add:
                place = np.where(codes < 0, len(known) + 1, codes)
                arrays[f"{name}/counts"] = np.log1p(np.bincount(place, weights, len(known) + 2))[:, None]
    return Making(data.task, add, words, arrays)


def out_of_folds(making: Making, data: Dataset, wanted: Doubles, weights: Doubles) -> dict[str, Doubles]:
    """The made columns of fit rows, means of the target by rows of other folds; groups stand whole in one fold."""
    found = making.columns(Table(data.rows))
    wide = [name for name in making.words if f"{name}/means" in making.arrays]
    _, member = np.unique(data.group, return_inverse=True)
    groups = int(member.max()) + 1
    if not wide or groups < 2 * FOLDS:
        return found
    fold = (np.random.default_rng(FOLDS).permutation(groups) % FOLDS)[member]
    for k in range(FOLDS):
        learn, here = np.flatnonzero(fold != k), np.flatnonzero(fold == k)
        other = dict(making.arrays)
        for name in wide:
            codes = coded(data.rows, name, making.words[name])[learn]
            other[f"{name}/means"] = means_of(codes, len(making.words[name]), wanted[learn], weights[learn])
        told = replace(making, arrays=other)
        for name in wide:
            for made, column in told.of_category(name, Table(data.rows)).items():
                found[made][here] = column[here]
    return found


def _numbers_learned(name: str, value: Doubles, add: tuple[str, ...]) -> dict[str, Doubles]:
    """The scale of a skewed number's logarithm, and the quantiles of a number."""
    known, found = value[np.isfinite(value)], {}
    if len(unique(known)) < 3:
        return {}
    if "logs" in add:
        low, high = np.quantile(known, (0.005, 0.995))  # skewness of one slip of a comma is none of the column
        middle = known[(known >= low) & (known <= high)]
        away = (middle - middle.mean()) / max(float(middle.std()), 1e-300)
        size = np.abs(known[known != 0])
        if abs(float((away**3).mean())) >= SKEWED and len(size):
            found[f"{name}/logs"] = np.array([float(np.median(size))])
    if "ranks" in add:
        found[f"{name}/ranks"] = np.quantile(known, np.linspace(0.0, 1.0, KNOTS))
    return found


def _made(data: Dataset, making: Making, learner: Derived, columns: Mapping[str, Doubles]) -> Dataset:
    inner: tuple[InputKind, ...] = tuple("number" for _ in columns)
    task = replace(data.task, inputs=(*data.task.inputs, *columns), kinds=(*data.task.columns.values(), *inner))
    sums = {name: values.digest(array.tobytes()) for name, array in making.arrays.items()}
    key = values.digest(values.canonical([data.key, "derived", list(learner.add), sums]))
    return replace(data, task=task, rows=_with(data.rows.select(list(data.task.inputs)), columns), key=key)


def _with(rows: pa.Table, columns: Mapping[str, Doubles]) -> pa.Table:
    import pyarrow as pa

    for name, column in columns.items():
        rows = rows.append_column(name, pa.array(column, pa.float64(), from_pandas=True))
    return rows
