"""What does another process, with other hashes of strings, make of the same learner? It is asked over a pipe."""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from naeum import values
from naeum.contract import Floats
from naeum.testing.bench import Bench

SECONDS = 120  # that a tiny fit, with all its imports, may take on a busy machine


def scores_elsewhere(bench: Bench) -> Floats:
    """(rows of tune, classes) scores of `bench.learner` fitted in a fresh process.

    Raises:
        RuntimeError: the other process failed; its last words are in the message.
    """
    folder = bench.folder / "elsewhere"
    folder.mkdir(exist_ok=True)
    order = {
        "learner": values.to_json(bench.learner),
        "earlier": None if bench.earlier is None else values.to_json(bench.earlier),
        "kinds": {kind: [cls.__module__, cls.__qualname__] for kind, cls in bench.kinds.items()},
        "world": bench.world,
        "folder": str(folder),
        "paths": sys.path,
    }
    ended = subprocess.run(
        [sys.executable, "-c", "from naeum.testing.elsewhere import answer; answer()"],
        input=json.dumps(order),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
    )
    if ended.returncode:
        raise RuntimeError(f"the other process must end well; it said: {ended.stderr[-800:]}; mend what it names")
    return np.asarray(np.load(folder / "scores.npy"), np.float32)


def answer() -> None:
    """Read an order from standard input, fit, and write the scores: what the other process runs."""
    order: Mapping[str, Any] = json.load(sys.stdin)
    sys.path[:] = order["paths"]
    kinds = {kind: _class(*place) for kind, place in order["kinds"].items()}
    empty = Bench(None, Path(order["folder"]), kinds)
    learner, earlier = (
        None if document is None else values.from_json(document, empty.known)
        for document in (order["learner"], order["earlier"])
    )
    bench = Bench(learner, empty.folder, kinds, world=order["world"], earlier=earlier)
    np.save(empty.folder / "scores.npy", bench.scores)


def _class(module: str, name: str) -> Any:
    found: Any = importlib.import_module(module)
    for part in name.split("."):
        found = getattr(found, part)
    return found
