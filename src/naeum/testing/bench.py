"""Where does a learner lie while laws are tried on it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import registry
from naeum.contract import Dataset, Floats, Outputs, Parts, Predictor, Run, Task, subset
from naeum.store import Store
from naeum.testing import worlds
from naeum.testing.runs import TinyRun

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 48  # of fit: each law fits once or twice
BEFORE = "before"  # the artifact that every run of a bench has: a model that was fitted before


@dataclass(frozen=True)
class Bench:
    """A learner with tiny data, folders and known kinds.

    Args:
        learner: what is judged.
        folder: an empty one; every run gets its own inside.
        kinds: classes of learners, and of the values inside them, that the registry does not know, by kind.
        predictor_kinds: the same of predictors.
        world: name of the tiny data, see worlds/.
        earlier: a learner that is fitted before each run; its predictor can be loaded as BEFORE.
    """

    learner: Any
    folder: Path
    kinds: Mapping[str, Any] = field(default_factory=dict)
    predictor_kinds: Mapping[str, Any] = field(default_factory=dict)
    world: str = "korean"
    earlier: Any = None

    @cached_property
    def parts(self) -> Parts:
        """Rows to fit, some with a wrong target; a third as many to tune on."""
        return worlds.world(self.world).parts(ROWS)

    @cached_property
    def unlabelled(self) -> Dataset:
        """Rows of the world without a target."""
        rows = worlds.world(self.world).parts(ROWS, seed=77).fit
        return replace(rows, target=np.full(len(rows), -1), truth=None, key=f"{rows.key}/unlabelled")

    @property
    def task(self) -> Task:
        """The task of the world."""
        return self.parts.fit.task

    @cached_property
    def fitted(self) -> Predictor:
        """The learner fitted on `parts`."""
        return self.fit(self.learner, self.parts)

    @cached_property
    def scores(self) -> Floats:
        """(units of tune, classes) its scores."""
        return self.outputs.scores

    @cached_property
    def outputs(self) -> Outputs:
        """Its answers to tune."""
        return self.fitted.predict(self.parts.tune.rows)

    @cached_property
    def odd(self) -> pa.Table:
        """Odd rows of the world."""
        return worlds.world(self.world).odd()

    def run(self, name: str = "") -> TinyRun:
        """A fresh run in a folder of its own."""
        number = len(list(self.folder.glob("run*")))
        run = TinyRun(self.folder / f"run{number}{name}", bare=self.unlabelled)
        run.folder.mkdir(parents=True)
        if self.earlier is not None:
            run.fitted[BEFORE] = self.earlier.fit(self.parts, run)
        return run

    def fit(self, learner: Any, given: Parts, run: Run | None = None) -> Predictor:
        """Fit in a fresh run."""
        predictor: Predictor = learner.fit(given, run or self.run())
        return predictor

    def restored(self, predictor: Predictor) -> Predictor:
        """The predictor after a store wrote it and a new store read it."""
        kinds = {**registry.predictors(), **self.predictor_kinds}
        folder = self.folder / f"store{len(list(self.folder.glob('store*')))}"
        Store(folder, kinds).save("one", predictor)
        return Store(folder, kinds).load("one")

    @property
    def known(self) -> dict[str, Any]:
        """Every known class of learners and values, by kind."""
        return {**registry.values(), **self.kinds}

    def only(self, data: Dataset, keep: Callable[[Dataset], Any], name: str) -> Dataset:
        """The rows for which `keep` holds."""
        return subset(data, np.flatnonzero(keep(data)), f"{data.key}/{name}")
