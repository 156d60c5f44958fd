"""What does a linear head on edges and colours say? The cheapest answer that looks at an image at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine.logistic import Linear
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.floor import Majority
from naeum.model.image import shapes
from naeum.model.image.pixels import Pictures, pictures
from naeum.model.image.seen import answers, learned_from
from naeum.model.text.aims import answered
from naeum.model.text.heads import search, solver
from naeum.train import cost
from naeum.values import Choice, setting

if TYPE_CHECKING:
    import pyarrow as pa

IMAGE: frozenset[InputKind] = frozenset({"image"})
ON_TUNE = 0.0  # of c: choose it on tune
PATH = (1e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1)  # of c; the search starts at 0.01
WITHOUT_TUNE = 1e-3  # what tune chooses on 8,000 small photos of ten things
LEAST_SPREAD = 1e-6  # a number that never varies is not blown up
HEAD_FLOPS = 10_000.0  # of each number of a row: the covariance of two thousand numbers, some dozen steps


@dataclass(frozen=True)
class ImageLinear:
    """Histograms of oriented gradients and of colours, and a linear head: seconds to train.

    Args:
        size: pixels of a side that every image is brought to.
        cells: of a side, in each of which the directions of the edges are counted.
        c: inverse strength of the penalty, as in scikit-learn; 0: the best of a short path on tune.

    Example:
        >>> ImageLinear().cells
        8
    """

    kind: ClassVar[str] = "image_linear"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    reads: ClassVar[frozenset[InputKind]] = IMAGE
    size: int = setting(32, Choice((32, 64)))
    cells: int = setting(8, Choice((4, 8)))
    c: float = setting(ON_TUNE, Choice((ON_TUNE, *PATH)))

    def __post_init__(self) -> None:
        shapes.check(self.size, self.cells)
        if self.c < 0:
            raise InputError(f"c must be at least 0; got {self.c}; leave it out to have it chosen on tune")

    def fit(self, parts: Parts, run: Run) -> FittedImageLinear:
        """Raises:
        InputError: there is no labelled image that can be decoded.
        """
        (fit, images), (tune, judged) = learned_from(parts, run, self.size, self.kind)
        vectors = self.described(images, np.arange(len(images)))
        center, spread = vectors.mean(axis=0), vectors.std(axis=0) + LEAST_SPREAD
        head = solver((vectors - center) / spread, fit, fit.weight)
        if self.c or not len(tune):
            c = self.c or WITHOUT_TUNE
            found = head(c, None)
        else:
            looked = (self.described(judged, np.arange(len(judged))) - center) / spread
            c, found = search(head, looked, tune, PATH)
        weights = found.weights / spread[:, None]
        floor = Majority().fit(parts, run).scores
        return FittedImageLinear(
            parts.fit.task, self, Linear(weights, found.bias - center @ weights), c, floor, run.cache
        )

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine."""
        return shapes.seconds(rows, self.size, self.cells) + cost.nominal(HEAD_FLOPS * shapes.width(self.cells) * rows)

    def described(self, images: Pictures, rows: Ints) -> Floats:
        """(len(rows), width) the numbers that the head reads."""
        return shapes.of_pictures(images, rows, self.cells)


@dataclass(frozen=True, eq=False)
class FittedImageLinear:
    """A linear head on edges and colours."""

    kind: ClassVar[str] = "image_linear"
    version: ClassVar[int] = 1
    task: Task
    learner: ImageLinear
    head: Linear
    c: float  # that the head was fitted with
    floor: Floats  # (columns,) scores of an image that cannot be decoded
    cache: Path | None = None  # of pixels, while a climb goes on

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or numbers, of each row, in order."""
        images = pictures(rows, self.task, self.learner.size, self.cache)

        def scores(known: Ints) -> Floats:
            return self.head.logits(self.learner.described(images, known))

        return answered(self.task, answers(images, scores, self.floor))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) what the head reads; black where an image cannot be decoded."""
        images = pictures(rows, self.task, self.learner.size, self.cache)
        return self.learner.described(images, np.arange(len(images)))

    def decided(self, learner: ImageLinear) -> ImageLinear:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c)

    def state(self) -> State:
        """The head and how images are read."""
        settings = {"size": self.learner.size, "cells": self.learner.cells, "asked": self.learner.c, "c": self.c}
        return State(settings, {"weights": self.head.weights, "bias": self.head.bias, "floor": self.floor})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedImageLinear:
        """Read back."""
        given: Any = state.settings
        weights, bias, floor = (np.asarray(state.arrays[name], np.float32) for name in ("weights", "bias", "floor"))
        learner = ImageLinear(given["size"], given["cells"], given["asked"])
        return cls(task, learner, Linear(weights, bias), given["c"], floor)
