"""How well do small trees answer together that each look harder at the rows the ones before got wrong?

References:
    Freund & Schapire 1997, "A decision-theoretic generalization of on-line learning and an application to boosting".
    Zhu, Zou, Rosset & Hastie 2009, "Multi-class AdaBoost" (SAMME: votes of -1 / (classes - 1) against the others).
    Drucker 1997, "Improving regressors using boosting techniques" (numbers: the weighted median of the trees).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import sets
from naeum.contract import InputKind, OutputKind, Parts, Policy, Run, Shape, Task
from naeum.errors import InputError
from naeum.model.table.cases import (
    NEVER,
    READS,
    Doubles,
    Problem,
    Scale,
    claimed,
    problems,
    rows_to_learn,
    targets_of,
)
from naeum.model.table.encoder import fitted
from naeum.model.table.fitted import FittedTrees, nothing
from naeum.model.table.trees import Trees, joined, none_of, of_sklearn
from naeum.model.text.aims import numbers
from naeum.train.cost import nominal
from naeum.values import Real, Whole, setting

FLOPS_PER_CELL = 100


@dataclass(frozen=True)
class AdaBoost:
    """Boosting by the weights of the rows.

    Args:
        trees: at most.
        depth: of a tree.
        learning_rate: how much of its vote a tree gets.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a target.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import table
        >>> given = table.parts(96)
        >>> found = AdaBoost(trees=30).fit(given, TinyRun(Path())).predict(given.tune.rows)
        >>> bool((found.codes == given.tune.target).mean() > 0.7)
        True
    """

    trees: int = setting(100, Whole(20, 500, log=True))
    depth: int = setting(3, Whole(1, 8))
    learning_rate: float = setting(0.5, Real(0.02, 2.0, log=True))

    kind: ClassVar[str] = "adaboost"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"label", "number"})
    reads: ClassVar[frozenset[InputKind]] = READS

    def __post_init__(self) -> None:
        if self.trees < 1 or self.depth < 1 or not self.learning_rate > 0:
            raise InputError(
                f"trees and depth must be 1 or more and learning_rate above 0; got {self.trees}, {self.depth} and "
                f"{self.learning_rate:g}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Whether the rows are a table with a class or a number each."""
        return claimed(task) and task.output in self.outputs

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine, of a table of forty columns in the dense form."""
        return nominal(FLOPS_PER_CELL * 40 * rows * self.depth * self.trees)

    def fit(self, parts: Parts, run: Run) -> FittedTrees:
        """Fit the trees one after the other."""
        data = rows_to_learn(parts.fit, self.kind)
        weights = np.asarray(data.weight, np.float64)
        scale = Scale.of(numbers(data), weights, "none") if data.task.output == "number" else Scale()
        encoder, matrix = fitted(data.rows, data.task, targets_of(data, scale), weights, plain=False)
        problem, start = problems(data, scale)[0], nothing(data.task)
        rule = "sum" if len(problem.classes) else "median"
        if len(problem.classes) == 1:
            start[:] = NEVER
            start[problem.classes] = 0.0
            return FittedTrees(data.task, encoder, none_of(1), start, scale, rule)
        model = _model(self, problem, run.seed)
        model.fit(np.asarray(matrix[problem.rows], np.float32), problem.values, sample_weight=problem.weights)
        if len(problem.classes):
            absent = sets.rest(len(start), problem.classes)
            start[absent] = NEVER
        grown = [
            _voting(one.tree_, problem, weight, len(start))
            for one, weight in zip(model.estimators_, model.estimator_weights_, strict=False)
        ]
        trees = joined(grown)
        total = trees.weights.sum() if len(problem.classes) else 1.0
        trees = replace(trees, weights=trees.weights / total)
        return FittedTrees(data.task, encoder, trees, start, scale, rule)


def _voting(tree: Any, problem: Problem, weight: float, width: int) -> Trees:
    """A tree whose leaves vote for their most frequent class, or say their number."""
    found = np.asarray(tree.value, np.float64)[:, 0]
    if not len(problem.classes):
        return of_sklearn(tree, found, weight=float(weight))
    classes = len(problem.classes)
    against = -1.0 / (classes - 1)
    votes = np.full(found.shape, against)
    votes[np.arange(len(found)), found.argmax(axis=1)] = 1.0
    wide: Doubles = np.zeros((len(found), width))
    wide[:, problem.classes] = votes / (classes - 1)
    return of_sklearn(tree, wide, weight=float(weight))


def _model(learner: AdaBoost, problem: Problem, seed: int) -> Any:
    from sklearn.ensemble import AdaBoostClassifier, AdaBoostRegressor
    from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

    make, tree = (
        (AdaBoostClassifier, DecisionTreeClassifier)
        if len(problem.classes)
        else (AdaBoostRegressor, DecisionTreeRegressor)
    )
    return make(
        tree(max_depth=learner.depth), n_estimators=learner.trees, learning_rate=learner.learning_rate,
        random_state=seed,
    )  # fmt: skip
