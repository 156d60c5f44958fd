"""Which sentences can a learner of tags be tried on?

Persons and places of one or two words stand between words that mean nothing. What begins an entity and what goes on
with it can be read off the word, so a learner that sees no neighbours can learn it too; every other row is Korean.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import REAL, Dataset, Parts, Task
from naeum.testing.data import FILLER, ODD_TEXTS, SIGNAL
from naeum.values import digest

if TYPE_CHECKING:
    import pyarrow as pa

TYPES = ("person", "place")
CLASSES = ("B-person", "B-place", "I-person", "I-place", "O")
TASK = Task(("words",), "tags", CLASSES, "entity_f1", "tags", kinds=("words",))
TWO_WORDS = 0.5  # share of entities that go on after their first word
MISSED = 0.03  # share of words of fit whose tag is wrongly O
LONG = 400  # words of a sentence that no encoder reads at once


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Sentences of three to thirteen words; of those to fit, one tag in thirty is missing.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.task.output
        (48, 16, 'tags')
        >>> given.fit.rows["words"][2].as_py()
        ['just', 'actor', 'awful', 'with', 'moving', 'the']
        >>> [CLASSES[code] for code in given.fit.truth[2].as_py()]
        ['O', 'O', 'B-place', 'O', 'B-person', 'O']
    """
    return Parts(make(n, seed, MISSED), make(max(len(TYPES), n // 3), seed + 1000))


def odd() -> pa.Table:
    """No words, a missing sentence, empty words, blanks, NUL, emoji, right-to-left letters, a sentence without end."""
    import pyarrow as pa

    rows = [None, [], [""], ["", " ", "\t"], *([text] for text in ODD_TEXTS), [*ODD_TEXTS], ["the", "영화"] * LONG]
    return pa.table({"words": pa.array(rows, pa.list_(pa.string()))})


def make(n: int, seed: int = 0, missed: float = 0.0) -> Dataset:
    """`n` sentences with their tags."""
    rng = np.random.default_rng(seed)
    words, tags = [], []
    for row in range(n):
        sentence, answers = _sentence(rng, korean=bool(row % 2))
        lost = rng.random(len(answers)) < missed
        words.append(sentence)
        tags.append([CLASSES.index("O") if gone else code for code, gone in zip(answers, lost, strict=True)])
    return dataset(words, tags)


def dataset(words: Sequence[Sequence[str] | None], tags: Sequence[Sequence[int] | None], task: Task = TASK) -> Dataset:
    """Sentences with the codes of their tags, None where a sentence has none, as a data set of real rows."""
    import pyarrow as pa

    n = len(words)
    ids = np.array([int(digest(f"{row} {sentence}")[:16], 16) for row, sentence in enumerate(words)], np.uint64)
    target = np.array([-1 if codes is None else 0 for codes in tags], np.int64)
    return Dataset(
        task=task,
        rows=pa.table({task.inputs[0]: pa.array(words, pa.list_(pa.string()))}),
        ids=ids,
        target=target,
        weight=np.ones(n, np.float32),
        key=digest(ids.tobytes() + repr(tags).encode()),
        group=np.arange(n),
        origin=np.full(n, REAL, np.uint8),
        parent=ids.copy(),
        truth=pa.chunked_array([pa.array(tags, pa.list_(pa.int32()))]),
    )


def _sentence(rng: np.random.Generator, korean: bool) -> tuple[list[str], list[int]]:
    """Up to three entities, each between other words."""
    words: list[str] = []
    tags: list[str] = []
    for _ in range(rng.integers(1, 4)):
        for word in rng.choice(FILLER[korean], rng.integers(1, 3)).tolist():
            words.append(word)
            tags.append("O")
        kind = int(rng.integers(len(TYPES)))
        signal = SIGNAL[korean][kind]  # the first two words begin an entity, the third goes on with one
        words.append(signal[int(rng.integers(2))])
        tags.append(f"B-{TYPES[kind]}")
        if rng.random() < TWO_WORDS:
            words.append(signal[2])
            tags.append(f"I-{TYPES[kind]}")
    return [*words, FILLER[korean][0]], [CLASSES.index(tag) for tag in [*tags, "O"]]
