"""Which images are learned from, and what is answered to one that cannot be decoded?

Nothing is learned from it, and the answer is the floor: how often each class occurred. So one broken file neither stops
a run nor gets an answer that looks sure.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Floats, Ints, Parts, Run, subset
from naeum.errors import InputError
from naeum.model.image.pixels import Pictures, pictures
from naeum.model.text.examples import labelled

Seen = tuple[Dataset, Pictures]


def learned_from(parts: Parts, run: Run, size: int, kind: str) -> tuple[Seen, Seen]:
    """The labelled rows of fit and of tune whose image can be decoded and whose weight counts, with their pixels.

    Raises:
        InputError: no row of fit is left.
    """
    fit, tune = (_seen(data, run, size) for data in (parts.fit, parts.tune))
    if not len(fit[0]):
        raise InputError(
            f"{kind} must have labelled images that can be decoded to learn from; got none of {len(parts.fit)} rows; "
            f"give labels, or look at the files"
        )
    return fit, tune


def told(run: Run) -> Callable[[int, int], None]:
    """What tells a run how many images are decoded."""

    def tell(step: int, steps: int) -> None:
        run.report(step, steps, None, "images decoded")

    return tell


def answers(pixels: Pictures, scores: Callable[[Ints], Floats], floor: Floats) -> Floats:
    """(rows, columns) the scores of images that could be decoded, the floor for the others.

    Args:
        pixels: of the rows.
        scores: numbers of rows -> (rows, columns) their scores.
        floor: (columns,).
    """
    found = np.repeat(np.asarray(floor, np.float32)[None], len(pixels), axis=0)
    known = np.flatnonzero(pixels.known)
    if len(known):
        found[known] = scores(known)
    return found


def heard(data: Dataset, known: npt.NDArray[np.bool_] | None = None) -> Dataset:
    """The labelled rows that count, and are `known` (one entry each) where that is told; their weights have mean one.

    Example:
        >>> from naeum.testing.worlds.images import make
        >>> len(heard(replace(make(3), weight=np.array([1, 0, 2], np.float32))))
        2
    """
    rows = labelled(data)
    rows = labelled(subset(rows, np.flatnonzero(rows.weight > 0), rows.key))
    return rows if known is None else labelled(subset(rows, np.flatnonzero(known), rows.key))


def _seen(data: Dataset, run: Run, size: int) -> Seen:
    rows = heard(data)
    if not len(rows):
        return rows, Pictures(np.empty((0, size, size, 3), np.uint8), np.empty(0, np.int64), size)
    found = pictures(rows.rows, rows.task, size, run.cache, told(run))
    known = np.flatnonzero(found.known)
    if len(known) < len(rows):
        run.report(0, 1, None, f"images that cannot be decoded, not learned from: {len(rows) - len(known)}")
    return heard(rows, found.known), replace(found, places=found.places[known])
