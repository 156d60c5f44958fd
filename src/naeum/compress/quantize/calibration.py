"""Can these rows show how the activations of a model lie: of its task, enough of them, in its language?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from naeum.contract import Dataset, Task
from naeum.data.language import languages
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

LEAST = 8  # rows with a text: of fewer, the ends of activations are those of a few words
HEARD = 32  # rows of both sides from which languages are compared: of fewer one row decides


def check(task: Task, seen: Dataset, tune: Dataset, *, ends: bool) -> None:
    """Refuse rows that say nothing of the model's own.

    Args:
        task: of the model.
        seen: rows that are to show how activations lie.
        tune: rows that it is measured on.
        ends: whether the ends of activations come from `seen`; else noise alone is told by it.

    Raises:
        InputError: they are of another task, too few, or in another language than the rows it is measured on.
    """
    for part in (seen, tune) if len(tune) else (seen,):
        _of_task(task, part)
    texts = _texts(seen.rows, task)
    least = LEAST if ends else 1
    if len(texts) < least:
        raise InputError(
            f"a model must be calibrated on at least {least} rows with a text; got {len(texts)}; give more rows like "
            "those that it answers, or take the ends from each batch (dynamic)"
        )
    other = _texts(tune.rows, task)
    if ends and min(len(texts), len(other)) >= HEARD:
        known, found = languages(other), languages(texts)
        if not set(known) & set(found):
            raise InputError(
                "a model must be calibrated on rows in a language that it is measured on, here "
                f"{', '.join(known)}; got {', '.join(found)}; give rows like those that it answers, or take the ends "
                "from each batch (dynamic)"
            )


def _of_task(task: Task, part: Dataset) -> None:
    there = {one: part.task.columns.get(one) for one in task.inputs if one in part.rows.column_names}
    if there != dict(task.columns):
        given = ", ".join(part.rows.column_names) or "none"
        wanted = ", ".join(f"{one} ({kind})" for one, kind in task.columns.items())
        raise InputError(
            f"rows that a model is calibrated and measured on must have the columns that it reads, {wanted}; got "
            f"{given}; give rows of its own task"
        )
    if (part.task.output, part.task.classes) != (task.output, task.classes):
        raise InputError(
            f"rows that a model is calibrated and measured on must be of its own task, {_said(task)}; got "
            f"{_said(part.task)}; give rows with the same answers"
        )


def _said(task: Task) -> str:
    """What is answered, with its first classes."""
    some = ", ".join(task.classes[:3]) + (", …" if len(task.classes) > 3 else "")
    return f"{task.output} of {some}" if some else task.output


def _texts(rows: pa.Table, task: Task) -> list[str]:
    """What is read of each row, where there is anything."""
    if not set(task.inputs) <= set(rows.column_names):
        return []
    columns = [rows.column(name).to_pylist() for name in task.inputs]
    found = (" ".join(_text(cell) for cell in cells).strip() for cells in zip(*columns, strict=True))
    return [text for text in found if text]


def _text(cell: object) -> str:
    """A cell: a text, or words."""
    if isinstance(cell, (list, tuple)):
        return " ".join(str(word) for word in cell if word is not None)
    return "" if cell is None else str(cell)
