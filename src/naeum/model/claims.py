"""Can a learner be fitted on a task: does it learn this kind of answer, and read these kinds of columns?

A learner says so by two class variables, `outputs` and `reads`; without them it answers with one label a row and reads
text. A learner around others learns what they all learn. One that gives each of them other columns says it by a method
`claims(task)`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from naeum.contract import InputKind, OutputKind, Task

LABEL: frozenset[OutputKind] = frozenset({"label"})
ROWS: frozenset[OutputKind] = frozenset({"label", "labels", "number"})  # one answer a row: N→1
EVERY: frozenset[OutputKind] = frozenset({"label", "labels", "number", "tags", "span", "text"})
TEXT: frozenset[InputKind] = frozenset({"text"})
ALL: frozenset[InputKind] = frozenset({"text", "words", "number", "category", "date", "image"})


def claims(learner: Any, task: Task) -> bool:
    """Whether a learner can be fitted on rows of a task.

    Example:
        >>> from naeum.model.floor import Majority
        >>> from naeum.model.text.linear import NaiveBayesLogistic
        >>> number = Task(output="number")
        >>> claims(Majority(), number), claims(NaiveBayesLogistic(), number)
        (True, False)
    """
    if hasattr(learner, "claims"):
        return bool(learner.claims(task))
    if task.output not in getattr(learner, "outputs", LABEL):
        return False
    if not set(task.columns.values()) <= getattr(learner, "reads", TEXT):
        return False
    return all(claims(inner, task) for inner in _inside(learner))


def _inside(learner: Any) -> Iterator[Any]:
    """The learners in its fields."""
    for field in dataclasses.fields(learner):
        value = getattr(learner, field.name)
        for one in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,):
            if hasattr(one, "fit") and dataclasses.is_dataclass(one):
                yield one
