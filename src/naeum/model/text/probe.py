"""What does a linear head on a frozen encoder say?

The encoder is never trained: its vectors are computed once, stored by content, and a hundred heads are fitted on them
for the price of one pass (Alain & Bengio 2016 call such a head a probe). Layers below the last often hold what the
last has thrown away, so a few are put side by side. Vectors are standardised; the head is multinomial logistic
regression, whose penalty is chosen on tune where it is not given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine import bases
from naeum.engine.features import features
from naeum.engine.logistic import Linear, Problem, problem, solve
from naeum.errors import InputError
from naeum.model.text.examples import labelled, texts, to_learn
from naeum.train import cost
from naeum.values import Choice, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

ON_TUNE = 0.0  # of c: choose it on tune
PATH = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)  # of c, each fit starting from the one beside it
WITHOUT_TUNE = 0.01  # the middle: right within a few tenths of a percent on intents and on sentiment
LEAST_SPREAD = 1e-6  # a coordinate that never varies is not blown up
DIRECT_ROWS = 512  # so few rows are always computed anew, so that speed is measured as it is served, not as it is read
READING = ("layer", "layers", "pooling", "max_length", "class_weight")  # settings that are stored by name
FLOPS_PER_WEIGHT = 2.0  # of a forward pass


@dataclass(frozen=True)
class Probe:
    """Frozen encoder features and a linear head.

    Args:
        base: name or path of the base model; see docs/bases.md.
        layer: the highest layer that is read, from the last (-1) down.
        layers: how many are put side by side, spread evenly from `layer` down to the first.
        pooling: "mean" over the tokens, or "cls": the first one.
        max_length: tokens of a text that are read.
        c: inverse strength of the penalty, as in scikit-learn; 0: the best of a short path on tune.
        class_weight: "balanced" weighs classes by the inverse of their frequency.
    """

    kind: ClassVar[str] = "probe"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})

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
        self._check(parts.fit.task)
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
        targets = fit.target if fit.soft is None else _shares(fit)
        given = problem(vectors, targets, self._weights(fit), len(fit.task.classes))
        if self.c or not len(tune):
            c = self.c or WITHOUT_TUNE
            head = solve(given, c)
        else:
            judged = (reader.vectors(tune.rows, told) - center) / spread
            c, head = _search(given, judged, tune)
        weights = head.weights / spread[:, None]
        return replace(reader, head=Linear(weights, head.bias - center @ weights), c=c)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        base = bases.find(self.base, policy)
        weights = 12 * base.layers * base.width**2  # four square maps and two of four times the width in each layer
        return cost.nominal(FLOPS_PER_WEIGHT * weights * min(mean_tokens * 1.3, self.max_length) * rows)

    def _check(self, task: Task) -> None:
        if task.output != "label":
            raise InputError(f"a probe answers tasks with one label a row; got {task.output}; choose another learner")
        if self.class_weight not in ("none", "balanced"):
            raise InputError(f"class_weight must be none or balanced; got {self.class_weight!r}")
        if self.c < 0 or self.layers < 1 or self.layer >= 0:
            raise InputError(
                "a probe must have c >= 0, layers >= 1 and layer < 0 (from the last); "
                f"got c={self.c}, layers={self.layers}, layer={self.layer}"
            )

    def _weights(self, fit: Dataset) -> Floats:
        """(rows,) the rows' own weights, times their class's where that is asked for; their mean is one."""
        if self.class_weight == "none":
            return fit.weight
        shares = np.eye(len(fit.task.classes), dtype=np.float32)[fit.target] if fit.soft is None else _shares(fit)
        counts = fit.weight @ shares  # (classes,)
        weights = fit.weight * (shares @ (1 / np.maximum(counts, 1e-9)))
        return np.asarray(weights / weights.mean(), np.float32)


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
        """Logits of each row, in order."""
        return Outputs(self.task, self.head.logits(self.vectors(rows)))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, layers * width) what the head reads."""
        return self.vectors(rows)

    def vectors(self, rows: pa.Table, report: Any = None) -> Floats:
        """(rows, layers * width) of the rows' texts, from the cache where there is one and they are many or `report` is
        told, as in a fit."""
        few = report is None and len(rows) <= DIRECT_ROWS
        return features(
            self.base,
            texts(rows, self.task),
            policy=self.policy,
            cache=None if few else self.cache,
            layers=self._numbers,
            pooling=self.learner.pooling,
            max_length=self.learner.max_length,
            report=report,
        )

    def decided(self, learner: Probe) -> Probe:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c)

    def state(self) -> State:
        """The head, and which base model it stands on."""
        settings = {
            "base": self.base.name,
            "digest": self.base.digest,
            "folder": str(self.base.folder),
            "c": self.c,
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
        learner = Probe(base.name, c=given["c"], **{name: given[name] for name in READING})
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


def _search(given: Problem, judged: Floats, tune: Dataset) -> tuple[float, Linear]:
    """(c, head) with the least loss on tune: from the middle of the path towards where it falls, until it rises."""
    tried: dict[int, tuple[float, Linear]] = {}

    def at(place: int, near: Linear | None) -> tuple[float, Linear]:
        head = solve(given, PATH[place], near)
        tried[place] = (_loss(head.logits(judged), tune), head)
        return tried[place]

    place = PATH.index(WITHOUT_TUNE)
    loss, head = at(place, None)
    higher, _ = at(place + 1, head)
    step = 1 if higher < loss else -1
    best = min(loss, higher)
    place = place + 1 if step == 1 else place
    while 0 <= place + step < len(PATH):
        loss, _ = at(place + step, tried[place][1])
        if loss >= best:
            break
        best, place = loss, place + step
    return PATH[place], tried[place][1]


def _loss(logits: Floats, data: Dataset) -> float:
    """Weighted mean log loss."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    told = logs[np.arange(len(logs)), data.target] if data.soft is None else (_shares(data) * logs).sum(axis=1)
    return -float(np.average(told, weights=data.weight))


def _shares(data: Dataset) -> Floats:
    """(rows, classes) soft targets; a row that has none but has a label gets all of it there."""
    shares = np.zeros((len(data), len(data.task.classes)), np.float32) if data.soft is None else data.soft.copy()
    bare = np.flatnonzero((shares.sum(axis=1) <= 0) & (data.target >= 0))
    shares[bare, data.target[bare]] = 1.0
    return np.asarray(shares, np.float32)


def _device(name: str) -> str:
    """The device a probe was fitted on, or the CPU where there is none of that kind."""
    import torch

    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    return name if there.get(name, True) else "cpu"
