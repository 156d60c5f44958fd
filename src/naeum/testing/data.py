"""Which tiny data can every learner be tried on?

Each class has words of its own; a text mixes a few of them with words that mean nothing. So the truth can be learned
from a few dozen rows, in English and in Korean, and a learner that learns nothing is seen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import REAL, Dataset, Ints, Parts, Task
from naeum.values import digest

if TYPE_CHECKING:
    import pyarrow as pa

SIGNAL = {  # words of the first, second and third class
    True: (("최고", "재밌다", "감동이다"), ("최악", "지루하다", "아깝다"), ("배송", "환불", "고객센터")),
    False: (("great", "moving", "superb"), ("awful", "boring", "waste"), ("refund", "parcel", "invoice")),
}
FILLER = {
    True: ("영화", "정말", "그냥", "배우가", "오늘", "보고", "나는", "어제", "시간", "조금"),
    False: ("the", "movie", "today", "just", "saw", "with", "actor", "some", "of", "time"),
}
MOST_CLASSES = len(SIGNAL[True])
ODD_TEXTS = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\n\t\r\n",
    "🙂👨‍👩‍👧‍👦🏳️‍🌈",
    "한글만 있는 문장",
    "ㅋㅋㅋㅋ ㅠㅠ",
    "\u1112\u1161\u11ab",  # 한 in decomposed letters
    "مرحبا بالعالم",
    "\u202eright to left\u202c",
    "İıſß",
    "0" * 3000,
    "zz-never-seen-zz",
    "\ufeffBOM",
    "\ufffe\uffff\U0010ffff",
)


def make(n: int = 60, *, classes: int = 2, korean: bool = False, seed: int = 0, noise: float = 0.0) -> Dataset:
    """A data set of `n` rows whose class can be read from its words.

    Args:
        n: rows; the classes take turns.
        classes: 2 or 3.
        korean: Korean words, else English ones.
        seed: of the words and of the wrong labels.
        noise: share of rows whose label is wrong.

    Example:
        >>> data = make(4)
        >>> len(data), data.task.classes, data.target.tolist()
        (4, ('a', 'b'), [0, 1, 0, 1])
    """
    rng = np.random.default_rng(seed)
    target = np.arange(n) % classes
    texts = []
    for code in target:
        words = [*rng.choice(SIGNAL[korean][code], 2), *rng.choice(FILLER[korean], 4)]
        texts.append(" ".join(rng.permutation(words).tolist()))
    wrong = rng.random(n) < noise
    target = np.where(wrong, (target + 1) % classes, target)
    return dataset(texts, target, Task(classes=tuple("abc"[:classes])))


def dataset(texts: Sequence[str], target: Sequence[int] | Ints, task: Task) -> Dataset:
    """Texts with their codes (-1 = unlabelled) as a data set of real rows, each a group of its own."""
    import pyarrow as pa

    n = len(texts)
    ids = np.array([_id(f"{index} {text}") for index, text in enumerate(texts)], np.uint64)
    codes = np.asarray(target, np.int64)
    return Dataset(
        task=task,
        rows=pa.table({name: pa.array(list(texts), pa.string()) for name in task.inputs}),
        ids=ids,
        target=codes,
        weight=np.ones(n, np.float32),
        key=digest(ids.tobytes() + codes.tobytes()),
        group=np.arange(n),
        origin=np.full(n, REAL, np.uint8),
        parent=ids.copy(),
    )


def odd_texts(task: Task) -> pa.Table:
    """Rows that hold the same odd text in every input column, and one with a missing cell."""
    import pyarrow as pa

    rows = dataset(ODD_TEXTS, [-1] * len(ODD_TEXTS), task).rows
    return pa.concat_tables([rows, pa.table({name: pa.array([None], pa.string()) for name in task.inputs})])


def parts(n: int = 60, *, classes: int = 2, korean: bool = False, seed: int = 0, noise: float = 0.0) -> Parts:
    """`n` rows to fit and a third as many to tune, from the same source."""
    fit = make(n, classes=classes, korean=korean, seed=seed, noise=noise)
    tune = make(max(classes, n // 3), classes=classes, korean=korean, seed=seed + 1000)
    return Parts(fit, tune)


def _id(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
