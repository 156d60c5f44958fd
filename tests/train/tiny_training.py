"""What is trained where a process is killed? Called with a folder, this file trains there until it is done or dead."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch

from naeum.testing.runs import TinyRun
from naeum.train import loop
from naeum.train.job import Examples, Job
from naeum.train.recipe import Course, Objective, Optimization

WORDS, WIDTH, CLASSES = 40, 8, 3


class Bag(torch.nn.Module):
    """Mean of word vectors, dropout, a linear map."""

    def __init__(self, sparse: bool) -> None:
        super().__init__()
        self.words = torch.nn.Embedding(WORDS, WIDTH, sparse=sparse)
        self.dropout = torch.nn.Dropout(0.2)
        self.head = torch.nn.Linear(WIDTH, CLASSES)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        summed = (self.words(ids) * mask[..., None]).sum(dim=1) / mask.sum(dim=1, keepdim=True)
        return self.head(self.dropout(summed))


def examples(rows: int, seed: int) -> Examples:
    """Rows of words; the class of a row is that of its first word."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(1, 9, rows)
    target = rng.integers(0, CLASSES, rows)
    texts = [
        np.concatenate([[code], rng.integers(CLASSES, WORDS, length - 1)])
        for code, length in zip(target, lengths, strict=True)
    ]

    def collate(which: Any) -> dict[str, torch.Tensor]:
        widest = max(len(texts[row]) for row in which)
        ids = np.zeros((len(which), widest), np.int64)
        mask = np.zeros((len(which), widest), np.float32)
        for at, row in enumerate(which):
            ids[at, : len(texts[row])] = texts[row]
            mask[at, : len(texts[row])] = 1.0
        return {"ids": torch.from_numpy(ids), "mask": torch.from_numpy(mask)}

    return Examples(lengths, collate, target, np.ones(rows, np.float32))


def make(
    *, rows: int = 200, patience: int = 50, sparse: bool = True, optimizer: str = "adamw", average: float = 0.9,
    epochs: float = 4.0, stop_after: float = 0.0,
) -> Job:  # fmt: skip
    """A job that is learned in a second."""
    torch.manual_seed(3)
    course = Course(average=average, stop_after=stop_after)
    return Job(
        module=Bag(sparse),
        fit=examples(rows, seed=0),
        tune=examples(60, seed=1),
        classes=CLASSES,
        optimization=Optimization(epochs, 0.02, batch_size=16, optimizer=optimizer, course=course),
        objective=Objective(label_smoothing=0.05),
        patience=patience,
    )


class SlowRun(TinyRun):
    """A run whose steps take a moment, so that it can be killed between two."""

    def seconds_left(self) -> float:
        time.sleep(0.02)
        return self.seconds


if __name__ == "__main__":
    loop.CHECKPOINT_SECONDS, loop.CHECKPOINT_SHARE = 0.0, 0
    loop.train(make(optimizer=sys.argv[2]), SlowRun(Path(sys.argv[1])))
