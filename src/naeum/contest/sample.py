"""What does a sample submission ask for: labels, one probability, one a class, numbers, or several labels?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from naeum.contest.spelling import column_of, spelled, worth
from naeum.contract import Task
from naeum.data.rows import string_column
from naeum.data.target import positive_class
from naeum.errors import InputError
from naeum.measure import metric

if TYPE_CHECKING:
    import pyarrow as pa

# label: a class · chance: the probability of one class · chances: one column a class · number: a number ·
# joined: labels or tags in one cell · marks: 0 or 1, one column a class
Form = Literal["label", "chance", "chances", "number", "joined", "marks"]
WAYS = ("labels", "probabilities")
SEPARATORS = (";", ",", "|", " ")  # the first that a sample's cells have joins labels; a blank where none has


@dataclass(frozen=True)
class Asked:
    """The columns to fill, and with what."""

    form: Form
    columns: tuple[str, ...]
    classes: tuple[str, ...] = ()  # of each column; '' for a class that no training row had
    words: Mapping[str, str] = field(default_factory=dict)  # class -> as the sample writes it
    separator: str = " "
    notes: tuple[str, ...] = ()


def asked(sample: pa.Table, copied: Sequence[str], task: Task, way: str | None = None) -> Asked:
    """What the columns of a sample that are not copied ask for.

    Args:
        sample: the sample submission.
        copied: its columns of ids.
        task: what the run answers.
        way: "labels" or "probabilities", where the sample and the metric would say otherwise.

    Raises:
        InputError: the columns cannot be answered by this run.

    Example:
        >>> import pyarrow as pa
        >>> task = Task(classes=("no", "yes"), positive="yes")
        >>> asked(pa.table({"id": ["1"], "target": ["0.5"]}), ["id"], task).form
        'chance'
    """
    columns = tuple(name for name in sample.column_names if name not in copied)
    if way is not None and way not in WAYS:
        raise InputError(f"--as must be one of {', '.join(WAYS)}; got {way!r}; correct it or leave it out")
    if task.output == "span" or not columns:
        what = "answers spans" if task.output == "span" else "gets a sample with ids alone"
        raise InputError(f"a sample must have a column that the run can answer; this run {what}; use --out alone")
    if len(columns) > 1:
        return _wide(sample, columns, task, way)
    words = [word for word in string_column(sample, columns[0]).unique().to_pylist() if word]
    if task.output == "number":
        return Asked("number", columns)
    if task.output in ("labels", "tags"):
        return _joined(columns, words, task)
    return _single(columns, words, task, way)


def _single(columns: tuple[str, ...], words: Sequence[str], task: Task, way: str | None) -> Asked:
    """One column for one label a row: the label, or the probability of one of two classes."""
    values = [worth(word) for word in words]
    numeric = bool(words) and None not in values
    fraction = numeric and any(value is not None and 0 < value < 1 for value in values)
    names = spelled(task.classes, words)
    two = len(task.classes) == 2
    chance = two and numeric and ((fraction and names is None) or metric(task.metric).needs == "probabilities")
    if way == "probabilities" or (way is None and chance):
        return _chance(columns, task)
    if names is None and two and numeric and not fraction:
        positive = positive_class(task.classes, task.positive)
        names = {name: "1" if name == positive else "0" for name in task.classes}
        note = f"The sample holds numbers: {positive!r} is written as 1."
        return Asked("label", columns, task.classes, names, notes=(note,))
    if names is None and way == "labels":
        names = {name: name for name in task.classes}
    if names is None:
        listed = ", ".join(task.classes[:5])
        raise InputError(
            f"the sample's column {columns[0]!r} must hold classes of the run ({listed}); it holds "
            f"{', '.join(map(repr, words[:3]))}; say --as labels to write the classes as they are"
        )
    return Asked("label", columns, task.classes, names)


def _chance(columns: tuple[str, ...], task: Task) -> Asked:
    """The probability of the class that the column is named after, else of the positive one."""
    if len(task.classes) != 2:
        raise InputError(
            f"one column of probabilities needs two classes; this run has {len(task.classes)}; give the sample a "
            "column a class, or say --as labels"
        )
    found = column_of(columns[0], task.classes) or positive_class(task.classes, task.positive) or task.classes[1]
    return Asked("chance", columns, (found,), notes=(f"{columns[0]} is the probability of {found!r}.",))


def _joined(columns: tuple[str, ...], words: Sequence[str], task: Task) -> Asked:
    """Several labels in one cell, between them what the sample has between its own."""
    several = [mark for mark in SEPARATORS if any(mark in word.strip() for word in words)]
    separator = several[0] if several and task.output == "labels" else " "
    if any(separator in name for name in task.classes):
        raise InputError(
            f"labels joined by {separator!r} must not hold it; {next(n for n in task.classes if separator in n)!r} "
            "does; give the sample one column a class"
        )
    return Asked("joined", columns, task.classes, separator=separator)


def _wide(sample: pa.Table, columns: tuple[str, ...], task: Task, way: str | None) -> Asked:
    """One column a class: probabilities, or 0 and 1."""
    if task.output not in ("label", "labels"):
        raise InputError(
            f"a sample for answers of the kind {task.output} must have one column to fill; it has "
            f"{', '.join(columns[:5])}; drop the others, or give the test file those that are ids"
        )
    classes = [column_of(name, task.classes) or "" for name in columns]
    missing = [name for name in task.classes if name not in classes]
    doubled = len([name for name in classes if name]) > len(set(classes) - {""})
    if missing or doubled:
        what = f"no column for {missing[0]!r}" if missing else "two columns for one class"
        raise InputError(
            f"a sample with several columns must have one for each class ({', '.join(task.classes[:5])}); it has "
            f"{what}; its columns are {', '.join(columns[:5])}; rename them after the classes"
        )
    values = {worth(word) for name in columns for word in string_column(sample, name).unique().to_pylist() if word}
    fraction = any(value is not None and 0 < value < 1 for value in values)
    likely = task.output == "label" or fraction or metric(task.metric).needs == "probabilities"
    strange = [name for name, of in zip(columns, classes, strict=True) if not of]
    notes = (f"No training row is of {', '.join(strange)}: these columns are 0.",) if strange else ()
    chances = likely if way is None else way == "probabilities"
    return Asked("chances" if chances else "marks", columns, tuple(classes), notes=notes)
