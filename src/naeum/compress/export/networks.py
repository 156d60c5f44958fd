"""How does a network of texts or words that was trained from nothing lie in an exported folder?

Hashed n-grams are arrays alone. Of the others the reading is arrays, and what is computed on it a graph. small.py
reads them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from naeum.compress.export.filing import Filing, Node
from naeum.compress.export.recurrence import by_nodes
from naeum.extras import need
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.tags.looks import WIDTH
from naeum.model.tags.sequence import WordTagger
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.small import SmallNetwork

ROWS, LONG = 3, 7  # of the batch that a graph is traced with
ENDED = 4  # units of its second row


def small(fitted: SmallNetwork, filing: Filing) -> Node:
    """The node of a network of texts, whose files are written.

    Raises:
        InputError: it cannot be traced.
    """
    if isinstance(fitted.learner, HashedNgrams):
        return _bag(fitted, filing)
    letters = isinstance(fitted.learner, CharConvolution)
    module, arrays, batch = _characters(fitted) if letters else _sequence(fitted)
    node = {"kind": "characters" if letters else "sequence", "max_length": _most(fitted.learner)}
    return filing.graph(fitted, node, (module, batch), arrays)


def tagger(fitted: WordTagger, filing: Filing) -> Node:
    """The node of a network that tags words.

    Raises:
        InputError: it cannot be traced.
    """
    table = fitted.trained.words.bag.weight.detach().cpu().numpy()
    words, _ = _vectors(table.shape[1] + WIDTH)
    places = np.flatnonzero((words != 0).any(axis=2)).astype(np.int64)
    module = _above()[1](_traceable(fitted), WIDTH)
    node = {"kind": "tagged_sequence", "max_length": _most(fitted.learner)}
    batch = {"words": words, "places": places}
    return filing.graph(fitted, node, (module, batch), {"known": fitted.known, "table": table})


def _bag(fitted: SmallNetwork, filing: Filing) -> Node:
    """The vectors of n-grams and the head; with few columns what the head says of each vector instead."""
    learner: Any = fitted.learner
    table, weights, bias = (
        fitted.trained.get_parameter(one).detach().cpu().numpy() for one in ("bags.weight", "head.weight", "head.bias")
    )
    weights = np.ascontiguousarray(weights.T)
    if weights.shape[1] <= weights.shape[0]:
        table, weights = np.asarray(table @ weights, np.float32), np.empty((0, 0), np.float32)
    node = {"kind": "bag", "characters": list(learner.characters), "words": learner.words}
    return filing.arrays(fitted, node, {"table": table, "weights": weights, "bias": bias})


def _characters(fitted: SmallNetwork) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    ids = np.ones((ROWS, LONG), np.int64)
    ids[1, ENDED:] = 0
    return fitted.trained, {"known": fitted.known}, {"ids": ids, "syllables": np.zeros_like(ids)}


def _sequence(fitted: SmallNetwork) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    table = fitted.trained.words.bag.weight.detach().cpu().numpy()
    words, _ = _vectors(table.shape[1])
    return _above()[0](_traceable(fitted)), {"known": fitted.known, "table": table}, {"words": words}


def _vectors(width: int) -> tuple[Any, Any]:
    """Rows of vectors of words, one of which ends before the others, and where there are words."""
    words = np.random.default_rng(0).normal(size=(ROWS, LONG, width)).astype(np.float32)
    words[1, ENDED:] = 0
    return words, (words != 0).any(axis=2)


def _most(learner: Any) -> int:
    return int(learner.max_length if hasattr(learner, "max_length") else learner.reading.max_length)


def _traceable(fitted: SmallNetwork | WordTagger) -> Any:
    """The reader of words as it is traced: recurrent layers as nodes of their own."""
    network = fitted.learner.network  # type: ignore[union-attr]
    return by_nodes(fitted.trained, network.cell) if isinstance(network, Recurrence) else fitted.trained


@cache
def _above() -> tuple[Any, Any]:
    torch = need("torch", "an export")

    class Above(torch.nn.Module):  # type: ignore[name-defined, misc]
        """What a reader of words does with their vectors."""

        def __init__(self, reader: Any) -> None:
            super().__init__()
            self.reader = reader

        def forward(self, words: Any) -> Any:
            return self.reader.answers(words, (words != 0).any(dim=2))  # a row has ended where there is no vector

    class AboveWords(torch.nn.Module):  # type: ignore[name-defined, misc]
        """The same for every word; `places` are those of real words among all (rows times longest)."""

        def __init__(self, reader: Any, looks: int) -> None:
            super().__init__()
            self.reader, self.looks = reader, looks

        def forward(self, words: Any, places: Any) -> Any:
            states = self.reader.body(words, (words != 0).any(dim=2).sum(dim=1))
            found = states.reshape(-1, states.shape[2])[places].float()
            seen = words.reshape(-1, words.shape[2])[places][:, -self.looks :]
            return self.reader.head(torch.cat([found, seen], dim=1))

    return Above, AboveWords
