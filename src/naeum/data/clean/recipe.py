"""How are steps recorded, shown before they are applied, and repeated?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import pyarrow as pa

from naeum import sets, values
from naeum.contract import Ints
from naeum.data.clean.cells import Clip, Encode, Fill, Normalise
from naeum.data.clean.choosing import DropBroken, DropDuplicates, DropMissing, DropRows, Resample, Sample
from naeum.data.clean.columns import DropColumns
from naeum.data.clean.dates import ParseDates
from naeum.data.clean.numbers import ParseNumbers
from naeum.data.clean.step import RowStep, TableStep, ValueStep
from naeum.data.clean.tables import GroupBy, Merge, Pivot
from naeum.errors import InputError

VALUE_STEPS: tuple[type[Any], ...] = (Fill, Clip, Normalise, ParseDates, ParseNumbers, Encode, DropColumns)
ROW_STEPS: tuple[type[Any], ...] = (DropDuplicates, DropMissing, DropBroken, DropRows, Resample, Sample)
TABLE_STEPS: tuple[type[Any], ...] = (Merge, GroupBy, Pivot)
STEPS = (*VALUE_STEPS, *ROW_STEPS, *TABLE_STEPS)
EXAMPLES = 5  # rows of each step that are shown


@dataclass(frozen=True)
class Change:
    """What a step did.

    Args:
        step: the step, settled.
        before, after: rows.
        cells: how many cells it changed.
        gone: rows it left out; made: rows it took again.
        examples: some of them: the row's number from 1, and column, before and after, or what was left out.
    """

    step: Any
    before: int
    after: int
    cells: int = 0
    gone: int = 0
    made: int = 0
    examples: tuple[Mapping[str, Any], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {**self.__dict__, "step": values.to_json(self.step), "examples": [dict(one) for one in self.examples]}


@dataclass(frozen=True)
class Recipe:
    """Steps in their order.

    Example:
        >>> table = pa.table({"age": [22, None, 38, 22], "name": ["가", "나", "다", "가"]})
        >>> recipe, cleaned, changes = Recipe((DropDuplicates(), Fill("age"))).run(table)
        >>> cleaned["age"].to_pylist(), [change.gone for change in changes]
        ([22, 30, 38], [1, 0])
        >>> recipe.serve(pa.table({"age": [None, 41], "name": ["라", "라"]}))["age"].to_pylist()
        [30, 41]
    """

    steps: tuple[Any, ...] = ()
    kind: ClassVar[str] = "recipe"
    version: ClassVar[int] = 1

    def run(self, table: pa.Table, seed: int = 0) -> tuple[Recipe, pa.Table, tuple[Change, ...]]:
        """Settle every step on the rows that come to it, and apply it: the settled recipe, the table, what changed."""
        steps, changes = [], []
        numbers: Ints | None = np.arange(1, table.num_rows + 1)
        for step in self.steps:
            step, after, numbers, change = _done(step, table, numbers, seed)
            steps.append(step)
            changes.append(change)
            table = after
        return Recipe(tuple(steps)), table, tuple(changes)

    def serve(self, table: pa.Table) -> pa.Table:
        """The value steps only: as many rows as came, in the same order.

        Raises:
            InputError: a step has not been settled.
        """
        for step in self.steps:
            if isinstance(step, VALUE_STEPS):
                if step.settled(table) is not step:
                    raise InputError(
                        f"{step.kind} must be settled on the fit part before it serves; run it there first"
                    )
                table = step.apply(table)
        return table

    def to_json(self) -> Any:
        """The JSON document; `read` gives the recipe back."""
        return values.to_json(self)

    @classmethod
    def read(cls, document: Any) -> Recipe:
        """The recipe of a JSON document.

        Raises:
            StoreError: a step is not known, or was written by a newer naeum.
        """
        made = values.from_json(document, KINDS)
        if not isinstance(made, Recipe):
            raise InputError("a recipe must be the JSON that naeum clean writes; got something else; write it again")
        return made


EVERY: tuple[Any, ...] = (*STEPS, Recipe)
KINDS: Mapping[str, Any] = {step.kind: step for step in EVERY}


def _done(step: Any, table: pa.Table, numbers: Ints | None, seed: int) -> tuple[Any, pa.Table, Ints | None, Change]:
    """The settled step, the table after, the numbers of its rows where they still mean any, and the change."""
    if isinstance(step, VALUE_STEPS):
        settled: ValueStep = step.settled(table)
        after = settled.apply(table)
        return settled, after, numbers, _cells(settled, table, after, numbers)
    if isinstance(step, ROW_STEPS):
        choosing: RowStep = step
        kept = choosing.kept(table, seed)
        after = table.take(kept)
        return step, after, None if numbers is None else numbers[kept], _rows(step, table, kept, numbers)
    if isinstance(step, TABLE_STEPS):
        making: TableStep = step
        after = making.made(table)
        same = after.num_rows == table.num_rows and set(table.column_names) <= set(after.column_names)
        return step, after, numbers if same else None, Change(step, table.num_rows, after.num_rows)
    raise InputError(f"a step must be one of {', '.join(KINDS)}; got {type(step).__name__}; make one of these")


def _cells(step: Any, before: pa.Table, after: pa.Table, numbers: Ints | None) -> Change:
    """Which cells a value step changed; new and gone columns are counted as changed in every row."""
    examples: list[dict[str, Any]] = []
    count = 0
    shared = [name for name in after.column_names if name in before.column_names]
    for name in shared:
        if before.column(name) is after.column(name) or before.column(name).equals(after.column(name)):
            continue
        old, new = before.column(name).to_pylist(), after.column(name).to_pylist()
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            if _differ(one, other):
                count += 1
                if len(examples) < EXAMPLES:
                    row = int(at + 1 if numbers is None else numbers[at])
                    examples.append({"row": row, "column": name, "before": _told(one), "after": _told(other)})
    count += len(set(after.column_names) ^ set(before.column_names)) * after.num_rows
    return Change(step, before.num_rows, after.num_rows, count, examples=tuple(examples))


def _rows(step: Any, before: pa.Table, kept: Ints, numbers: Ints | None) -> Change:
    gone = sets.rest(before.num_rows, kept)
    again = len(kept) - len(sets.unique(kept))
    examples: list[dict[str, Any]] = []
    for at in gone[:EXAMPLES]:
        row = before.slice(int(at), 1).to_pylist()[0]
        number = int(at + 1 if numbers is None else numbers[at])
        examples.append({"row": number, "gone": {name: _told(value) for name, value in row.items()}})
    return Change(step, before.num_rows, len(kept), gone=len(gone), made=again, examples=tuple(examples))


def _differ(one: Any, other: Any) -> bool:
    return bool(one != other) and not (one != one and other != other)


def _told(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
