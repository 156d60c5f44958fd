"""Which smaller models can be made of a fitted one, and how good, quick and large is each?

Exported as it is, with fewer words, in eight bits, and with both: in the order in which one builds on the other.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress import exported, folder
from naeum.compress.front import Point
from naeum.compress.loss.compared import Loss, compared, layers_of
from naeum.compress.quantized import Quantized, cut_words
from naeum.contract import Dataset, Predictor, subset
from naeum.errors import InputError, ParityError
from naeum.measure import bootstrap, cost, metric

FLOAT, FEWER, EIGHT, BOTH = "exported", "fewer words", "eight bits", "fewer words, eight bits"
SECONDS = 2.0  # for the cost of each
SEED = 0  # of the bootstrap

Say = Callable[[str], None]


def variants(
    predictor: Predictor, parts: tuple[Dataset, Dataset], place: Path, max_loss: float, say: Say
) -> Iterator[Point]:
    """Every variant that can be made, measured on tune; each lies in a folder of its own inside `place`.

    Args:
        predictor: of texts.
        parts: rows of fit, and rows of tune with labels.
        place: an empty folder.
        max_loss: relative, that fewer words, and layers in eight bits, may cost.
        say: is told why one could not be made.

    Raises:
        InputError: the predictor cannot be exported.
        ParityError: its export does not answer as it does.
    """
    fit, tune = parts
    folder.export(predictor, place / "float", tune.rows)
    yield _point(FLOAT, place / "float", tune)
    made = {FLOAT: place / "float"}
    steps = (
        (FEWER, "words", FLOAT, cut_words("used", fit, tune, max_loss)),
        (EIGHT, "int8", FLOAT, Quantized(max_loss=max_loss).change(fit, tune)),
        (BOTH, "words-int8", FEWER, Quantized(max_loss=max_loss).change(fit, tune)),
    )
    for name, short, before, change in steps:
        if before not in made:
            continue
        try:
            _changed(made[before], place / short, change)
        except (InputError, ParityError) as error:
            say(f"{name}: {error}")
            continue
        made[name] = place / short
        yield _point(name, made[name], tune)


def measured(name: str, predictor: Predictor, tune: Dataset, place: Path | None = None) -> Point:
    """A model's point: its score with interval on tune, its latency here and its size."""
    known = labelled(tune)
    if not len(known):
        raise InputError("a model must be measured on labelled rows of tune; this run has none; give it more rows")
    outputs = predictor.predict(known.rows)
    found = bootstrap(metric(known.task.metric), outputs, known, seed=SEED)
    spent = cost(predictor, known.rows, seconds=SECONDS)
    size = spent.size_mb if place is None else _megabytes(place)
    return Point(name, found.value, found.low, found.high, spent.latency_ms, size, place, outputs)


def labelled(tune: Dataset) -> Dataset:
    """The rows that points are measured on."""
    return subset(tune, np.flatnonzero(tune.target >= 0), tune.key)


def losses(points: Sequence[Point], own: Point, parts: tuple[Dataset, Dataset]) -> dict[str, Loss]:
    """What each point lost beside the champion, by its name.

    Args:
        points: as `measured` gave them.
        own: the champion as it is, among them.
        parts: rows of fit, and rows of tune with labels.
    """
    fit, tune = parts[0], labelled(parts[1])
    found = {}
    for point in points:
        if point is not own and point.outputs is not None and own.outputs is not None:
            card = {} if point.place is None else json.loads((point.place / folder.CARD).read_text(encoding="utf-8"))
            found[point.name] = compared(own.outputs, point.outputs, tune, fit=fit, layers=layers_of(card))
    return found


def _point(name: str, place: Path, tune: Dataset) -> Point:
    return measured(name, exported.opened(place), tune, place)


def _changed(before: Path, after: Path, change: folder.Change) -> None:
    """A copy of a folder with something done to it; nothing is left of one that failed."""
    shutil.copytree(before, after)
    try:
        card: dict[str, Any] = json.loads((after / folder.CARD).read_text(encoding="utf-8"))
        folder.describe(after, change(after, card))
    except BaseException:
        shutil.rmtree(after, ignore_errors=True)
        raise


def _megabytes(place: Path) -> float:
    return sum(file.stat().st_size for file in place.iterdir()) / 1e6
