"""How does the target look against each of the most telling columns?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.explore.relations.drawn import Drawn
from naeum.explore.subject import Subject

SHOWN = 6  # columns, those that tell most first
MOST_CLASSES = 6  # of the target, the most frequent first
MOST_VALUES = 8  # of a category
BOX = (0.05, 0.25, 0.5, 0.75, 0.95)  # quantiles of a box and its whiskers
POINTS = 400  # of a scatter plot
LEAST_ROWS = 5  # that a box needs


def against(subject: Subject, sample: Drawn, names: Sequence[str]) -> list[dict[str, Any]]:
    """For each column what its figure needs: boxes by class, shares of classes by value, boxes by value, or points."""
    target = subject.target
    if target is None or sample.target is None:
        return []
    drawn = {*sample.numbers, *sample.codes} - {target}
    chosen = [name for name in names if name in drawn][:SHOWN]
    if target in sample.codes:
        codes, words = sample.codes[target], sample.values[target]
        kept = _frequent(codes, MOST_CLASSES)
        return [
            _boxes(name, sample.numbers[name], codes, kept, words)
            if name in sample.numbers
            else _shares(name, sample, codes, kept, words)
            for name in chosen
        ]
    y = sample.numbers[target]
    return [
        _points(name, sample.numbers[name], y, subject.seed)
        if name in sample.numbers
        else {**_boxes(name, y, sample.codes[name], _frequent(sample.codes[name], MOST_VALUES), sample.values[name]),
              "kind": "boxes of the target"}
        for name in chosen
    ]  # fmt: skip


def _frequent(codes: Ints, most: int) -> list[int]:
    counts = np.bincount(codes[codes >= 0])
    return [int(code) for code in np.argsort(-counts, kind="stable")[:most] if counts[code]]


def _boxes(
    name: str, numbers: npt.NDArray[np.float64], codes: Ints, kept: Sequence[int], words: Sequence[str]
) -> dict[str, Any]:
    groups, boxes = [], []
    for code in kept:
        inside = numbers[(codes == code) & np.isfinite(numbers)]
        if len(inside) >= LEAST_ROWS:
            groups.append(words[code])
            boxes.append([float(at) for at in np.quantile(inside, BOX)])
    return {"column": name, "kind": "boxes", "groups": groups, "boxes": boxes}


def _shares(name: str, sample: Drawn, codes: Ints, kept: Sequence[int], words: Sequence[str]) -> dict[str, Any]:
    values = _frequent(sample.codes[name], MOST_VALUES)
    shares = []
    for value in values:
        inside = codes[(sample.codes[name] == value) & (codes >= 0)]
        shares.append([float((inside == code).mean()) if len(inside) else 0.0 for code in kept])
    return {
        "column": name, "kind": "shares", "groups": [sample.values[name][value] for value in values],
        "classes": [words[code] for code in kept], "shares": shares,
    }  # fmt: skip


def _points(name: str, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], seed: int) -> dict[str, Any]:
    there = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    at = np.sort(np.random.default_rng(seed).permutation(there)[:POINTS])
    return {"column": name, "kind": "points", "x": x[at].tolist(), "y": y[at].tolist()}
