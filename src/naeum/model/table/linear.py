"""How well does a sum of weighted columns answer? Linear, logistic and softmax regression on a table.

Losses: squares (ridge regression), Huber's loss for numbers with wild targets, cross-entropy over classes (softmax
regression; logistic regression with two), binary cross-entropy for each of several labels.

References:
    Hoerl & Kennard 1970, "Ridge regression".
    Huber 1964, "Robust estimation of a location parameter" (solved by weighting rows anew, Holland & Welsch 1977).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import InputKind, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.table.cases import (
    NEVER,
    OUTPUTS,
    READS,
    TARGETS,
    Doubles,
    Problem,
    Scale,
    balanced,
    claimed,
    loss_of,
    problems,
    rows_to_learn,
    targets_of,
)
from naeum.model.table.encoder import Encoder, fitted
from naeum.model.table.products import crossed, summed
from naeum.model.text.aims import answered, columns, numbers
from naeum.train.cost import nominal
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, setting

if TYPE_CHECKING:
    import pyarrow as pa

LOSSES = ("squared", "huber")
WEIGHTS = ("none", "balanced")
GRID = (0.01, 0.1, 1.0, 10.0, 100.0)  # of c, where it is decided on tune
UNDECIDED = 1.0  # c where it is to be decided and there is no tune row
REACH = 1.345  # standard deviations of the errors up to which Huber's loss squares: 95 % as good on normal errors
MEDIAN_TO_DEVIATION = 1.4826  # of the median distance of normal errors
REWEIGHTINGS = 30
SETTLED = 1e-6  # change of the weights, relative, at which Huber's loss is solved
STEPS = 500  # of L-BFGS


@dataclass(frozen=True)
class TableLinear:
    """A linear model on the dense form of a table.

    Args:
        c: how freely the weights follow the rows (the inverse of the L2 penalty on columns in standard deviations);
            0 = decided on tune.
        loss: of a number: "squared", or "huber", which wild targets pull less.
        degree: 2 adds the products of every two columns, and squares.
        class_weight: "balanced" gives every class the same weight in all.
        target: a number is learned as it is ("none") or by its logarithm ("log").

    Raises:
        InputError: a setting is out of its range, or no row of fit has a target.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import table
        >>> given = table.parts(96)
        >>> found = TableLinear().fit(given, TinyRun(Path())).predict(given.tune.rows)
        >>> bool((found.codes == given.tune.target).mean() > 0.7)
        True
    """

    c: float = setting(0.0, Real(1e-3, 1e3, log=True))
    loss: str = setting("squared", Choice(LOSSES))
    degree: int = setting(1, Choice((1, 2)))
    class_weight: str = setting("none", Choice(WEIGHTS))
    target: str = setting("none", Choice(TARGETS))

    kind: ClassVar[str] = "table_linear"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = OUTPUTS
    reads: ClassVar[frozenset[InputKind]] = READS

    def __post_init__(self) -> None:
        for name, known in (("loss", LOSSES), ("class_weight", WEIGHTS), ("target", TARGETS)):
            one_of(name, getattr(self, name), known)
        if not self.c >= 0 or self.degree not in (1, 2):
            raise InputError(
                f"c must be 0 (decided on tune) or more and degree 1 or 2; got {self.c} and {self.degree}; leave them "
                f"out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Whether the rows are a table."""
        return claimed(task)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine, of a table of forty columns in the dense form."""
        width = 40 if self.degree == 1 else 40 + 40 * 41 / 2
        return nominal(rows * width * (width + 200) * (1 if self.c else len(GRID)))

    def fit(self, parts: Parts, run: Run) -> FittedTableLinear:
        """Solve for the weights, for each c that is tried."""
        data = rows_to_learn(parts.fit, self.kind)
        weights = np.asarray(data.weight, np.float64)
        scale = Scale.of(numbers(data), weights, self.target) if data.task.output == "number" else Scale()
        encoder, matrix = fitted(data.rows, data.task, targets_of(data, scale), weights, plain=False)
        asked = problems(data, scale)
        if self.class_weight == "balanced":
            asked = [balanced(one) for one in asked]
        ready, center, spread = _prepared(matrix, weights, self.degree, encoder.crossable)

        def solved(c: float) -> FittedTableLinear:
            found = _solved(self, data.task, ready, asked, c)
            return FittedTableLinear(data.task, encoder, (found[0], found[1], center, spread), scale, self.degree, c)

        if self.c or not (parts.tune.target >= 0).any():
            return solved(self.c or UNDECIDED)
        loss, tried = loss_of(parts.tune), []
        for at, c in enumerate(GRID):
            model = solved(c)
            tried.append((loss(model.predict(parts.tune.rows)), c, model))
            run.report(at + 1, len(GRID), -tried[-1][0], f"c = {c:g}")
        return min(tried, key=lambda one: one[:2])[2]


@dataclass(frozen=True, eq=False)
class FittedTableLinear:
    """An encoder and the weight of each of its columns for each column of the answer.

    Args:
        weights: (width, columns), their (columns,) biases, and (width,) what is taken from each column and what it is
            divided by.
    """

    task: Task
    encoder: Encoder
    weights: tuple[Doubles, Doubles, Doubles, Doubles]
    scale: Scale
    degree: int
    c: float  # that was used

    kind: ClassVar[str] = "fitted_table_linear"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or numbers."""
        found = summed(self.encoder.matrix(rows), self.weights, self.degree, self.encoder.crossable)
        return answered(self.task, np.asarray(self.scale.undo(found), np.float32))

    def state(self) -> State:
        """Settings, and the arrays of encoder and weights."""
        settings = {
            "encoder": self.encoder.settings(), "scale": asdict(self.scale), "degree": self.degree, "c": self.c,
        }  # fmt: skip
        names = ("weights", "biases", "center", "spread")
        return State(settings, {**self.encoder.stored(), **dict(zip(names, self.weights, strict=True))})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedTableLinear:
        """Read back."""
        given, arrays = state.settings, state.arrays
        weights = (arrays["weights"], arrays["biases"], arrays["center"], arrays["spread"])
        encoder = Encoder.restored(task, given["encoder"], arrays)
        return cls(task, encoder, weights, Scale(**given["scale"]), int(given["degree"]), float(given["c"]))

    def decided(self, learner: Any) -> Any:
        """The learner with the c that was used."""
        return replace(learner, c=self.c)


