"""What does a row say when its class is that of the nearest mean? The learner for a handful of rows a class.

A class is known by the mean of its rows' vectors (Snell, Swersky & Zemel 2017, "Prototypical networks"). Distances are
measured along the spread of rows around their own means, and few rows do not tell that spread: it is drawn towards a
round one, and how far is decided by leaving each row out once (Friedman 1989, "Regularized discriminant analysis"). So
the answer is linear in the vectors, and no tune row is needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints, OutputKind, Parts, Policy, Run, Shape
from naeum.engine import bases
from naeum.engine.logistic import Linear
from naeum.errors import InputError
from naeum.extras import need
from naeum.model.text.examples import to_learn
from naeum.model.text.probe import FittedProbe, Probe
from naeum.values import Choice, Real, Whole, setting

BY_LEAVING_OUT = -1.0  # of the shrinkage: decide it
GRID = (0.03, 0.1, 0.2, 0.4, 0.7, 1.0)  # of the shrinkage
HEATS = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0)  # of temperatures: distances in many dimensions are too sure of themselves
NEVER = -1e4  # of a class without a row: no distance reaches it
LEAST = 1e-9

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Prototypes:
    """Frozen encoder features and the mean of each class.

    Args:
        base: name or path of the base model; see docs/bases.md.
        layer, layers, pooling, max_length: as of `Probe`.
        shrinkage: share of the round spread in that of the rows, in [0, 1]; -1: the one with the least log loss on rows
            left out one by one.

    Raises:
        InputError: the shrinkage is out of its range, or no row of fit has a label.
    """

    kind: ClassVar[str] = "prototypes"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"label"})

    base: str
    layer: int = setting(-1, Choice((-1, -2, -3, -4)))
    layers: int = setting(1, Whole(1, 4))
    pooling: str = setting("mean", Choice(("mean", "cls")))
    max_length: int = setting(128, Choice((64, 128, 256, 512)))
    shrinkage: float = setting(BY_LEAVING_OUT, Real(0.03, 1.0, log=True))

    def __post_init__(self) -> None:
        if self.shrinkage != BY_LEAVING_OUT and not 0 <= self.shrinkage <= 1:
            raise InputError(
                f"shrinkage must be in [0, 1], or -1 to have it decided; got {self.shrinkage}; 0.2 is a good start"
            )

    def fit(self, parts: Parts, run: Run) -> FittedProbe:
        """Read the rows, take the means, decide how round the spread is.

        Raises:
            InputError: there is no labelled row.
            BaseModelError: the base model is not there or cannot be used.
        """
        fit, base = to_learn(parts.fit, self.kind), bases.find(self.base, run.policy)
        reading = Probe(self.base, self.layer, self.layers, self.pooling, self.max_length)
        empty = Linear(np.empty((0, 0), np.float32), np.empty(0, np.float32))
        reader = FittedProbe(fit.task, base, reading, empty, 0.0, run.policy, run.cache)
        vectors = reader.vectors(fit.rows, lambda step, steps: run.report(step, steps, None, f"read by {base.name}"))
        target = fit.target if fit.soft is None else fit.soft.argmax(axis=1)
        head = nearest(vectors, target, fit.weight, len(fit.task.classes), self.shrinkage)
        return FittedProbe(fit.task, base, reading, head, 0.0, run.policy, run.cache)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: those of one pass of the encoder."""
        return Probe(self.base, max_length=self.max_length).nominal(rows, mean_tokens, policy)


def nearest(vectors: Floats, target: Ints, weights: Floats, classes: int, shrinkage: float = BY_LEAVING_OUT) -> Linear:
    """The linear map to minus half the squared distance from each mean, at its best temperature.

    Args:
        vectors: (rows, width).
        target: (rows,) codes.
        weights: (rows,).
        classes: how many there are.
        shrinkage: share of the round spread; -1: decided by leaving rows out.

    Example:
        >>> found = nearest(np.eye(3, dtype=np.float32), np.array([0, 1, 1]), np.ones(3, np.float32), 2)
        >>> found.logits(np.eye(3, dtype=np.float32)).argmax(axis=1).tolist()
        [0, 1, 1]
    """
    linalg = need("scipy.linalg", "prototypes")
    members = np.zeros((len(target), classes))
    members[np.arange(len(target)), target] = weights
    mass = members.sum(axis=0)  # (classes,)
    means = members.T @ vectors / np.maximum(mass, LEAST)[:, None]
    away = vectors - means[target]
    share = weights / max(float(weights.sum()), LEAST)
    values, turned = linalg.eigh((away * share[:, None]).T @ away)
    seen = np.asarray(vectors @ turned), means @ turned
    whole = float(np.average((vectors - share @ vectors) ** 2, axis=0, weights=weights if share.any() else None).mean())
    mean_value = max(float(values.clip(0).mean()), LEAST * whole, LEAST**2)
    tried = []
    for one in GRID if shrinkage == BY_LEAVING_OUT else (shrinkage,):
        spread = (1 - one) * values.clip(0) + one * mean_value + LEAST * mean_value  # (width,)
        heat, loss = _left_out(seen, (target, weights), mass, spread)
        tried.append((loss, one, heat, spread))
    _, _, heat, spread = min(tried, key=lambda each: each[:2])
    scaled = (means @ turned) / spread / heat  # (classes, width)
    bias = np.where(mass > 0, -0.5 * (scaled * (means @ turned)).sum(axis=1), NEVER)
    return Linear(np.asarray(turned @ scaled.T, np.float32), np.asarray(bias, np.float32))


def _left_out(
    seen: tuple[Doubles, Doubles], rows: tuple[Ints, Floats], mass: Doubles, spread: Doubles
) -> tuple[float, float]:
    """(temperature, log loss) of answers in which the mean of a row's own class is taken without it."""
    (vectors, means), (target, weights) = seen, rows
    roots = np.sqrt(spread)
    x, m = vectors / roots, means / roots
    distances = (x**2).sum(axis=1)[:, None] - 2 * x @ m.T + (m**2).sum(axis=1)  # (rows, classes)
    distances[:, mass <= 0] = np.inf
    at = np.arange(len(target))
    others = mass[target] - weights
    # Without itself a row lies farther from its mean: by mass / (mass - its weight).
    grown = mass[target] / np.where(others > 0, others, 1.0)
    judged = (others > 0) & (weights > 0)
    distances[at, target] *= np.where(judged, grown, 1.0) ** 2
    if not judged.any():
        return float(len(spread)) ** 0.5, 0.0
    best = (1.0, np.inf)
    for heat in HEATS:
        logits = -0.5 * (distances[judged] - distances[judged].min(axis=1, keepdims=True)) / heat
        told = logits[np.arange(len(logits)), target[judged]] - np.log(np.exp(logits).sum(axis=1))
        loss = -float(np.average(told, weights=weights[judged]))
        best = min(best, (heat, loss), key=lambda each: each[1])
    return best
