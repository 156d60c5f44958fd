"""How well do trees answer that each mend what the ones before got wrong? Usually best on tables of some size.

Trees are grown on histograms, know gaps and categories, and are added in small steps until held-out rows gain nothing.

References:
    Friedman 2001, "Greedy function approximation: a gradient boosting machine".
    Ke et al. 2017, "LightGBM" (histograms, leaf by leaf; scikit-learn's HistGradientBoosting, which fits here).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from naeum.contract import InputKind, OutputKind, Parts, Policy, Run, Shape, Task
from naeum.errors import InputError
from naeum.model.table.cases import (
    NEVER,
    OUTPUTS,
    READS,
    TARGETS,
    Doubles,
    Problem,
    Scale,
    claimed,
    loss_of,
    problems,
    rows_to_learn,
    targets_of,
)
from naeum.model.table.encoder import Encoder, fitted
from naeum.model.table.fitted import FittedTrees, nothing, outputs_of
from naeum.model.table.trees import Trees, joined, none_of, of_boosting
from naeum.model.text.aims import numbers
from naeum.train.cost import nominal
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

# Rows from which threads share a tree. Below, they wait for each other: on two cores that others use as well, 100
# rounds on 700 rows took 23 s with two threads and 0.3 s with one, on 20,000 rows 2.3 s and 0.6 s.
SHARED_ROWS = 50_000
ROUND = 25  # trees that are added between two looks at tune and at the clock
PATIENCE = 3  # rounds without a gain after which no more are added
FLOPS_PER_CELL = 60  # of a row, a column and a tree: gradients, histograms, splits


@dataclass(frozen=True)
class Boosting:
    """Gradient boosting of trees on numbers, categories, dates and short texts.

    Args:
        rounds: the most trees of each column of the answer.
        learning_rate: how much of its mending a tree adds.
        leaves: of a tree at most.
        least_rows: of a leaf.
        l2: penalty on what leaves say.
        features: share of the columns that a split may choose among.
        target: a number is learned as it is ("none") or by its logarithm ("log").
        patience: rounds of 25 trees without a gain on tune after which no more are added; 0: all are.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a target.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import table
        >>> given = table.parts(96)
        >>> found = Boosting(rounds=50, least_rows=5).fit(given, TinyRun(Path())).predict(given.tune.rows)
        >>> bool((found.codes == given.tune.target).mean() > 0.7)
        True
    """

    rounds: int = setting(500, Whole(50, 3000, log=True))
    learning_rate: float = setting(0.06, Real(0.01, 0.3, log=True))
    leaves: int = setting(31, Whole(4, 255, log=True))
    least_rows: int = setting(20, Whole(1, 200, log=True))
    l2: float = setting(1.0, Real(1e-3, 100.0, log=True))
    features: float = setting(0.8, Real(0.2, 1.0))
    target: str = setting("none", Choice(TARGETS))
    patience: int = PATIENCE

    kind: ClassVar[str] = "boosting"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = OUTPUTS
    reads: ClassVar[frozenset[InputKind]] = READS

    def __post_init__(self) -> None:
        one_of("target", self.target, TARGETS)
        low = (self.rounds, self.leaves - 1, self.least_rows)
        if min(low) < 1 or not (0 < self.learning_rate <= 1 and 0 < self.features <= 1 and self.l2 >= 0):
            raise InputError(
                f"rounds and least_rows must be 1 or more, leaves 2 or more, learning_rate and features in (0, 1] and "
                f"l2 0 or more; got {self.rounds}, {self.least_rows}, {self.leaves}, {self.learning_rate:g}, "
                f"{self.features:g} and {self.l2:g}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Whether the rows are a table."""
        return claimed(task)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine, of a table of twenty columns."""
        return nominal(FLOPS_PER_CELL * 20 * rows * self.rounds / 2)

    def fit(self, parts: Parts, run: Run) -> FittedTrees:
        """Add trees until tune gains nothing, or all are there, or the time is over."""
        data = rows_to_learn(parts.fit, self.kind)
        weights = np.asarray(data.weight, np.float64)
        scale = Scale()
        if data.task.output == "number":
            scale = Scale.of(numbers(data), weights, self.target)
        encoder, matrix = fitted(data.rows, data.task, targets_of(data, scale), weights, plain=True)
        grown = [self.grown(problem, matrix, encoder, run) for problem in problems(data, scale)]
        return _grow(self, parts, run, (encoder, scale), grown)

    def grown(self, problem: Problem, matrix: Doubles, encoder: Encoder, run: Run) -> Grown:
        """A model that scikit-learn grows."""
        return Grown(self, problem, matrix, encoder, run)


class Grown:
    """One model that grows; `more(trees)` adds trees and gives them."""

    def __init__(self, learner: Boosting, problem: Problem, matrix: Doubles, encoder: Encoder, run: Run) -> None:
        self.problem, self.run, self.done = problem, run, 0
        self.model = _model(learner, problem, encoder, run.seed)
        self.order = np.array(sorted(range(matrix.shape[1]), key=lambda at: (at not in encoder.codes, at)))
        self.given = (matrix[problem.rows], problem.values, problem.weights)

    def more(self, rounds: int, at: int | None) -> list[Trees]:
        """The trees of the next rounds: one, or one a class, each time. `at`: which of several labels this is."""
        if self.model is None:
            return []
        from threadpoolctl import threadpool_limits

        self.model.set_params(max_iter=self.done + rounds)
        threads = self.run.policy.threads if len(self.given[0]) >= SHARED_ROWS else 1
        with threadpool_limits(limits=threads):
            self.model.fit(*self.given)
        added = self.model._predictors[self.done :]
        self.done += len(added)
        return [
            of_boosting(tree, column, self.order)
            for trees in added
            for tree, column in zip(trees, self.columns(at), strict=True)
        ]

    def start(self, columns: int, at: int | None) -> Doubles:
        """(columns,) what is answered before any tree, in the columns of this model."""
        found = np.zeros(columns)
        classes = self.problem.classes
        if self.model is None:  # one class alone
            found[:] = NEVER if at is None else 0.0
            found[classes[0] if at is None else at] = 0.0 if at is None else (-NEVER if classes[0] else NEVER)
            return found
        base = np.ravel(self.model._baseline_prediction)
        if not len(classes):
            return base
        if at is not None:
            found[at] = base[0]
            return found
        found[:] = NEVER
        found[classes] = base if len(classes) > 2 else [0.0, base[0]]
        return found

    def columns(self, at: int | None) -> list[int]:
        """The column of the answer that each tree of a round adds to."""
        if at is not None or not len(self.problem.classes):
            return [at or 0]
        return [
            int(one) for one in (self.problem.classes if len(self.problem.classes) > 2 else self.problem.classes[1:])
        ]


def _model(learner: Boosting, problem: Problem, encoder: Encoder, seed: int) -> Any:
    """scikit-learn's model, not yet fitted; none where there is one class only."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    if len(problem.classes) == 1:
        return None
    make: Callable[..., Any] = HistGradientBoostingClassifier if len(problem.classes) else HistGradientBoostingRegressor
    return make(
        learning_rate=learner.learning_rate, max_leaf_nodes=learner.leaves, min_samples_leaf=learner.least_rows,
        l2_regularization=learner.l2, max_features=learner.features, categorical_features=list(encoder.codes) or None,
        warm_start=True, early_stopping=False, random_state=seed,
    )  # fmt: skip


