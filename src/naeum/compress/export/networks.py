"""How does a network of texts that was trained from nothing lie in an exported folder?

Hashed n-grams are arrays alone. Of the others the reading is arrays, and what is computed on it a graph. small.py
reads them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.export import graph
from naeum.compress.export.modules import TORCH
from naeum.errors import InputError
from naeum.extras import need
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.small import SmallNetwork

ROWS, LONG = 3, 7  # of the batch that a graph is traced with


def write(fitted: SmallNetwork, folder: Path, name: str) -> tuple[dict[str, Any], graph.Traced | None]:
    """The node of a network whose files begin with `name`, and its graph if it has one.

    Raises:
        InputError: it is recurrent, or cannot be traced.
    """
    if isinstance(fitted.learner, HashedNgrams):
        return _bag(fitted, folder, name), None
    letters = isinstance(fitted.learner, CharConvolution)
    body: Any = getattr(fitted.learner, "network", None)
    if isinstance(body, Recurrence):  # its states are computed word by word, over packed rows
        raise InputError(
            "a network of words must be a small transformer to be exported; this one has a part of kind "
            f"{body.kind!r}; {TORCH}"
        )
    module, arrays, batch = _characters(fitted) if letters else _sequence(fitted)
    traced = graph.write(module.eval(), batch, folder / f"{name}.onnx", f"the {fitted.learner.kind}")
    np.savez(folder / f"{name}.npz", **arrays)
    node = {
        "kind": "characters" if letters else "sequence", "file": f"{name}.onnx", "arrays": f"{name}.npz",
        "opset": traced.opset, "max_length": _most(fitted.learner),
    }  # fmt: skip
    return node, traced


def _bag(fitted: SmallNetwork, folder: Path, name: str) -> dict[str, Any]:
    """The vectors of n-grams and the head; with few columns what the head says of each vector instead."""
    learner: Any = fitted.learner
    table, weights, bias = (
        fitted.trained.get_parameter(one).detach().cpu().numpy() for one in ("bags.weight", "head.weight", "head.bias")
    )
    weights = np.ascontiguousarray(weights.T)
    if weights.shape[1] <= weights.shape[0]:
        table, weights = np.asarray(table @ weights, np.float32), np.empty((0, 0), np.float32)
    np.savez(folder / f"{name}.npz", table=table, weights=weights, bias=bias)
    return {
        "kind": "bag", "file": f"{name}.npz", "characters": list(learner.characters), "words": learner.words,
    }  # fmt: skip


def _characters(fitted: SmallNetwork) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    ids = np.ones((ROWS, LONG), np.int64)
    ids[1, 4:] = 0
    return fitted.trained, {"known": fitted.known}, {"ids": ids, "syllables": np.zeros_like(ids)}


def _sequence(fitted: SmallNetwork) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    table = fitted.trained.words.bag.weight.detach().cpu().numpy()
    words = np.random.default_rng(0).normal(size=(ROWS, LONG, table.shape[1])).astype(np.float32)
    words[1, 4:] = 0
    return _above()(fitted.trained), {"known": fitted.known, "table": table}, {"words": words}


def _most(learner: Any) -> int:
    return int(learner.max_length if hasattr(learner, "max_length") else learner.reading.max_length)


@cache
def _above() -> Any:
    torch = need("torch", "an export")

    class Above(torch.nn.Module):  # type: ignore[name-defined, misc]
        """What a reader of words does with their vectors."""

        def __init__(self, reader: Any) -> None:
            super().__init__()
            self.reader = reader

        def forward(self, words: Any) -> Any:
            return self.reader.answers(words, (words != 0).any(dim=2))  # a row has ended where there is no vector

    return Above
