"""Did the meaning of a model's probabilities move?

Labels of one row, cells of several labels and words of a sentence are each a decision with a confidence; numbers and
stretches of text have none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from naeum.contract import Dataset, Outputs
from naeum.measure.calibration import ece
from naeum.measure.scored import Scored
from naeum.measure.words import tag_codes


@dataclass(frozen=True)
class Confidence:
    """How well confidence tells how often an answer is right."""

    error: float  # expected calibration error, 0 to 1
    over: float  # mean confidence less the share that is right: above 0 it claims too much


def confidence(outputs: Outputs, data: Dataset) -> Confidence | None:
    """Of answers to labelled rows; None where answers have no confidence.

    Args:
        outputs: one for each of `data`.
        data: labelled rows alone.
    """
    scored = _decisions(outputs, data)
    if scored is None or not len(scored):
        return None
    over = float(np.average(scored.confidence - scored.right, weights=scored.weight))
    return Confidence(float(ece(scored, scored.weight[None])[0]), over)


def _decisions(outputs: Outputs, data: Dataset) -> Scored | None:
    """Every decision as a row with one label."""
    output = data.task.output
    if output == "label":
        return Scored.of(outputs, data)
    told = np.asarray(outputs.probabilities, np.float64)
    if output == "tags":
        codes, offsets = tag_codes(data)
        rows = np.repeat(np.arange(len(data)), np.diff(offsets))
        return Scored(data.task, codes, outputs.codes, told, np.asarray(data.weight, np.float64)[rows], rows)
    if output == "labels" and data.truth is not None:
        truth = np.zeros(told.shape, np.int64)
        for row, held in enumerate(data.truth.to_pylist()):
            truth[row, list(held or ())] = 1
        cut = 0.5 if outputs.cut is None else outputs.cut
        rows = np.repeat(np.arange(len(data)), told.shape[1])
        both = np.stack([1 - told.ravel(), told.ravel()], axis=1)
        weight = np.asarray(data.weight, np.float64)[rows]
        return Scored(data.task, truth.ravel(), (told >= cut).astype(np.int64).ravel(), both, weight, rows)
    return None