def _grow(learner: Boosting, parts: Parts, run: Run, made: tuple[Encoder, Scale], grown: list[Grown]) -> FittedTrees:
    """Rounds of trees, looking at tune and at the clock after each."""
    (encoder, scale), task = made, parts.fit.task
    places = [at if task.output == "labels" else None for at in range(len(grown))]
    looking = learner.patience > 0 and bool((parts.tune.target >= 0).any())
    look: _Look | None = None
    kept: list[Trees] = []
    start, done, ended = nothing(task), 0, False
    while done < learner.rounds and not ended:
        wanted, begun = min(ROUND, learner.rounds - done), run.seconds_left()
        added = [tree for one, at in zip(grown, places, strict=True) for tree in one.more(wanted, at)]
        if not done:
            start = sum((one.start(len(start), at) for one, at in zip(grown, places, strict=True)), start)
            look = _Look(parts, encoder, FittedTrees(task, encoder, none_of(1), start, scale)) if looking else None
        kept, done = kept + added, done + wanted
        if look:
            look.at(joined(added) if added else none_of(1), done)
        run.report(done, learner.rounds, None if look is None else -look.last, f"{done} rounds")
        ended = look is not None and look.waited >= learner.patience
        if run.seconds_left() < 2 * (begun - run.seconds_left()):
            break  # the next round would be the last second's
    # Lot by lot of rounds, and in each model by model: the first rounds are the first trees.
    best = look.best if look and look.best else done
    kept = kept[: best * sum(len(one.columns(at)) for one, at in zip(grown, places, strict=True) if one.model)]
    settled = {"rounds": max(1, best), "patience": 0} if look else {}
    trees = joined(kept) if kept else none_of(1)
    return FittedTrees(task, encoder, trees, start, scale, "sum", settled, ended or done >= learner.rounds)


class _Look:
    """How the sum of the trees so far does on tune, without answering the earlier ones again."""

    def __init__(self, parts: Parts, encoder: Encoder, blank: FittedTrees) -> None:
        self.matrix, self.loss, self.blank = encoder.matrix(parts.tune.rows), loss_of(parts.tune), blank
        self.sum = np.zeros((len(self.matrix), len(blank.start)))
        self.best, self.waited, self.last, self.least = 0, 0, np.inf, np.inf

    def at(self, trees: Trees, done: int) -> None:
        """Add trees, of which `done` rounds are there by now."""
        self.sum += trees.answer(self.matrix, self.sum.shape[1])
        self.last = self.loss(outputs_of(self.sum, self.blank))
        if self.last < self.least:
            self.best, self.least, self.waited = done, self.last, 0
        else:
            self.waited += 1
