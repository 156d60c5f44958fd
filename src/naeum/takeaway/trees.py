"""How do trees stand in code: boosting, forests, AdaBoost?"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.model.table.adaboost import AdaBoost
from naeum.model.table.boosting import Boosting
from naeum.model.table.fitted import FittedTrees
from naeum.model.table.forest import Forest
from naeum.takeaway.piece import Piece, Writing
from naeum.takeaway.table import COLUMNS, columns, known

OF_CLASSES = ("told_classes", "trees", "trees_classes")
OF_NUMBERS = ("scale", "trees", "trees_number")
BOOSTING = ("rounds", "learning_rate", "leaves", "least_rows", "l2", "features")
FOREST = ("how", "trees", "least_rows")
ADABOOST = ("trees", "depth", "learning_rate")


def trees(fitted: FittedTrees, learner: Any, writing: Writing) -> Piece:
    """Trees by their splits, and the recipe that they were grown by."""
    name, number = writing.name("trees"), fitted.task.output == "number"
    given: dict[str, Any] = {"name": name, **columns(f"{name}_columns", fitted.encoder, writing)}
    kept: dict[str, Any] = {of.removeprefix("trees."): array for of, array in fitted.trees.arrays().items()}
    if number:
        kept["scale"] = np.array([fitted.scale.center, fitted.scale.spread])
        given["target"] = fitted.scale.target
    writing.save(name, **kept, start=fitted.start)
    call, files, settings = recipe(fitted, learner, writing)
    own = f"{files[-1]}_number" if number else files[-1]
    return Piece(
        f"Number{call}" if number else call,
        (*COLUMNS, *(OF_NUMBERS if number else OF_CLASSES), *files[:-1], own),
        {**given, **settings},
    )


def recipe(fitted: FittedTrees, learner: Any, writing: Writing) -> tuple[str, tuple[str, ...], dict[str, Any]]:
    """The class of the code, its templates, and its settings; those by default where the learner is another one."""
    if fitted.encoder.plain:
        boosting = known(learner, (Boosting,), writing) or Boosting()
        return "Boosting", ("boosted", "boosting"), settings_of(boosting, BOOSTING)
    if fitted.rule != "shares":
        adaboost = known(learner, (AdaBoost,), writing) or AdaBoost()
        return "AdaBoost", ("grown", "adaboost"), settings_of(adaboost, ADABOOST)
    forest = known(learner, (Forest,), writing) or Forest()
    settings = {**settings_of(forest, FOREST), "features": forest.columns}
    if fitted.task.output != "number":
        settings["class_weight"] = forest.class_weight
    return "Forest", ("grown", "forests", "forest"), settings


def settings_of(learner: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """Some settings of a learner."""
    return {name: getattr(learner, name) for name in names}
