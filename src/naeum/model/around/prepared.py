"""Does a learner get better with cleaned data, and is the same cleaning done when it serves?

Value steps are settled on the fit rows, then run on fit, on tune and on every row that is ever predicted. Row steps
touch the fit rows only; a prediction answers every row that comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum import sets, values
from naeum.contract import (
    AUGMENTED,
    Dataset,
    InputKind,
    Ints,
    OutputKind,
    Outputs,
    Parts,
    Predictor,
    Run,
    Shape,
    State,
    Task,
)
from naeum.data.clean.recipe import KINDS, ROW_STEPS, VALUE_STEPS, Recipe
from naeum.data.rows import rows_of
from naeum.errors import InputError
from naeum.model.claims import ALL, EVERY

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Prepared:
    """`inner` fitted on cleaned rows; the predictor cleans what it is asked in the same way.

    Args:
        inner: the learner.
        steps: value steps and row steps of data.clean, in their order.

    Raises:
        InputError: a step makes another table, or is none.

    Example:
        >>> from naeum.data.clean import DropDuplicates, Normalise
        >>> from naeum.model.floor import Majority
        >>> len(Prepared(Majority(), (Normalise("text"), DropDuplicates(("text",)))).steps)
        2
    """

    inner: Any = None
    steps: tuple[Any, ...] = ()

    kind: ClassVar[str] = "prepared"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = EVERY
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        for step in self.steps:
            if not isinstance(step, (*VALUE_STEPS, *ROW_STEPS)):
                raise InputError(
                    "steps around a learner must change cells or choose rows; got "
                    f"{getattr(step, 'kind', type(step).__name__)}; make such a table before it is read"
                )

    @property
    def rows_factor(self) -> float:
        """The inner learner learns from about as many rows, but from other ones: what its time is forecast by."""
        return 1.0

    def fit(self, parts: Parts, run: Run) -> Cleaning:
        """Settle and run the steps on the fit rows, the value steps on tune, and fit the inner learner."""
        fit, steps = prepared(parts.fit, self.steps, run.seed)
        served = Recipe(tuple(step for step in steps if isinstance(step, VALUE_STEPS)))
        tune = _with_rows(parts.tune, served) if len(parts.tune) else parts.tune
        run.report(0, 1, None, f"{len(fit):,} of {len(parts.fit):,} rows after {len(steps)} steps")
        return Cleaning(run.fit(self.inner, Parts(fit, tune)), steps)


@dataclass(frozen=True, eq=False)
class Cleaning:
    """A predictor that cleans rows as those were that it learned from."""

    inner: Predictor
    steps: tuple[Any, ...]  # settled

    kind: ClassVar[str] = "cleaning"
    version: ClassVar[int] = 1

    @property
    def task(self) -> Task:
        """The task of the inner predictor."""
        return self.inner.task

    @property
    def history(self) -> Any:
        """How the training of the inner predictor went, where it knows."""
        return getattr(self.inner, "history", None)

    def predict(self, rows: pa.Table) -> Outputs:
        """The answers of the inner predictor to the cleaned rows, one a row."""
        return self.inner.predict(served(rows, Recipe(self.steps), self.task))

    def state(self) -> State:
        """The settled steps beside the inner predictor."""
        return State({"steps": values.to_json(self.steps)}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Cleaning:
        """Read back."""
        return cls(state.children["inner"], tuple(values.from_json(state.settings["steps"], KINDS)))

    def decided(self, learner: Prepared) -> Prepared:
        """The inner learner decided. The steps stay open: on more rows they are settled again."""
        return replace(learner, inner=self.inner.decided(learner.inner))


def prepared(data: Dataset, steps: Sequence[Any], seed: int) -> tuple[Dataset, tuple[Any, ...]]:
    """The fit rows after all steps, and the steps settled on those that are labelled and count.

    Rows that are not heard (unlabelled, or of weight zero) have their cells cleaned and stay.

    Example:
        >>> from naeum.data.clean import DropDuplicates
        >>> from naeum.testing.data import make
        >>> len(prepared(make(4), (DropDuplicates(("label",)),), 0)[0])
        2
    """
    done = []
    for step in steps:
        heard = np.flatnonzero((data.target >= 0) & (data.weight > 0))
        if isinstance(step, VALUE_STEPS):
            step = step.settled(data.rows.take(heard))
            data = _with_rows(data, Recipe((step,)))
        else:
            kept = heard[step.kept(_labelled(data, heard), seed)]
            rest = sets.rest(len(data), heard)
            data = _chosen(data, np.sort(np.concatenate([kept, rest])), step, seed)
        done.append(step)
    return data, tuple(done)


def served(rows: pa.Table, recipe: Recipe, task: Task) -> pa.Table:
    """The input columns of the rows after the value steps, each of its kind."""
    return rows_of(recipe.serve(rows), task) if rows.num_rows else rows


def _with_rows(data: Dataset, recipe: Recipe) -> Dataset:
    rows = served(data.rows, recipe, data.task)
    key = values.digest(values.canonical([data.key, "prepared", values.to_json(recipe)]))
    return replace(data, rows=rows, key=key)


def _labelled(data: Dataset, heard: Ints) -> pa.Table:
    """The input columns and the target, by its name."""
    import pyarrow as pa

    rows = data.rows.take(heard)
    if data.task.target in rows.column_names:
        return rows
    if data.truth is not None:
        return rows.append_column(data.task.target, data.truth.take(heard))
    classes = np.asarray(data.task.classes, dtype=object)
    return rows.append_column(data.task.target, pa.array(classes[data.target[heard]].tolist(), pa.string()))


def _chosen(data: Dataset, at: Ints, step: Any, seed: int) -> Dataset:
    """The rows at rising positions; one that is taken again is a made row, with an id of its own."""
    again = np.r_[False, at[1:] == at[:-1]] if len(at) else np.zeros(0, bool)
    key = values.digest(values.canonical([data.key, "prepared", values.to_json(step), seed]))
    ids, origin = data.ids[at].copy(), data.origin[at].copy()
    copy = 0
    for place in np.flatnonzero(again):
        copy = copy + 1 if again[place - 1] else 1
        ids[place] = _made_id(int(data.ids[at[place]]), copy)
        origin[place] = AUGMENTED
    arrays: dict[str, Any] = {name: getattr(data, name)[at] for name in ("target", "weight", "group")}
    parent = np.where(again, data.ids[at], data.parent[at])
    soft = None if data.soft is None else data.soft[at]
    truth = None if data.truth is None else data.truth.take(at)
    made: dict[str, Any] = {
        "rows": data.rows.take(at),
        "ids": ids,
        "origin": origin,
        "parent": parent,
        "soft": soft,
        "truth": truth,
    }
    return replace(data, key=key, **made, **arrays)


def _made_id(source: int, copy: int) -> int:
    return int.from_bytes(hashlib.blake2b(f"{source} again {copy}".encode(), digest_size=8).digest(), "little")
