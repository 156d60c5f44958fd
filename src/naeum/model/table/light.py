"""How well do LightGBM's trees answer? Boosting leaf by leaf, with its own bins and sets of categories.

LightGBM (an extra) fits; what is kept are its splits as arrays, which `trees.py` walks, so that nothing of it is needed
to answer.

Reference: Ke et al. 2017, "LightGBM: a highly efficient gradient boosting decision tree".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.contract import Run
from naeum.model.table.boosting import SHARED_ROWS, Boosting, Grown
from naeum.model.table.cases import NEVER, Doubles, Problem
from naeum.model.table.encoder import Encoder
from naeum.model.table.trees import NONE, SET_BITS, Trees

SEED_BITS = 31  # its seeds are signed


@dataclass(frozen=True)
class LightBoosting(Boosting):
    """Gradient boosting as LightGBM does it; settings as of `Boosting`.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a target.
        MissingExtra: lightgbm is not installed.

    Example:
        >>> LightBoosting(leaves=15).leaves
        15
    """

    kind: ClassVar[str] = "light_boosting"

    def grown(self, problem: Problem, matrix: Doubles, encoder: Encoder, run: Run) -> Grown:
        """A model that LightGBM grows."""
        return LightlyGrown(self, problem, matrix, encoder, run)


class LightlyGrown(Grown):
    """One model of LightGBM that grows. Its first tree holds the mean, so it starts at nothing."""

    def __init__(self, learner: Boosting, problem: Problem, matrix: Doubles, encoder: Encoder, run: Run) -> None:
        light = extras.need("lightgbm", "LightBoosting")
        self.problem, self.run, self.done, self.model = problem, run, 0, None
        if len(problem.classes) == 1:
            return  # one class alone: nothing to tell apart
        settings = _settings(learner, problem, run)
        data = light.Dataset(
            matrix[problem.rows], problem.values, weight=problem.weights, params=settings,
            categorical_feature=list(encoder.codes) or "auto",
        )  # fmt: skip
        self.model = light.Booster(settings, data)

    def more(self, rounds: int, at: int | None) -> list[Trees]:
        """The trees of the next rounds; where nothing more can be split, trees that say nothing."""
        if self.model is None:
            return []
        for _ in range(rounds):
            if self.model.update():
                break
        columns = self.columns(at)
        told = self.model.dump_model(start_iteration=self.done, num_iteration=rounds)["tree_info"]
        told = told if self.model.current_iteration() > self.done else []
        self.done = self.model.current_iteration()
        found = [of_light(one["tree_structure"], columns[place % len(columns)]) for place, one in enumerate(told)]
        silent = [of_light({"leaf_value": 0.0}, column) for column in columns]
        return found + silent * (rounds - len(found) // len(columns))

    def start(self, columns: int, at: int | None) -> Doubles:
        """(columns,) nothing; of classes that no row has, that they are never the answer."""
        classes = self.problem.classes
        if self.model is None or not len(classes) or at is not None:
            return super().start(columns, at) if self.model is None else np.zeros(columns)
        found = np.full(columns, NEVER)
        found[classes] = 0.0
        return found


def of_light(structure: Any, column: int) -> Trees:
    """A tree of LightGBM, as its `dump_model` tells it; its leaves say what is added to a column of the answer."""
    nodes: list[Any] = []
    depth = 0
    waiting: list[tuple[Any, int, int | None, str]] = [(structure, 0, None, "")]
    places: dict[tuple[int, str], int] = {}
    while waiting:
        node, level, parent, side = waiting.pop()
        if parent is not None:
            places[parent, side] = len(nodes)
        depth = max(depth, level)
        for name in ("left_child", "right_child"):
            if name in node:
                waiting.append((node[name], level + 1, len(nodes), name))
        nodes.append(node)
    own = range(len(nodes))
    by_set = [node.get("decision_type") == "==" for node in nodes]
    groups = np.where(by_set, np.cumsum(by_set) - 1, NONE)
    return Trees(
        feature=np.array([node.get("split_feature", 0) for node in nodes], np.int32),
        threshold=np.array([_threshold(node) for node in nodes], np.float64),
        left=np.array([places.get((at, "left_child"), at) for at in own], np.int32),
        right=np.array([places.get((at, "right_child"), at) for at in own], np.int32),
        gaps_left=np.array([_gaps_left(node) for node in nodes], np.bool_),
        group=groups.astype(np.int32),
        values=np.array([[node.get("leaf_value", 0.0)] for node in nodes], np.float64),
        sets=np.array([_set(node) for node, is_set in zip(nodes, by_set, strict=True) if is_set], np.bool_).reshape(
            -1, SET_BITS
        ),
        roots=np.zeros(1, np.int32),
        column=np.array([column], np.int32),
        weights=np.ones(1),
        depth=depth,
    )


def _settings(learner: Boosting, problem: Problem, run: Run) -> dict[str, Any]:
    """What LightGBM calls the settings; single-threaded where rows are few, and the same trees each time."""
    several = len(problem.classes) > 2
    objective = "multiclass" if several else "binary" if len(problem.classes) else "regression"
    return {
        "objective": objective, "learning_rate": learner.learning_rate, "num_leaves": learner.leaves,
        # Its usual 100 rows a category would leave no category to split by in small tables.
        "min_data_in_leaf": learner.least_rows, "min_data_per_group": learner.least_rows,
        "lambda_l2": learner.l2, "feature_fraction": learner.features, "verbosity": -1,
        "num_threads": run.policy.threads if len(problem.rows) >= SHARED_ROWS else 1,
        "seed": run.seed % 2**SEED_BITS, "deterministic": True, "force_row_wise": True, "feature_pre_filter": False,
        **({"num_class": len(problem.classes)} if several else {}),
    }  # fmt: skip


def _threshold(node: Any) -> float:
    """The number that a node splits by; 0 of a leaf and of a set."""
    return 0.0 if node.get("decision_type", "==") == "==" else float(node["threshold"])


def _gaps_left(node: Any) -> bool:
    """Where gaps go: of a set to the right; of a number as it learned, or as a 0 goes where it saw no gap."""
    if node.get("decision_type", "==") == "==":
        return False
    return bool(node["default_left"]) if node["missing_type"] == "NaN" else bool(node["threshold"] >= 0)


def _set(node: Any) -> npt.NDArray[np.bool_]:
    """(SET_BITS,) which categories go to the left."""
    found = np.zeros(SET_BITS, np.bool_)
    found[[int(code) for code in str(node["threshold"]).split("||")]] = True
    return found
