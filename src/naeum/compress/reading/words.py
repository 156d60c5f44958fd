"""What does an exported tagger answer of every word? A part of the program `predict.py`, which imports no naeum."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.streams import BUDGET, filled
from naeum.engine.tokens import framed
from naeum.model.tags.chain import Chain, log_marginals
from naeum.model.tags.looks import looks
from naeum.model.tags.patterns import patterns
from naeum.model.tags.sentences import Sentences
from naeum.model.tags.windows import Laid, lay, spelled


def sentences_of(rows: list[list[str]]) -> Sentences:
    """Rows of words as sentences."""
    return Sentences([word for row in rows for word in row], np.cumsum([0, *map(len, rows)]))


class Words:
    """An ONNX file that answers every word of a sentence, behind a tokenizer."""

    budget = BUDGET

    def __init__(self, folder: Path, node: dict[str, Any], session: Any, tokenizer: Any, columns: int) -> None:
        tokenizer.no_truncation()  # what is too long is read in windows
        self.session, self.tokenizer, self.columns = session, tokenizer, columns
        self.inputs = {one.name for one in session.get_inputs()}
        self.before, self.after = framed(tokenizer.encode("a"))
        self.padding, self.joint = node["padding"], node["joint"]
        self.room = max(1, node["max_length"] - len(self.before) - len(self.after))

    def __call__(self, rows: list[list[str]]) -> Any:
        """(words, classes) of rows of words."""
        return filled(self, rows, sum(map(len, rows)))

    def batches(self, rows: list[list[str]]) -> Iterator[tuple[Any, dict[str, Any]]]:
        """Which words stand in each batch of windows of like lengths, and what the graph is given."""
        sentences = sentences_of(rows)
        if not sentences.words:
            return
        cells, texts = spelled(sentences, self.joint)
        encoded = self.tokenizer.encode_batch(texts, add_special_tokens=False)
        found = [(one.ids, np.array(one.offsets, np.int64).reshape(-1, 2)) for one in encoded]
        laid = lay(cells, found, (self.before, self.after, self.padding), self.room, self.joint)
        seen = looks(sentences)
        order = sorted(range(len(laid.ids)), key=lambda at: -len(laid.ids[at]))
        start = 0
        while start < len(order):
            longest = len(laid.ids[order[start]])
            which = order[start : start + max(1, self.budget // longest)]
            start += len(which)
            where = np.concatenate([np.arange(laid.units[at], laid.units[at + 1]) for at in which])
            yield where, self._given(laid, which, longest) | ({"looks": seen[where]} if "looks" in self.inputs else {})

    def _given(self, laid: Laid, which: list[int], longest: int) -> dict[str, Any]:
        """The padded pieces of some windows, and where in the batch each of their words stands."""
        ids = np.full((len(which), longest), self.padding, np.int64)
        mask, cases = np.zeros_like(ids), np.zeros_like(ids)
        first, end = [], []
        for place, at in enumerate(which):
            size, words = len(laid.ids[at]), slice(laid.units[at], laid.units[at + 1])
            ids[place, :size], mask[place, :size], cases[place, :size] = laid.ids[at], 1, laid.cases[at]
            first.append(laid.first[words] + place * longest)
            end.append(laid.end[words] + place * longest)
        given = {
            "input_ids": ids, "attention_mask": mask, "first": np.concatenate(first), "end": np.concatenate(end),
            "cases": cases,
        }  # fmt: skip
        return {name: array for name, array in given.items() if name in self.inputs}


class Chained:
    """Transitions between tags, over the log-probabilities of another part."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        with np.load(folder / node["file"], allow_pickle=False) as stored:
            self.scale, self.chain = float(stored["scale"]), Chain(stored["step"], stored["first"])

    def __call__(self, told: Any, sizes: list[int]) -> Any:
        """(words, classes) log-probabilities, of log-probabilities of rows of so many words."""
        return np.asarray(log_marginals(self.scale * told, self.chain, np.cumsum([0, *sizes])), np.float32)


class Patterned:
    """Weights of what is seen of words and their neighbours, and transitions between tags."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        with np.load(folder / node["file"], allow_pickle=False) as stored:
            self.known, self.weights = stored["known"], stored["weights"]
            self.chain = Chain(stored["step"], stored["first"])
        self.pieces = node["pieces"]

    def __call__(self, rows: list[list[str]]) -> Any:
        """(words, classes) log-probabilities of rows of words."""
        sentences = sentences_of(rows)
        at, offsets = patterns(sentences, pieces=self.pieces).among(self.known)
        word = np.repeat(np.arange(len(sentences.words)), np.diff(offsets))
        told = [np.bincount(word, column[at], len(sentences.words)) for column in self.weights.T]
        emissions = np.stack(told, axis=1).astype(np.float64)
        return np.asarray(log_marginals(emissions, self.chain, sentences.offsets), np.float32)
