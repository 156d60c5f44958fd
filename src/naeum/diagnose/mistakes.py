"""Which wrong answers show best what is wrong?"""

from __future__ import annotations

import numpy as np

from naeum.contract import Dataset, Outputs
from naeum.errors import InputError
from naeum.measure.judged import row_errors

ROWS_SHOWN = 20  # rows a finding shows: one screen


def surest_mistakes(outputs: Outputs, dataset: Dataset, count: int = ROWS_SHOWN) -> tuple[int, ...]:
    """Ids of wrongly answered rows, the surest of the wrong answers first; of other answers than a class, the worst.

    Raises:
        InputError: the answers are not those of these rows.
    """
    if len(outputs) != len(dataset):
        raise InputError(
            f"there must be one answer a row; got {len(outputs)} answers to {len(dataset)} rows; predict these rows"
        )
    if dataset.task.output != "label":
        return _worst(outputs, dataset, count)
    wrong = np.flatnonzero((dataset.target >= 0) & (outputs.codes != dataset.target))
    sure = outputs.probabilities[wrong].max(axis=1)
    order = np.lexsort((dataset.ids[wrong], -sure))[:count]
    return tuple(int(row) for row in dataset.ids[wrong[order]])


def _worst(outputs: Outputs, dataset: Dataset, count: int) -> tuple[int, ...]:
    """Ids of the rows whose answers are furthest from the truth."""
    ids, errors = dataset.ids[dataset.target >= 0], row_errors(outputs, dataset)
    order = np.lexsort((ids, -errors))[:count]
    return tuple(int(row) for row in ids[order] if errors[order].any())
