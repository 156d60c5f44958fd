"""How are trees kept as arrays, and how do all of them answer at once?

scikit-learn fits; what is kept are the splits. A split sends a row to the left where its number is at most the
threshold, or its category is among those of the split; gaps go where the split sends them. Every tree is walked at the
same time, so that one row needs as many steps as the deepest tree has levels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.sets import unique

Doubles = npt.NDArray[np.float64]
AT_ONCE = 1 << 19  # rows times trees that are walked at a time: some tens of megabytes
NONE = -1  # of a split by a number: no set of categories
SET_BITS = 256  # categories that a set can tell apart
RULES = ("sum", "shares", "median")  # of shares the logarithm is answered


@dataclass(frozen=True, eq=False)
class Trees:
    """Many trees, one after the other. A leaf is a node that is its own child.

    Args:
        feature, threshold, left, right, gaps_left, group: (nodes,) the column and the number that a node splits by,
            where the rows go, and the set of categories, NONE for a number. Children are counted over all trees.
        values: (nodes, width) what a leaf answers.
        sets: (sets, 256) which categories go to the left.
        roots: (trees,) their first nodes.
        column: (trees,) the first column of the answer that a tree adds to.
        weights: (trees,).
        single: whether rows are compared in single precision, as scikit-learn's own trees do.
        depth: levels of the deepest tree.
    """

    feature: npt.NDArray[np.int32]
    threshold: Doubles
    left: npt.NDArray[np.int32]
    right: npt.NDArray[np.int32]
    gaps_left: npt.NDArray[np.bool_]
    group: npt.NDArray[np.int32]
    values: Doubles
    sets: npt.NDArray[np.bool_]
    roots: npt.NDArray[np.int32]
    column: npt.NDArray[np.int32]
    weights: Doubles
    single: bool = False
    depth: int = 0

    def __len__(self) -> int:
        return len(self.roots)

    def leaves(self, matrix: Doubles) -> npt.NDArray[np.int32]:
        """(rows, trees) the leaf that each row ends in."""
        seen = matrix.astype(np.float32).astype(np.float64) if self.single else matrix
        node = np.broadcast_to(self.roots, (len(seen), len(self))).copy()
        base = (np.arange(len(seen)) * seen.shape[1])[:, None]
        flat, sorted_sets = seen.ravel(), len(self.sets) > 0
        for _ in range(self.depth):
            value = flat[base + self.feature[node]]
            to_left = value <= self.threshold[node]
            if sorted_sets:
                of = self.group[node]
                code = np.nan_to_num(value, nan=0.0).clip(0, SET_BITS - 1).astype(np.int64)
                to_left = np.where(of >= 0, self.sets[of, code], to_left)
            to_left = np.where(np.isnan(value), self.gaps_left[node], to_left)
            after = np.where(to_left, self.left[node], self.right[node])
            if np.array_equal(after, node):
                break
            node = after
        return np.asarray(node, np.int32)

    def answer(self, matrix: Doubles, width: int, rule: str = "sum") -> Doubles:
        """(rows, width) the weighted sum, or the weighted median, of what the leaves say."""
        found = np.empty((len(matrix), width))
        step = max(1, AT_ONCE // max(len(self), 1))
        for start in range(0, len(matrix), step):
            leaf = self.leaves(matrix[start : start + step])
            found[start : start + step] = self._answer(leaf, width, rule)
        return found

    def _answer(self, leaf: npt.NDArray[np.int32], width: int, rule: str) -> Doubles:
        if rule == "median":
            return weighted_median(self.values[leaf, 0], self.weights)[:, None]
        own = self.values.shape[1]
        found = np.zeros((len(leaf), width))
        for start in unique(self.column):
            here = np.flatnonzero(self.column == start)
            said = self.values[leaf[:, here]]  # (rows, trees, own)
            found[:, start : start + own] += np.einsum("rto,t->ro", said, self.weights[here])
        return found

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Everything, by name."""
        names = ("feature", "threshold", "left", "right", "gaps_left", "group", "values", "sets", "roots", "column")
        return {f"trees.{name}": getattr(self, name) for name in (*names, "weights")}

    @classmethod
    def of(cls, arrays: Mapping[str, Any], single: bool, depth: int) -> Trees:
        """The trees of stored arrays."""
        own = {name.removeprefix("trees."): array for name, array in arrays.items() if name.startswith("trees.")}
        return cls(**own, single=single, depth=depth)


