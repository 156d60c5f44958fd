"""What does a linear head on a frozen encoder say?

The encoder is never trained: its vectors are computed once, stored by content, and a hundred heads are fitted on them
for the price of one pass (Alain & Bengio 2016 call such a head a probe). Layers below the last often hold what the
last has thrown away, so a few are put side by side. Vectors are standardised; the head is logistic regression, of
numbers ridge regression, whose penalty is chosen on tune where it is not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine import bases
from naeum.engine.features import features
from naeum.engine.logistic import Linear
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.text.aims import answered
from naeum.model.text.examples import labelled, texts, to_learn
from naeum.model.text.heads import PATH, WITHOUT_TUNE, search, shares, solver
from naeum.model.text.pairs import compared, is_pair, sides
from naeum.train import cost
from naeum.values import Choice, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

ON_TUNE = 0.0  # of c: choose it on tune
LEAST_SPREAD = 1e-6  # a coordinate that never varies is not blown up
DIRECT_ROWS = 512  # so few rows are always computed anew, so that speed is measured as it is served, not as it is read
READING = ("layer", "layers", "pooling", "max_length", "class_weight")  # settings that are stored by name
FLOPS_PER_WEIGHT = 2.0  # of a forward pass


@dataclass(frozen=True)
class Probe:
    """Frozen encoder features and a linear head. Several columns are read as one text.

    Args:
        base: name or path of the base model; see docs/bases.md.
        layer: the highest layer that is read, from the last (-1) down.
        layers: how many are put side by side, spread evenly from `layer` down to the first.
        pooling: "mean" over the tokens, or "cls": the first one.
        max_length: tokens of a text that are read.
        c: inverse strength of the penalty, as in scikit-learn (of numbers a tenth of it is taken); 0: the best of a
            short path on tune.
        class_weight: "balanced" weighs classes by the inverse of their frequency; only where a row has one.
    """

    kind: ClassVar[str] = "probe"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    apart: ClassVar[bool] = False  # whether the two texts of a row are read by themselves and compared

    base: str
    layer: int = setting(-1, Choice((-1, -2, -3, -4)))
    layers: int = setting(3, Whole(1, 4))
    pooling: str = setting("mean", Choice(("mean", "cls")))
    max_length: int = setting(128, Choice((64, 128, 256, 512)))
    c: float = setting(ON_TUNE, Choice((ON_TUNE, *PATH)))
    class_weight: str = setting("none", Choice(("none", "balanced")))

    def fit(self, parts: Parts, run: Run) -> FittedProbe:
        """Raises:
        InputError: there is no labelled row, or a setting is not known.
        BaseModelError: the base model is not there or cannot be used.
        """
        self._check()
        base = bases.find(self.base, run.policy)
        fit, tune = to_learn(parts.fit, self.kind), labelled(parts.tune)
        empty = Linear(np.empty((0, 0), np.float32), np.empty(0, np.float32))
        reader = FittedProbe(parts.fit.task, base, self, empty, self.c, run.policy, run.cache)

        def told(step: int, steps: int) -> None:
            run.report(step, steps, None, f"rows read by {base.name}")

        vectors = reader.vectors(fit.rows, told)
        center, spread = vectors.mean(axis=0), vectors.std(axis=0) + LEAST_SPREAD
        vectors -= center
        vectors /= spread
        fitted = solver(vectors, fit, self._weights(fit))
        if self.c or not len(tune):
            c = self.c or WITHOUT_TUNE
            head = fitted(c, None)
        else:
            judged = (reader.vectors(tune.rows, told) - center) / spread
            c, head = search(fitted, judged, tune)
        weights = head.weights / spread[:, None]
        return replace(reader, head=Linear(weights, head.bias - center @ weights), c=c)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        weights = bases.find(self.base, policy).weights
        return cost.nominal(FLOPS_PER_WEIGHT * weights * min(mean_tokens * 1.3, self.max_length) * rows)

    def _check(self) -> None:
        if self.class_weight not in ("none", "balanced"):
            raise InputError(f"class_weight must be none or balanced; got {self.class_weight!r}")
        if self.c < 0 or self.layers < 1 or self.layer >= 0:
            raise InputError(
                "a probe must have c >= 0, layers >= 1 and layer < 0 (from the last); "
                f"got c={self.c}, layers={self.layers}, layer={self.layer}"
            )

    def _weights(self, fit: Dataset) -> Floats:
        """(rows,) the rows' own weights, times their class's where that is asked for; their mean is one."""
        if self.class_weight == "none" or fit.task.output != "label":
            return fit.weight
        told = np.eye(len(fit.task.classes), dtype=np.float32)[fit.target] if fit.soft is None else shares(fit)
        counts = fit.weight @ told  # (classes,)
        weights = fit.weight * (told @ (1 / np.maximum(counts, 1e-9)))
        return np.asarray(weights / weights.mean(), np.float32)


@dataclass(frozen=True)
class PairProbe(Probe):
    """The same for pairs of texts: the head reads both vectors, how far apart they are, where they agree, their cosine.

    Args:
        layers: one, as there are four numbers for each of its own.
    """

    kind: ClassVar[str] = "pair_probe"
    version: ClassVar[int] = 1
    apart: ClassVar[bool] = True

    layers: int = setting(1, Whole(1, 4))

    def claims(self, task: Task) -> bool:
        """Two columns of text, and one answer a row."""
        return is_pair(task) and task.output in self.outputs


@dataclass(frozen=True, eq=False)
class FittedProbe:
    """A head on a base model that is named, not copied."""

    kind: ClassVar[str] = "probe"
    version: ClassVar[int] = 1

    task: Task
    base: bases.Base
    learner: Probe
    head: Linear
    c: float  # that the head was fitted with
    policy: Policy
    cache: Path | None = None  # of vectors, while a climb goes on; what was loaded from a store computes anew

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or the number, of each row, in order."""
        return answered(self.task, self.head.logits(self.vectors(rows)))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, layers * width) what the head reads."""
        return self.vectors(rows)

    def vectors(self, rows: pa.Table, report: Any = None) -> Floats:
        """(rows, layers * width) of the rows' texts, from the cache where there is one and they are many or `report` is
        told, as in a fit."""
        few = report is None and len(rows) <= DIRECT_ROWS
        pairs = sides(rows, self.task) if self.learner.apart else None
        found = features(
            self.base,
            texts(rows, self.task) if pairs is None else [*pairs[0], *pairs[1]],
            policy=self.policy,
            cache=None if few else self.cache,
            layers=self._numbers,
            pooling=self.learner.pooling,
            max_length=self.learner.max_length,
            report=report,
        )
        return found if pairs is None else compared(found[: len(rows)], found[len(rows) :])

    def decided(self, learner: Any) -> Any:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c) if hasattr(learner, "c") else learner

    def state(self) -> State:
        """The head, and which base model it stands on."""
        settings = {
            "base": self.base.name,
            "digest": self.base.digest,
            "folder": str(self.base.folder),
            "c": self.c,
            "learner": self.learner.kind,
            "device": self.policy.device,
            "dtype": self.policy.dtype,
            "threads": self.policy.threads,
            **{name: getattr(self.learner, name) for name in READING},
        }
        return State(settings, {"weights": self.head.weights, "bias": self.head.bias})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedProbe:
        """Raises:
        BaseModelError: the base model it stands on is gone or another one.
        """
        given: Mapping[str, Any] = state.settings
        policy = Policy(_device(given["device"]), given["dtype"], given["threads"], "as it was fitted")
        base = bases.again(given["base"], given["digest"], given["folder"], policy)
        cls_of = PairProbe if given.get("learner") == PairProbe.kind else Probe
        learner = cls_of(base.name, c=given["c"], **{name: given[name] for name in READING})
        head = Linear(np.asarray(state.arrays["weights"], np.float32), np.asarray(state.arrays["bias"], np.float32))
        return cls(task, base, learner, head, given["c"], policy)

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        """Layers counted from the embeddings: of twelve, three are 12, 8 and 4."""
        top = self.base.layers + 1 + self.learner.layer
        if top < 0:
            raise InputError(
                f"layer must be at least {-self.base.layers - 1} in {self.base.name}; got {self.learner.layer}"
            )
        many = min(self.learner.layers, max(1, top))
        return tuple(top - place * top // many for place in range(many))


def _device(name: str) -> str:
    """The device a probe was fitted on, or the CPU where there is none of that kind."""
    import torch

    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return name if there.get(name, True) else "cpu"
