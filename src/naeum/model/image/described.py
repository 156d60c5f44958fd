"""What if a learner of tables reads what an image looks like, beside the other columns?

The column of images becomes columns of numbers, edges and colours (see `shapes`); every other column stays as it is. So
trees learn from images, and from images with prices and dates beside them. An image that cannot be decoded has missing
numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum import values
from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Parts, Policy, Predictor, Run, Shape, State, Task
from naeum.model.claims import ROWS, claims
from naeum.model.image import shapes
from naeum.model.image.pixels import Told, image_column, pictures
from naeum.model.image.seen import told
from naeum.model.table.boosting import Boosting
from naeum.values import Choice, setting

if TYPE_CHECKING:
    import pyarrow as pa

ANY: frozenset[InputKind] = frozenset({"image", "number", "category", "date", "text"})


@dataclass(frozen=True)
class DescribedImages:
    """Edges and colours of images as columns of numbers, given with all other columns to a learner of tables.

    Args:
        inner: the learner of tables.
        size: pixels of a side that every image is brought to.
        cells: of a side, in each of which the directions of the edges are counted.

    Example:
        >>> DescribedImages().claims(Task(("photo", "price"), kinds=("image", "number")))
        True
    """

    kind: ClassVar[str] = "described_images"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    reads: ClassVar[frozenset[InputKind]] = ANY
    inner: Any = Boosting(rounds=200, learning_rate=0.1, features=0.3)  # noqa: RUF009 - frozen values
    size: int = setting(32, Choice((32, 64)))
    cells: int = setting(4, Choice((4, 8)))

    def __post_init__(self) -> None:
        shapes.check(self.size, self.cells)

    def claims(self, task: Task) -> bool:
        """Whether the rows have one column of images, and the inner learner learns what they become."""
        images = sum(kind == "image" for kind in task.columns.values())
        return images == 1 and claims(self.inner, described_task(task, self.cells))

    def fit(self, parts: Parts, run: Run) -> Describing:
        """Fit the inner learner on the columns of numbers.

        Raises:
            InputError: there is no column of images, or more than one.
        """
        fit, tune = (self._described(data, run) for data in (parts.fit, parts.tune))
        inner = run.fit(self.inner, Parts(fit, tune))
        return Describing(parts.fit.task, inner, self.size, self.cells, run.cache)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine; the inner learner says its own."""
        inner = getattr(self.inner, "nominal", None)
        return shapes.seconds(rows, self.size, self.cells) + (inner(rows, mean_tokens, policy) if inner else 0.0)

    def _described(self, data: Dataset, run: Run) -> Dataset:
        rows = described_rows(data.rows, data.task, (self.size, self.cells), run.cache, told(run))
        key = values.digest(values.canonical([data.key, "described", self.size, self.cells]))
        return replace(data, task=described_task(data.task, self.cells), rows=rows, key=key)


@dataclass(frozen=True, eq=False)
class Describing:
    """A predictor of tables that is given images."""

    kind: ClassVar[str] = "describing"
    version: ClassVar[int] = 1
    task: Task
    inner: Predictor
    size: int
    cells: int
    cache: Path | None = None  # of pixels, while a climb goes on

    def predict(self, rows: pa.Table) -> Outputs:
        """What the inner predictor answers to the numbers of the images and to the other columns."""
        found = described_rows(rows, self.task, (self.size, self.cells), self.cache)
        return replace(self.inner.predict(found), task=self.task)

    def decided(self, learner: DescribedImages) -> DescribedImages:
        """The inner learner decided."""
        return replace(learner, inner=self.inner.decided(learner.inner))

    def state(self) -> State:
        """How images are read, beside the inner predictor."""
        return State({"size": self.size, "cells": self.cells}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Describing:
        """Read back."""
        return cls(task, state.children["inner"], state.settings["size"], state.settings["cells"])


def described_task(task: Task, cells: int) -> Task:
    """The task whose image is columns of numbers.

    Raises:
        InputError: there is no column of images, or more than one.

    Example:
        >>> found = described_task(Task(("photo", "price"), kinds=("image", "number")), cells=4)
        >>> found.inputs[:3], len(found.inputs), set(found.kinds)
        (('price', 'photo:0', 'photo:1'), 485, {'number'})
    """
    image = image_column(task)
    rest = {name: kind for name, kind in task.columns.items() if name != image}
    made = tuple(f"{image}:{place}" for place in range(shapes.width(cells)))
    numbers: tuple[InputKind, ...] = tuple("number" for _ in made)
    return replace(task, inputs=(*rest, *made), kinds=(*rest.values(), *numbers))


def described_rows(
    rows: pa.Table, task: Task, how: tuple[int, int], cache: Path | None = None, told: Told | None = None
) -> pa.Table:
    """The rows with columns of numbers, double, instead of the images.

    Args:
        rows: with the columns of `task`.
        task: which of them are what.
        how: size and cells.
        cache, told: as in `pixels.pictures`.
    """
    import pyarrow as pa

    size, cells = how
    images = pictures(rows, task, size, cache, told)
    found = shapes.of_pictures(images, np.arange(len(images)), cells).astype(np.float64)
    found[~images.known] = np.nan
    made = [pa.array(column, pa.float64(), from_pandas=True) for column in np.ascontiguousarray(found.T)]
    target = described_task(task, cells)
    kept = [rows.column(name) for name in target.inputs[: len(target.inputs) - len(made)]]
    return pa.table([*kept, *made], names=list(target.inputs))