def weighted_median(values: Doubles, weights: Doubles) -> Doubles:
    """(rows,) the value at which half of the weight is reached (Drucker 1997, "Improving regressors using boosting").

    Example:
        >>> weighted_median(np.array([[1.0, 5.0, 9.0]]), np.array([1.0, 1.0, 3.0])).tolist()
        [9.0]
    """
    order = np.argsort(values, axis=1)
    reached = np.cumsum(weights[order], axis=1)
    at = (reached >= 0.5 * reached[:, -1:]).argmax(axis=1)
    rows = np.arange(len(values))
    return np.asarray(values[rows, order[rows, at]], np.float64)


def joined(parts: Sequence[Trees]) -> Trees:
    """Trees of one width, one after the other."""
    shift = np.cumsum([0, *(len(one.feature) for one in parts)])
    sets = np.cumsum([0, *(len(one.sets) for one in parts)])

    def moved(name: str) -> npt.NDArray[np.int32]:
        return np.concatenate([getattr(one, name) + by for one, by in zip(parts, shift, strict=False)]).astype(np.int32)

    group = [np.where(one.group >= 0, one.group + by, NONE) for one, by in zip(parts, sets, strict=False)]
    whole: dict[str, Any] = {
        name: np.concatenate([getattr(one, name) for one in parts])
        for name in ("feature", "threshold", "gaps_left", "values", "sets", "column", "weights")
    }
    places: dict[str, Any] = {name: moved(name) for name in ("left", "right", "roots")}
    depth = max(one.depth for one in parts)
    return Trees(**whole, **places, group=np.concatenate(group).astype(np.int32), single=parts[0].single, depth=depth)


def none_of(width: int) -> Trees:
    """No tree at all, of leaves of so many numbers."""
    nodes, none = np.empty(0, np.int32), np.empty(0)
    return Trees(
        nodes, none, nodes, nodes, np.empty(0, np.bool_), nodes, np.empty((0, width)),
        np.empty((0, SET_BITS), np.bool_), nodes, nodes, none,
    )  # fmt: skip


def of_sklearn(tree: Any, values: Doubles, column: int = 0, weight: float = 1.0) -> Trees:
    """A tree of scikit-learn's DecisionTree or forests.

    Args:
        tree: its `tree_`.
        values: (nodes, width) what each node answers.
        column: of the answer that it adds to.
        weight: of the tree.
    """
    count = tree.node_count
    leaf = tree.children_left < 0
    own = np.arange(count)
    return Trees(
        feature=np.where(leaf, 0, tree.feature).astype(np.int32),
        threshold=np.asarray(tree.threshold, np.float64),
        left=np.where(leaf, own, tree.children_left).astype(np.int32),
        right=np.where(leaf, own, tree.children_right).astype(np.int32),
        gaps_left=np.asarray(tree.missing_go_to_left, np.bool_) if count else np.empty(0, np.bool_),
        group=np.full(count, NONE, np.int32),
        values=np.asarray(values, np.float64),
        sets=np.empty((0, SET_BITS), np.bool_),
        roots=np.zeros(1, np.int32),
        column=np.array([column], np.int32),
        weights=np.array([weight]),
        single=True,
        depth=int(tree.max_depth),
    )


def of_boosting(predictor: Any, column: int, order: npt.NDArray[np.int64]) -> Trees:
    """A tree of scikit-learn's HistGradientBoosting; its leaves say what is added to a column of the answer.

    Args:
        predictor: its tree.
        column: that it adds to.
        order: (width,) the column of our matrix that each of its columns is: it puts categories before numbers.
    """
    nodes = predictor.nodes
    leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    bits = np.asarray(predictor.raw_left_cat_bitsets, np.uint32)
    sets = np.unpackbits(bits.view(np.uint8), axis=1, bitorder="little").astype(np.bool_)
    by_set = (nodes["is_categorical"] > 0) & ~leaf
    return Trees(
        feature=np.where(leaf, 0, order[nodes["feature_idx"]]).astype(np.int32),
        threshold=np.asarray(nodes["num_threshold"], np.float64),
        left=np.where(leaf, own, nodes["left"]).astype(np.int32),
        right=np.where(leaf, own, nodes["right"]).astype(np.int32),
        gaps_left=nodes["missing_go_to_left"].astype(np.bool_),
        group=np.where(by_set, nodes["bitset_idx"].astype(np.int64), NONE).astype(np.int32),
        values=np.asarray(nodes["value"], np.float64)[:, None],
        sets=sets.reshape(-1, SET_BITS),
        roots=np.zeros(1, np.int32),
        column=np.array([column], np.int32),
        weights=np.ones(1),
        depth=int(nodes["depth"].max()),
    )
