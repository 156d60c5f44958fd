"""How does an ONNX file answer batch after batch? A part of the program `predict.py`, which imports no naeum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

BUDGET = 1_024  # padded tokens of a batch: larger ones leave the processor's cache


def session(path: Path, threads: int) -> Any:
    """An ONNX file opened by onnxruntime."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3  # errors only
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def answered(opened: Any, batches: Iterable[tuple[Any, dict[str, Any]]]) -> Iterator[tuple[Any, Any]]:
    """What an opened file answers to every batch, several at a time where it can."""
    each = getattr(opened, "each", None)
    yield from each(batches) if each else ((where, opened.run(None, given)[0]) for where, given in batches)


def filled(part: Any, rows: list[list[Any]], count: int) -> Any:
    """(count, columns) what the graph of a part answers, each batch put where it belongs.

    Args:
        part: it has a session, columns, and batches of rows: (where, what the graph is given).
        rows: of cells, or of words.
        count: answers in all.
    """
    scores = np.empty((count, part.columns), np.float32)
    for where, answer in answered(part.session, part.batches(rows)):
        scores[where] = answer
    return scores
