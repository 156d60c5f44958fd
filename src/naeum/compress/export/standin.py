"""What answers when an exported model fails or takes too long? A quick one of n-grams inside its folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.compress.export import folder, parity, parts
from naeum.compress.export.filing import Node
from naeum.compress.reading import opening, reader
from naeum.contract import Predictor
from naeum.errors import InputError, MissingExtra

if TYPE_CHECKING:
    import pyarrow as pa

LIMIT_MS = 250.0  # of a row: what a person who waits takes as at once
START = "fallback-"  # of the names of its files


def add(place: Path, card: dict[str, Any], predictor: Predictor, rows: pa.Table, limit_ms: float) -> dict[str, Any]:
    """Put a quick model into an exported folder.

    Args:
        place: the folder; only the caller has it.
        card: what its model.json says.
        predictor: the quick model.
        rows: of the user, to compare answers on.
        limit_ms: milliseconds a row after which it answers.

    Returns:
        The new card.

    Raises:
        InputError: the limit is not above 0, or the model is not quick or of other answers.
        ParityError: the part does not answer as the predictor does.
    """
    check(card, limit_ms)
    task = predictor.task.to_json()
    if any(task.get(name) != card["task"].get(name) for name in ("inputs", "classes", "output")):
        raise InputError("a fallback must give the answers of its model; this one gives others; take a rung of its run")
    with tempfile.TemporaryDirectory(prefix="naeum-fallback-") as made:
        tree = parts.write(predictor, Path(made))
        if not quick(tree.root):
            raise InputError(
                "a fallback must be of n-grams to answer at once; this one has an encoder; take another rung"
            )
        inner = {"task": card["task"], "model": tree.root, **tree.around}
        folder.describe(Path(made), {**inner, "made_with": card["made_with"]})
        found = parity.gate(reader.Model(made), predictor, rows, tree.parts)
        for node in folder.nodes(tree.root):
            if "file" in node:
                name = START + node["file"]
                shutil.copyfile(Path(made) / node["file"], place / name)
                node["file"] = name
    stands = {"limit_ms": limit_ms, "model": tree.root, **tree.around, "parity": asdict(found)}
    return {**card, "fallback": stands}


def after(change: folder.Change | None, predictor: Predictor, rows: pa.Table, limit_ms: float) -> folder.Change:
    """What is done to an exported folder so that it has a fallback, after what else is done to it."""
    return lambda place, card: add(place, card if change is None else change(place, card), predictor, rows, limit_ms)


def check(card: dict[str, Any], limit_ms: float) -> None:
    """Refuse a limit that is none, and a model that is as quick as its fallback.

    Raises:
        InputError: one of these.
    """
    if not limit_ms > 0:
        raise InputError(f"a fallback must have milliseconds above 0 to wait; got {limit_ms:g}; {LIMIT_MS:g} is usual")
    if quick(card["model"]):
        raise InputError(
            "a model must have an encoder to need a fallback; this one is of n-grams, which answer at once; leave "
            "--fallback out"
        )


def quick(root: Node) -> bool:
    """Whether a model has no encoder."""
    return not any(node["kind"] in opening.GRAPHS for node in folder.nodes(root))


def best(predictors: Iterable[tuple[int, Predictor]]) -> tuple[int, Predictor]:
    """The first that can stand in, with its number.

    Args:
        predictors: number of a rung and its model, the best first; they are loaded as they are asked for.

    Raises:
        InputError: none can.
    """
    for number, predictor in predictors:
        try:
            with tempfile.TemporaryDirectory(prefix="naeum-fallback-") as made:
                if parts.light(predictor) and quick(parts.write(predictor, Path(made)).root):
                    return number, predictor
        except (InputError, MissingExtra):
            continue
    raise InputError(
        "a fallback must be a rung of n-grams alone; this run has none that can be exported; leave --fallback out"
    )