def _prepared(matrix: Doubles, weights: Doubles, degree: int, which: Sequence[int]) -> tuple[Doubles, Doubles, Doubles]:
    """The matrix with its columns in standard deviations, and what they were."""
    found = crossed(matrix, degree, which)
    center = weights @ found / weights.sum()
    spread = np.sqrt(weights @ (found - center) ** 2 / weights.sum())
    spread = np.where(spread > 1e-9, spread, 1.0)
    return (found - center) / spread, center, spread


def _solved(
    learner: TableLinear, task: Task, matrix: Doubles, asked: list[Problem], c: float
) -> tuple[Doubles, Doubles]:
    """(width, columns) weights and (columns,) biases."""
    width = columns(task)
    weights, biases = np.zeros((matrix.shape[1], width)), np.zeros(width)
    for at, problem in enumerate(asked):
        if not len(problem.classes):
            solve = _huber if learner.loss == "huber" else _ridge
            weights[:, 0], biases[0] = solve(matrix, problem.values, problem.weights, c)
        elif task.output == "labels":
            if len(problem.classes) == 1:
                biases[at] = -NEVER if problem.classes[0] else NEVER
            else:
                found, bias = _logistic(matrix[problem.rows], problem, c)
                weights[:, at], biases[at] = found[0], bias[0]
        else:
            biases[:] = NEVER
            biases[problem.classes] = 0.0
            if len(problem.classes) > 1:
                found, bias = _logistic(matrix[problem.rows], problem, c)
                here = problem.classes[1:] if len(problem.classes) == 2 else problem.classes
                weights[:, here], biases[here] = found.T, bias
    return weights, biases


def _logistic(matrix: Doubles, problem: Problem, c: float) -> tuple[Doubles, Doubles]:
    """(classes or 1, width) and (classes or 1,)."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=c, max_iter=STEPS, tol=1e-5)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the weights after so many steps are as good
        model.fit(matrix, problem.values, sample_weight=problem.weights)
    return np.asarray(model.coef_, np.float64), np.asarray(model.intercept_, np.float64)


def _ridge(matrix: Doubles, values: Doubles, weights: Doubles, c: float) -> tuple[Doubles, float]:
    """Weights and bias that minimise Σ w (y - xv - b)² + |v|² / c, of columns in any place."""
    total = weights.sum()
    center, middle = weights @ matrix / total, weights @ values / total
    apart, away = matrix - center, values - middle
    gram = (apart * weights[:, None]).T @ apart
    gram[np.diag_indices_from(gram)] += 1 / c
    found = np.linalg.solve(gram, apart.T @ (weights * away))
    return found, float(middle - center @ found)


def _huber(matrix: Doubles, values: Doubles, weights: Doubles, c: float) -> tuple[Doubles, float]:
    """The same with Huber's loss: rows far off count by how far, not by the square of it."""
    found, bias = _ridge(matrix, values, weights, c)
    for _ in range(REWEIGHTINGS):
        away = np.abs(values - matrix @ found - bias)
        reach = REACH * max(MEDIAN_TO_DEVIATION * float(np.median(away)), 1e-9)
        before = found
        found, bias = _ridge(matrix, values, weights * np.minimum(1, reach / np.maximum(away, 1e-12)), c)
        if np.abs(found - before).max() <= SETTLED * max(1.0, float(np.abs(found).max())):
            break
    return found, bias
