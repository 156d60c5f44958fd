"""How well do many trees answer together that each saw other rows and other columns?

References:
    Breiman 1996, "Bagging predictors" (bagging: rows drawn with replacement, all columns).
    Breiman 2001, "Random forests" (random: and a few columns at each split).
    Geurts, Ernst & Wehenkel 2006, "Extremely randomized trees" (extra: all rows, and thresholds drawn by chance).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum.contract import InputKind, OutputKind, Parts, Policy, Run, Shape, Task
from naeum.errors import InputError
from naeum.model.table.cases import (
    OUTPUTS,
    READS,
    TARGETS,
    Doubles,
    Problem,
    Scale,
    balanced,
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
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

HOW = ("random", "extra", "bagging")
WEIGHTS = ("none", "balanced")
LOT = 50  # trees that are fitted between two looks at the clock
FLOPS_PER_CELL = 100  # of a row, a column looked at, a level and a tree: sorting and splitting
MOST_LEAVES = 4_096  # of a tree: a forest of 300 then stays below 200 MB


@dataclass(frozen=True)
class Forest:
    """A forest of decision trees on numbers, categories, dates and short texts.

    Args:
        how: "random" forest, "extra" trees, or "bagging".
        trees: how many.
        least_rows: of a leaf.
        columns: share of the columns that a split may choose among; 0: the square root of their number (a third of
            it for numbers); bagging takes all.
        class_weight: "balanced" gives every class the same weight in all.
        target: a number is learned as it is ("none") or by its logarithm ("log").

    Raises:
        InputError: a setting is out of its range, or no row of fit has a target.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import table
        >>> given = table.parts(96)
        >>> found = Forest(trees=30).fit(given, TinyRun(Path())).predict(given.tune.rows)
        >>> bool((found.codes == given.tune.target).mean() > 0.7)
        True
    """

    how: str = setting("random", Choice(HOW))
    trees: int = setting(300, Whole(50, 1000, log=True))
    least_rows: int = setting(2, Whole(1, 50, log=True))
    columns: float = setting(0.0, Real(0.0, 1.0))
    class_weight: str = setting("none", Choice(WEIGHTS))
    target: str = setting("none", Choice(TARGETS))

    kind: ClassVar[str] = "forest"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = OUTPUTS
    reads: ClassVar[frozenset[InputKind]] = READS

    def __post_init__(self) -> None:
        for name, known in (("how", HOW), ("class_weight", WEIGHTS), ("target", TARGETS)):
            one_of(name, getattr(self, name), known)
        if self.trees < 1 or self.least_rows < 1 or not 0 <= self.columns <= 1:
            raise InputError(
                f"trees and least_rows must be 1 or more and columns in [0, 1]; got {self.trees}, {self.least_rows} "
                f"and {self.columns:g}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Whether the rows are a table."""
        return claimed(task)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine, of a table of twenty columns in the dense form of forty."""
        looked = 40 if self.how == "bagging" else 40 * (self.columns or 0.2)
        return nominal(FLOPS_PER_CELL * looked * rows * np.log2(max(rows, 2)) * self.trees)

    def fit(self, parts: Parts, run: Run) -> FittedTrees:
        """Grow the trees, a lot at a time, as long as there is time."""
        data = rows_to_learn(parts.fit, self.kind)
        weights = np.asarray(data.weight, np.float64)
        scale = Scale()
        if data.task.output == "number":
            scale = Scale.of(numbers(data), weights, self.target)
        encoder, matrix = fitted(data.rows, data.task, targets_of(data, scale), weights, plain=False)
        start, grown, asked = nothing(data.task), [], problems(data, scale)
        for at, problem in enumerate(asked):
            several = data.task.output == "labels"
            column = at if several else None
            if len(problem.classes) == 1:
                start[problem.classes[0] if column is None else column] = float(column is None or problem.classes[0])
                continue
            chosen = balanced(problem) if self.class_weight == "balanced" else problem
            grown += _grown(self, chosen, matrix, run, (column, len(start)))
            run.report(at + 1, len(asked), note=f"{len(grown)} trees")
        trees = joined(grown) if grown else none_of(1)
        complete = len(grown) >= self.trees * sum(len(one.classes) != 1 for one in asked)
        return FittedTrees(data.task, encoder, _shared(trees), start, scale, "shares", {}, complete)


def _shared(trees: Trees) -> Trees:
    """Trees whose weights are such that the answers of each column are means."""
    if not len(trees):
        return replace(trees, weights=np.ones(0))
    counts: Mapping[int, int] = dict(zip(*np.unique(trees.column, return_counts=True), strict=True))
    return replace(trees, weights=np.array([1.0 / counts[int(one)] for one in trees.column]))


def _grown(learner: Forest, problem: Problem, matrix: Doubles, run: Run, place: tuple[int | None, int]) -> list[Trees]:
    model = _model(learner, problem, run)
    given = (np.asarray(matrix[problem.rows], np.float32), problem.values, problem.weights)
    done = 0
    while done < learner.trees:
        begun, done = run.seconds_left(), min(learner.trees, done + LOT)
        model.set_params(n_estimators=done)
        model.fit(given[0], given[1], sample_weight=given[2])
        if run.seconds_left() < 2 * (begun - run.seconds_left()):
            break
    column, width = place
    return [of_sklearn(one.tree_, _values(one.tree_, problem, column, width), column or 0) for one in model.estimators_]


def _values(tree: Any, problem: Problem, column: int | None, width: int) -> Doubles:
    """(nodes, columns) the shares of the classes, the share of rows with a label, or the mean of the numbers."""
    found = np.asarray(tree.value, np.float64)[:, 0]  # (nodes, classes) or (nodes, 1)
    if not len(problem.classes):
        return found
    shares = found / np.maximum(found.sum(axis=1, keepdims=True), 1e-300)
    if column is not None:
        return np.asarray(shares[:, 1:], np.float64)
    wide = np.zeros((len(shares), width))
    wide[:, problem.classes] = shares
    return wide


def _model(learner: Forest, problem: Problem, run: Run) -> Any:
    from sklearn import ensemble

    sort = "Classifier" if len(problem.classes) else "Regressor"
    make = getattr(ensemble, f"{'ExtraTrees' if learner.how == 'extra' else 'RandomForest'}{sort}")
    few: Any = learner.columns or ("sqrt" if len(problem.classes) else 1 / 3)
    return make(
        n_estimators=learner.trees, min_samples_leaf=learner.least_rows, max_leaf_nodes=_most_leaves(len(problem.rows)),
        max_features=None if learner.how == "bagging" else few, random_state=run.seed, n_jobs=run.policy.threads,
        warm_start=True,
    )  # fmt: skip


def _most_leaves(rows: int) -> int | None:
    """A bound for large tables; none where trees cannot reach it."""
    return MOST_LEAVES if rows > MOST_LEAVES else None
