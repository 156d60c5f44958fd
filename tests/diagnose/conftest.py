"""Which tiny rows, answers and subjects do the tests of diagnosis look at?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Dataset, Outputs, Task
from naeum.diagnose.subject import Subject

WORDS = ("card", "bank", "배송", "환불", "where", "lost", "언제", "please", "money", "문의")


def _task(classes: int = 2, metric: str = "accuracy") -> Task:
    return Task(classes=tuple(f"c{code}" for code in range(classes)), metric=metric)


def _rows(labels, *, classes=2, texts=None, group=None, start=0, metric="accuracy"):
    """A dataset of the given label codes; texts are distinct unless given."""
    target = np.asarray(labels, np.int64)
    n = len(target)
    rng = np.random.default_rng(start)
    words = [f"{' '.join(rng.choice(WORDS, 4))} {rng.integers(10**6)}" for _ in range(n)] if texts is None else texts
    ids = np.arange(start, start + n, dtype=np.uint64)
    return Dataset(
        task=_task(classes, metric),
        rows=pa.table({"text": pa.array(words, pa.string())}),
        ids=ids,
        target=target,
        weight=np.ones(n, np.float32),
        key=f"rows{start}.{n}",
        group=np.arange(start, start + n) if group is None else np.asarray(group, np.int64),
        origin=np.zeros(n, np.uint8),
        parent=ids,
    )


def _answers(dataset: Dataset, wrong: float | np.ndarray = 0.0, *, sure: float = 0.9, seed: int = 0) -> Outputs:
    """Answers of which a share, or the flagged rows, are wrong (the next class), each with probability `sure`."""
    n, classes = len(dataset), len(dataset.task.classes)
    if isinstance(wrong, float):
        flags = np.zeros(n, bool)
        flags[np.random.default_rng(seed).permutation(n)[: round(wrong * n)]] = True
    else:
        flags = np.asarray(wrong, bool)
    codes = np.where(flags, (dataset.target + 1) % classes, np.maximum(dataset.target, 0))
    chances = np.full((n, classes), (1 - sure) / (classes - 1))
    chances[np.arange(n), codes] = sure
    return Outputs(dataset.task, np.log(chances).astype(np.float32))


def _subject(*, fit_error: float = 0.02, tune_error: float = 0.1, fit_rows: int = 400, tune_rows: int = 1000, **more):
    """Balanced two-class rows, answered with the given errors on fit (its first rows are the sample) and on tune."""
    fit = _rows(np.arange(fit_rows) % 2)
    tune = _rows(np.arange(tune_rows) % 2, start=10_000)
    known = {
        "task": fit.task,
        "fit": fit,
        "tune": tune,
        "sample": fit,
        "sample_outputs": _answers(fit, fit_error),
        "tune_outputs": _answers(tune, tune_error),
    }
    return Subject(**{**known, **more})


@pytest.fixture
def rows():
    return _rows


@pytest.fixture
def answers():
    return _answers


@pytest.fixture
def subject():
    return _subject


@pytest.fixture
def relabelled():
    """The same rows with other labels."""
    return lambda dataset, target: replace(dataset, target=np.asarray(target, np.int64))


@pytest.fixture
def curve():
    """A learning curve of a given law with narrow or wide intervals around what it says."""
    from naeum.diagnose.curve import Law, LearningCurve

    def make(a: float, b: float, c: float = 0.5, *, rows: int = 400, wide: float = 0.1) -> LearningCurve:
        law = Law(a, b, c)
        sizes = tuple(rows >> step for step in reversed(range(5)))
        errors = tuple(law.at(size) for size in sizes)
        stays, twice = a / law.at(rows), law.at(2 * rows)
        return LearningCurve(
            sizes=sizes, errors=errors, lows=errors, highs=errors, a=a, b=b, c=c, rows=rows,
            asymptote=a, asymptote_low=a * (1 - wide), asymptote_high=a * (1 + wide),
            at_double=twice, at_double_low=twice * (1 - wide), at_double_high=twice * (1 + wide),
            remaining=stays, remaining_low=stays * (1 - wide), remaining_high=min(stays * (1 + wide), 1.0),
        )  # fmt: skip

    return make
