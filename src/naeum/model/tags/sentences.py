"""Which words, tags and weights does a tagger learn from?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Dataset, Floats, Ints, Outputs, Task
from naeum.engine.tokens import clean
from naeum.errors import InputError
from naeum.measure.metrics import metric
from naeum.measure.words import tag_codes, word_offsets
from naeum.model.text.examples import labelled

if TYPE_CHECKING:
    import pyarrow as pa

SINGLE = 0.95  # share of words of one character from which the words are characters, as in Korean


@dataclass(frozen=True, eq=False)
class Sentences:
    """The words of rows, one row after the other."""

    words: list[str]
    offsets: Ints  # (rows + 1,): row i owns words offsets[i]:offsets[i + 1]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def joint(self) -> str:
        """What stands between two words: a blank, or nothing where the words are characters.

        Example:
            >>> Sentences(["서", "울"], np.array([0, 2])).joint, Sentences(["New", "York"], np.array([0, 2])).joint
            ('', ' ')
        """
        single = sum(len(word) <= 1 for word in self.words)
        return "" if self.words and single >= SINGLE * len(self.words) else " "


@dataclass(frozen=True, eq=False)
class Tagged:
    """Sentences of which every word has a tag."""

    sentences: Sentences
    codes: Ints  # (words,)
    weight: Floats  # (words,) that of the word's row; their mean is one


def sentences(rows: pa.Table, task: Task) -> Sentences:
    """The words of each row as valid Unicode; a missing row has none.

    Example:
        >>> import pyarrow as pa
        >>> found = sentences(pa.table({"words": [["나는", "간다"], None, [None]]}), Task(("words",)))
        >>> found.words, found.offsets.tolist()
        (['나는', '간다', ''], [0, 2, 2, 3])
    """
    column = rows.column(task.inputs[0])
    words = [clean(word) for row in column.to_pylist() for word in row or ()]
    return Sentences(words, word_offsets(column))


def tagged(data: Dataset) -> tuple[Dataset, Tagged]:
    """The rows that have tags and count, and their words."""
    found = labelled(data)
    if len(found) and not found.weight.all():
        from naeum.contract import subset

        found = labelled(subset(found, np.flatnonzero(found.weight > 0), found.key))
    codes, offsets = tag_codes(found)
    weight = np.repeat(found.weight, np.diff(offsets)).astype(np.float32)
    return found, Tagged(sentences(found.rows, found.task), codes, weight / (weight.mean() if len(weight) else 1.0))


def to_learn(data: Dataset, kind: str) -> Tagged:
    """The tagged words of fit.

    Raises:
        InputError: there are none, or the task is another.
    """
    if data.task.output != "tags":
        raise InputError(f"{kind} answers tasks with a tag a word; got {data.task.output}; choose another learner")
    _, found = tagged(data)
    if not len(found.codes):
        raise InputError(f"{kind} must have tagged words to learn from; got none in {len(data)} rows; give tags")
    return found


def judge(data: Dataset) -> Callable[[Floats, Ints], float]:
    """A function of logits of words, and codes, that gives the metric of the task, higher is better, on `data`."""
    chosen, offsets = metric(data.task.metric), word_offsets(data.rows.column(data.task.inputs[0]))

    def score(logits: Floats, target: Ints) -> float:
        return chosen.sign * chosen.score(Outputs(data.task, logits, offsets=offsets), data)

    return score


def distinct(words: Sequence[str]) -> tuple[list[str], Ints]:
    """Each word once, in the order in which they come, and the number of each word among them.

    Example:
        >>> distinct(["a", "b", "a"])
        (['a', 'b'], array([0, 1, 0]))
    """
    numbers: dict[str, int] = {}
    which = np.fromiter((numbers.setdefault(word, len(numbers)) for word in words), np.int64, len(words))
    return list(numbers), which
