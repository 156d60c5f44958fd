"""How are the weights of a logistic regression found on many sparse features?

For each class k a column of weights v and a bias b that minimise

    ½ |v|² + c Σ_i w_i [ln(1 + exp z_ik) - t_ik z_ik],   z_ik = Σ_j x_ij s_jk v_j + b_k

with targets t in [0, 1] (soft ones are nothing special), row weights w and feature scales s. Columns are independent
(one against the rest), so they are solved side by side, each with its own L-BFGS and its own step; the biases are not
regularized.

References:
    Nocedal 1980, "Updating quasi-Newton matrices with limited storage".
    Rifkin & Klautau 2004, "In defense of one-vs-all classification".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.contract import Floats

MEMORY = 6  # pairs of steps and changes that L-BFGS keeps
MOST_STEPS = 100  # far more than texts need; a bound for data that cannot be fitted
DECREASE = 1e-4  # share of the promised decrease that a step must bring (Armijo)
MOST_HALVINGS = 10  # of a step; then single precision ends the search of a column
SINGLE = 1e-7  # relative precision of single numbers
LEAST_GAIN = 1e-10  # of a step, relative to the loss: below it the slope itself is rounding
BLOCK = 1 << 22  # weights solved at once: with their history they take 2 * MEMORY * 16 MiB

Report = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Cases:
    """What is learned from: features, targets, how much each row counts."""

    features: Any  # scipy CSR, (rows, width) float32
    targets: Floats  # (rows, classes) in [0, 1]
    weights: Floats  # (rows,)


def solve(
    cases: Cases,
    c: float,
    *,
    scales: Callable[[slice], Floats] | None = None,
    tolerance: float = 1e-2,
    report: Report = lambda done, of: None,
) -> tuple[Floats, Floats]:
    """Weights of the features, scales included (width, classes), and biases (classes,).

    Args:
        scales: gives s of the classes in a slice, (width, classes); all one when absent.
        tolerance: a column is done when its gradient has shrunk to this share of what it was at the start.

    Example:
        >>> import scipy.sparse as sp
        >>> cases = Cases(sp.eye_array(2, format="csr", dtype="float32"), np.eye(2, dtype="float32"), np.ones(2))
        >>> solve(cases, 1.0)[0].round(1)
        array([[ 0.4, -0.4],
               [-0.4,  0.4]], dtype=float32)
    """
    width, classes = cases.features.shape[1], cases.targets.shape[1]
    transposed = cases.features.T.tocsr()
    squares = (transposed.multiply(transposed) @ cases.weights).astype(np.float32)  # (width,)
    weights, biases = np.zeros((width, classes), np.float32), np.zeros(classes, np.float32)
    block = max(1, BLOCK // max(width, 1))
    for start in range(0, classes, block):
        here = slice(start, min(start + block, classes))
        scale = np.ones((width, 1), np.float32) if scales is None else scales(here)
        start_bias, curvature = _starting(cases.targets[:, here], cases.weights)
        # Each weight is measured in units in which the loss bends about equally: L-BFGS then needs fewer steps.
        unit = 1 / np.sqrt(1 + c * curvature * squares[:, None] * scale**2)
        problem = Problem(
            cases, transposed, c, here, np.asarray(scale * unit, np.float32), np.asarray(unit, np.float32)
        )
        first = np.zeros((width + 1, here.stop - here.start), np.float32)
        first[-1] = start_bias
        found = minimise(problem, first, tolerance)
        weights[:, here] = found[:-1] * unit * scale
        biases[here] = found[-1]
        report(here.stop, classes)
    return weights, biases


def _starting(targets: Floats, weights: Floats) -> tuple[Floats, Floats]:
    """The biases that fit best without features, and how the loss bends there."""
    share = np.clip(np.average(targets, axis=0, weights=weights), 1e-6, 1 - 1e-6)
    return np.asarray(np.log(share / (1 - share)), np.float32), np.asarray(share * (1 - share), np.float32)


@dataclass(frozen=True, eq=False)
class Problem:
    """The columns of one block. A point u is (width + 1, columns), biases last; v = unit * u."""

    cases: Cases
    transposed: Any  # CSR of the features, transposed
    c: float
    here: slice
    mixed: Floats  # scale * unit
    unit: Floats  # (width, columns)

    @property
    def weights(self) -> Floats:
        return np.asarray(self.c * self.cases.weights, np.float32)[:, None]

    def margins(self, point: Floats) -> Floats:
        """z, (rows, columns); linear in the point."""
        found = self.cases.features @ (self.mixed * point[:-1])
        found += point[-1]
        return np.asarray(found, np.float32)

    def look(self, point: Floats, margins: Floats) -> tuple[Any, Floats]:
        """The loss (columns,) and the probabilities (rows, columns)."""
        small = np.exp(-np.abs(margins))
        losses = np.maximum(margins, 0) + np.log1p(small) - self.cases.targets[:, self.here] * margins
        probabilities = np.where(margins >= 0, 1, small) / (1 + small)
        total = (self.weights * losses).sum(axis=0, dtype=np.float64)
        return total + 0.5 * self.norm(point), np.asarray(probabilities, np.float32)

    def norm(self, point: Floats) -> Any:
        """|v|² of each column."""
        shrunk = self.unit * point[:-1]
        return _dot(shrunk, shrunk)

    def gradient(self, point: Floats, probabilities: Floats) -> Floats:
        """Of the loss, (width + 1, columns)."""
        slopes = self.weights * (probabilities - self.cases.targets[:, self.here])
        found = np.empty_like(point)
        found[:-1] = self.mixed * (self.transposed @ slopes) + self.unit**2 * point[:-1]
        found[-1] = slopes.sum(axis=0)
        return found


def minimise(problem: Problem, point: Floats, tolerance: float) -> Floats:
    """The lowest point of each column by L-BFGS, all columns at once, each with its own Newton step along its way."""
    margins = problem.margins(point)
    loss, probabilities = problem.look(point, margins)
    gradient = problem.gradient(point, probabilities)
    enough = tolerance**2 * np.maximum(_dot(gradient, gradient), 1e-12)
    pairs: list[tuple[Floats, Floats, Any]] = []
    for _ in range(MOST_STEPS):
        moving = _dot(gradient, gradient) > enough
        if not moving.any():
            break
        way = _direction(gradient, pairs)
        along = problem.margins(way)
        slope = _dot(way, gradient)
        bend = _dot(problem.weights * probabilities * (1 - probabilities), along**2) + problem.norm(way)
        step = np.where(moving, slope / np.maximum(bend, 1e-30), 0.0)
        for _ in range(MOST_HALVINGS):
            new = point - step.astype(np.float32) * way
            new_margins = margins - step.astype(np.float32) * along
            new_loss, new_probabilities = problem.look(new, new_margins)
            poor = new_loss > loss - DECREASE * step * slope + SINGLE * loss
            if not poor.any():
                break
            step = np.where(poor, step / 2, step)
        if (step * slope <= LEAST_GAIN * loss).all():
            break
        new_gradient = problem.gradient(new, new_probabilities)
        moved, turned = new - point, new_gradient - gradient
        product = _dot(moved, turned)
        inverse = np.where(product > 0, 1 / np.where(product > 0, product, 1), 0.0)  # 0: it stood still
        pairs = [*pairs, (moved, turned, inverse)][-MEMORY:]
        point, margins, loss, probabilities, gradient = new, new_margins, new_loss, new_probabilities, new_gradient
    return point


def _direction(gradient: Floats, pairs: list[tuple[Floats, Floats, Any]]) -> Floats:
    """The two loops of L-BFGS, column by column."""
    direction = gradient.copy()
    shares = []
    for moved, turned, inverse in reversed(pairs):
        share = (inverse * _dot(moved, direction)).astype(np.float32)
        shares.append(share)
        direction -= share * turned
    if pairs:
        _, turned, inverse = pairs[-1]
        bend = inverse * _dot(turned, turned)
        direction *= np.where(bend > 0, 1 / np.where(bend > 0, bend, 1), 1.0).astype(np.float32)
    for (moved, turned, inverse), share in zip(pairs, reversed(shares), strict=True):
        direction += (share - (inverse * _dot(turned, direction)).astype(np.float32)) * moved
    return direction


def _dot(one: Floats, other: Floats) -> Any:
    """(columns,) inner product of each column with its like."""
    return np.einsum("ij,ij->j", one, other).astype(np.float64)
