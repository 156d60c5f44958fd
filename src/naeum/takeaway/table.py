"""How do the parts that read tables stand in code: the encoder of columns, linear models?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from naeum.contract import Task
from naeum.data.units import QUANTITIES, of_task
from naeum.model.table.encoder import Encoder
from naeum.model.table.linear import FittedTableLinear, TableLinear
from naeum.takeaway.piece import Piece, Writing
from naeum.takeaway.text import UNKNOWN

COLUMNS = ("cells", "hashed", "columns")  # the templates that read a table


def linear(fitted: FittedTableLinear, learner: Any, writing: Writing) -> Piece:
    """Weights of columns."""
    name, task = writing.name("table"), fitted.task
    recipe = known(learner, (TableLinear,), writing) or TableLinear()
    kept: dict[str, Any] = dict(zip(("weights", "bias", "center", "spread"), fitted.weights, strict=True))
    given = {"name": name, **columns(f"{name}_columns", fitted.encoder, writing), "c": fitted.c}
    given["degree"] = fitted.degree
    if task.output == "number":
        writing.save(name, **kept, scale=np.array([fitted.scale.center, fitted.scale.spread]))
        given |= {"loss": recipe.loss, "target": fitted.scale.target}
        return Piece("TableRidge", (*COLUMNS, "table_weights", "scale", "table_ridge"), given)
    writing.save(name, **kept)
    given["class_weight"] = recipe.class_weight
    return Piece("TableLogistic", (*COLUMNS, "table_weights", "told_classes", "table_logistic"), given)


def columns(name: str, encoder: Encoder, writing: Writing) -> dict[str, Any]:
    """What a piece is told of its columns; what was learned of them is written beside it."""
    told = {column: list(words) for column, words in encoder.words.items()}
    (writing.folder / f"{name}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    kept = {of: array for of, array in encoder.arrays.items() if not of.endswith(".width")}
    writing.save(name, **kept)
    return {"columns": dict(encoder.task.columns), "units": units(encoder.task)}


def units(task: Task) -> dict[str, Mapping[str, float]]:
    """By column what a number in each unit is multiplied by to be in the column's own.

    Example:
        >>> units(Task(inputs=("size",), kinds=("number",), units=("size\\tpcs",)))
        {'size': {'pcs': 1.0}}
    """
    found: dict[str, Mapping[str, float]] = {}
    for name, unit in of_task(task.units).items():
        quantity = next((one for one in QUANTITIES if unit in one), {unit: 1.0})
        found[name] = {other: size / quantity[unit] for other, size in quantity.items()}
    return found


def known(learner: Any, kinds: tuple[type, ...], writing: Writing) -> Any:
    """The recipe; noted and None where it is none of the kinds that the code can train."""
    if type(learner) in kinds:  # not a kind of its own that stands on one of these
        return learner
    kind = getattr(learner, "kind", UNKNOWN)
    writing.untrainable(f"the script cannot train {kind}; it predicts")
    return None
