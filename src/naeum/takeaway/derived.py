"""How do columns that are made of others stand in code?"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from naeum.model.table.derived import Deriving
from naeum.takeaway.piece import Piece, Writing
from naeum.takeaway.table import COLUMNS, units


def derived(fitted: Deriving, learner: Any, writing: Writing, walk: Callable[[Any, Any, Writing], Piece]) -> Piece:
    """A model of a table with further columns; what was learned to make them is written beside it."""
    making, name = fitted.making, writing.name("derived")
    place = {column: at for at, column in enumerate(making.task.inputs)}
    told = {column: list(words) for column, words in making.words.items()}
    (writing.folder / f"{name}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    kept = {of.rpartition("/"): array for of, array in making.arrays.items()}
    writing.save(name, **{f"{place[column]}.{sort}": array for (column, _, sort), array in kept.items()})
    given = {
        "inner": walk(fitted.inner, getattr(learner, "inner", None), writing), "name": name,
        "columns": dict(making.task.columns), "units": units(making.task), "add": list(making.add),
    }  # fmt: skip
    number = fitted.task.output == "number"
    return Piece("Derived", (*COLUMNS, "told_number" if number else "told_classes", "derived"), given)
