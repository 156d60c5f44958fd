"""What would help a learner of tables: more or fewer leaves, other columns, another family?

Bias asks for more trees and leaves, products of columns, made columns (see model/table/derived.py) and another family;
variance for fewer leaves, smaller steps, a share of the columns for each split. Friedman 2001 (shrinkage), Ho 1998 and
Breiman 2001 (shares of columns), Micci-Barreca 2001 (means of the target by category).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from naeum import values
from naeum.contract import Evidence, InputKind, Rung
from naeum.improve.techniques.editing import Change, found, inside, of_kind, technique, whose
from naeum.model.claims import ROWS, claims
from naeum.model.table.boosting import Boosting
from naeum.model.table.derived import Derived
from naeum.model.table.forest import Forest
from naeum.model.table.linear import TableLinear

MOST_LEAVES, FEWEST_LEAVES = 255, 4
MOST_ROUNDS = 3000
LEAST_RATE, MOST_ROWS = 0.01, 200  # of a step, and of a leaf
PENALTIES = (10.0, 100.0)  # of leaves, where 1 is usual
SHARES = (0.3, 0.5, 0.8)  # of the columns that a split may choose among
TABLES = ("table_linear", "boosting", "forest", "adaboost")
# What may be added for a linear model and for trees, which bend numbers by themselves but cannot divide them.
FOR_LINES = (("logs", "ranks"), ("logs", "ranks", "pairs", "means", "counts", "spans"))
FOR_TREES = (("means", "counts"), ("pairs", "means", "counts", "spans"))
NEEDS: Mapping[str, tuple[InputKind, int]] = {  # how many columns of which kind a sort is made of
    "logs": ("number", 1), "ranks": ("number", 1), "pairs": ("number", 2), "means": ("category", 1),
    "counts": ("category", 1), "spans": ("date", 2),
}  # fmt: skip
FAMILIES: tuple[Any, ...] = (TableLinear(), Boosting(), Boosting(leaves=8, least_rows=5), Forest(how="extra"), Forest())
FEW_ROWS = 1_000  # below it boosting wants few leaves


def _tree_size(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    codes = found(evidence)
    sizes = (0.5, 0.25) if "M02" in codes and "M01" not in codes else (2.0, 4.0) if "M01" in codes else (2.0, 0.5)
    for at, node in of_kind(rung.learner, "boosting"):
        for factor in sizes:
            leaves = min(max(round(node.leaves * factor), FEWEST_LEAVES), MOST_LEAVES)
            rows = min(max(round(node.least_rows / factor), 1), MOST_ROWS)
            yield Change(
                _with(rung.learner, at, leaves=leaves, least_rows=rows),
                f"trees of {leaves} leaves of at least {rows} rows instead of {node.leaves} and {node.least_rows} in "
                f"{whose(rung.learner, at)}",
                _rows(evidence),
            )
    for at, node in of_kind(rung.learner, "forest"):
        for factor in sizes:
            rows = min(max(round(node.least_rows / factor), 1), MOST_ROWS)
            yield Change(
                _with(rung.learner, at, least_rows=rows),
                f"leaves of at least {rows} instead of {node.least_rows} rows in {whose(rung.learner, at)}",
                _rows(evidence),
            )


def _shrinkage(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """Half the step wants twice the trees (Friedman 2001); a penalty on what leaves say."""
    for at, node in of_kind(rung.learner, "boosting"):
        rate, rounds = float(f"{max(node.learning_rate / 2, LEAST_RATE):.2g}"), min(2 * node.rounds, MOST_ROUNDS)
        yield Change(
            _with(rung.learner, at, learning_rate=rate, rounds=rounds),
            f"up to {rounds} trees in steps of {rate:g} instead of {node.rounds} in steps of {node.learning_rate:g} in "
            f"{whose(rung.learner, at)}",
            _rows(evidence),
        )
        for l2 in [one for one in PENALTIES if one > node.l2]:
            yield Change(
                _with(rung.learner, at, l2=l2),
                f"a penalty of {l2:g} instead of {node.l2:g} on what leaves say in {whose(rung.learner, at)}",
                _rows(evidence),
            )


def _more_trees(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for at, node in of_kind(rung.learner, "boosting"):
        rounds = min(2 * node.rounds, MOST_ROUNDS)
        yield Change(
            _with(rung.learner, at, rounds=rounds),
            f"up to {rounds} instead of {node.rounds} trees in {whose(rung.learner, at)}",
            _rows(evidence),
        )
    for at, node in of_kind(rung.learner, "forest", "adaboost"):
        yield Change(
            _with(rung.learner, at, trees=2 * node.trees),
            f"{2 * node.trees} instead of {node.trees} trees in {whose(rung.learner, at)}",
            _rows(evidence),
        )


def _column_sampling(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for name, kind in (("features", "boosting"), ("columns", "forest")):
        for at, node in of_kind(rung.learner, kind):
            now = getattr(node, name)
            for share in [one for one in SHARES if one != now]:
                yield Change(
                    _with(rung.learner, at, **{name: share}),
                    f"{share:.0%} of the columns for each split in {whose(rung.learner, at)}",
                    f"trees that look at other columns err elsewhere; there are {len(evidence.task.inputs)} columns",
                )


def _interactions(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for at, node in of_kind(rung.learner, "table_linear"):
        if node.degree == 1:
            yield Change(
                _with(rung.learner, at, degree=2),
                f"products of every two columns in {whose(rung.learner, at)}",
                f"a sum of {len(evidence.task.inputs)} columns cannot say how they act together",
            )


def _derived_columns(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    wrapped = tuple(at for at, node in inside(rung.learner) if node.kind == "derived_columns")
    kinds = list(evidence.task.columns.values())
    for at, node in of_kind(rung.learner, *TABLES):
        if any(at == f"{outer}.inner".lstrip(".") for outer in wrapped):
            continue
        for sorts in FOR_LINES if node.kind == "table_linear" else FOR_TREES:
            add = tuple(one for one in sorts if kinds.count(NEEDS[one][0]) >= NEEDS[one][1])
            if add:
                yield Change(
                    values.put(rung.learner, at, Derived(node, add)),
                    f"made columns ({', '.join(add)}) beside the others for {whose(rung.learner, at)}",
                    f"some of {len(kinds)} columns may say more together, by rank or by what their categories mean",
                )


def _family(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """Lines where trees stood, and trees where lines did; in the place of one learner, whatever stands around it."""
    for at, node in of_kind(rung.learner, *TABLES):
        for other in FAMILIES:
            fit = other.kind != "boosting" or (other.leaves < Boosting().leaves) == (evidence.rows < FEW_ROWS)
            if other.kind != node.kind and fit and claims(other, evidence.task):
                yield Change(
                    values.put(rung.learner, at, other),
                    f"{WORDS[other.kind]} instead of {whose(rung.learner, at)}",
                    f"on {evidence.rows} rows either may be the better one",
                )


WORDS = {
    "table_linear": "a linear model",
    "boosting": "boosted trees",
    "forest": "a forest of random trees",
    "adaboost": "AdaBoost",
}


def _with(learner: Any, at: str, **new: Any) -> Any:
    node = values.get(learner, at) if at else learner
    return values.put(learner, at, dataclasses.replace(node, **new))


def _rows(evidence: Evidence) -> str:
    return f"the best size for {evidence.rows} rows is not known beforehand"


TREE_SIZE = technique("tree_size", "larger or smaller trees", ("M01", "M02"), _tree_size, ROWS)
SHRINKAGE = technique("shrinkage", "smaller steps, stronger penalties of trees", ("M02",), _shrinkage, ROWS)
MORE_TREES = technique("more_trees", "more trees", ("M01", "M09"), _more_trees, ROWS)
COLUMN_SAMPLING = technique("column_sampling", "a share of the columns a split", ("M02",), _column_sampling, ROWS)
INTERACTIONS = technique("interactions", "products of columns", ("M01",), _interactions, ROWS)
DERIVED_COLUMNS = technique("derived_columns", "columns made of columns", ("M01",), _derived_columns, ROWS)
FAMILY = technique("family", "lines for trees, trees for lines", ("M01", "M06"), _family, ROWS)
