"""What does an exported model answer? This file and its folder need onnxruntime, tokenizers and numpy, nothing else.

python predict.py "a text" "another"         one JSON answer a line
python predict.py < texts.txt                a text a line; with several input columns a JSON list a line

from predict import Model
Model(".").predict(["a text"])               [{"prediction": "…", "confidence": 0.98}]

Where words are tagged, a row is a list of words, or a text whose words stand between blanks.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.guard import Guard, failing
from naeum.compress.reading.small import SMALL, Bag, Letters, Ordered
from naeum.compress.reading.streams import BUDGET, answered, session
from naeum.compress.reading.words import Chained, Words
from naeum.decoding import tags
from naeum.model.tags.chain import LEAST

CARD = "model.json"
ARRAYS = ("ngrams", "bag")  # kinds of parts that are arrays alone
GRAPHS = ("graph", "words")  # kinds of parts that are an ONNX file behind a tokenizer
WORD = re.compile(r"\w+|[^\w\s]")
HAIR = 1e-6  # single precision: what is a tie up to rounding is one
CHUNK = 8_192  # rows tokenised and sorted by length together
GRAMS = 512  # rows whose n-grams are counted together


class Model:
    """The model in a folder; `threads` of computation, 0: as many as the machine has cores.

    `opened` opens an ONNX file, instead of onnxruntime; `budget` are padded tokens of a batch; `card` is what stands
    for model.json.
    """

    def __init__(
        self, folder: str | Path, threads: int = 0, opened: Any = None, budget: int = BUDGET, card: Any = None
    ) -> None:
        self.folder = Path(folder)
        self.card = card or json.loads((self.folder / CARD).read_text(encoding="utf-8"))
        self.task = self.card["task"]
        self.columns = 1 if self.task["output"] == "number" else len(self.task["classes"])
        self.opened, self.budget = opened, budget
        stands = self.card.get("fallback")
        self.other = None if stands is None else Model(folder, card={"task": self.task, **stands})
        self.guard = None if self.other is None else Guard(self.other.predict, stands["limit_ms"])
        try:
            self.root = self._part(self.card["model"], threads)
        except Exception as error:
            if self.guard is None:
                raise
            self.root = failing(error)

    def predict(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """An answer a row. A row is a text, or a list with the text of each input column.

        Where the folder has a fallback, it answers all rows of a call that fails or takes longer than its limit; each
        answer says who gave it: "by" is "main" or "fallback", and then "why".
        """
        ready = self.ready(rows)
        return self._main(ready) if self.guard is None else self.guard(self._main, ready)

    def _main(self, ready: list[list[str]]) -> list[dict[str, Any]]:
        return self.decided(self._scores(ready), [len(row) for row in ready])

    def decided(self, scores: Any, sizes: Sequence[int] = ()) -> list[dict[str, Any]]:
        """The answers that scores give; where words are tagged, of rows of so many words."""
        output, classes = self.task["output"], self.task["classes"]
        told = likely(scores, output)
        if output == "tags":
            return self._tagged(scores, told, np.cumsum([0, *sizes]))
        if output == "number":
            reach = self.card.get("reach")
            ends = [{} if reach is None else {"low": float(x - reach), "high": float(x + reach)} for x in scores[:, 0]]
            return [{"prediction": float(x), **end} for x, end in zip(scores[:, 0], ends, strict=True)]
        if output == "labels":
            yes = told >= np.asarray(self.card.get("cut") or 0.5, np.float32)
            sure = np.where(yes, told, 1 - told).prod(axis=1)
            names = [[classes[at] for at in np.flatnonzero(row)] for row in yes]
            return [{"prediction": name, "confidence": float(x)} for name, x in zip(names, sure, strict=True)]
        best = ranked(told, self.card) if self.task.get("ordered") else scores.argmax(axis=1)
        return [{"prediction": classes[at], "confidence": float(row[at])} for at, row in zip(best, told, strict=True)]

    def scores(self, rows: Sequence[Any]) -> Any:
        """(rows, classes) float32 logits or log-probabilities of classes, log odds of labels; (rows, 1) numbers.

        They are the main model's, however long it takes. Where words are tagged (words, classes), row after row.
        """
        return self._scores(self.ready(rows))

    def ready(self, rows: Sequence[Any]) -> list[list[str]]:
        """The cells of each row, or its words, as valid Unicode."""
        words = self.task["output"] == "tags"
        cells = [_words(row) if words else [row] if isinstance(row, str) or row is None else row for row in rows]
        return [[_valid(cell) for cell in row] for row in cells]

    def _scores(self, ready: list[list[str]]) -> Any:
        if not ready:
            return np.empty((0, self.columns), np.float32)
        return np.concatenate([self.root(ready[at : at + CHUNK]) for at in range(0, len(ready), CHUNK)])

    def _tagged(self, scores: Any, told: Any, offsets: Any) -> list[dict[str, Any]]:
        """The tags of each row's words, and the probability that all of them are right."""
        classes, best = self.task["classes"], tags(scores, offsets, self.task["classes"])
        logs = np.log(np.maximum(told[np.arange(len(told)), best], np.finfo(np.float32).tiny), dtype=np.float64)
        return [
            {"prediction": [classes[at] for at in best[low:high]], "confidence": float(np.exp(logs[low:high].sum()))}
            for low, high in pairwise(offsets)
        ]

    def _part(self, node: dict[str, Any], threads: int) -> Any:
        kind, output = node["kind"], self.task["output"]
        if kind in (*GRAPHS, *SMALL):
            return graph(self.folder, node, self.columns, threads, self.opened, self.budget)
        if kind in ARRAYS:
            return arrays(self.folder, node)
        if kind == "constant":
            return lambda rows: np.repeat(
                np.asarray([node["scores"]], np.float32), units(rows) if output == "tags" else len(rows), axis=0
            )
        members = [self._part(member, threads) for member in node["members"]]
        if kind == "chained":
            chain = Chained(self.folder, node)
            return lambda rows: chain(pooled(members[0](rows), output), [len(row) for row in rows])
        if kind == "blend":
            weights = node["weights"]
            return lambda rows: np.asarray(
                sum(w * pooled(m(rows), output) for w, m in zip(weights, members, strict=True)), np.float32
            )
        if kind == "cascade":
            return lambda rows: cascaded(members[0], members[1], rows, node["threshold"])
        if kind == "calibrated":
            return lambda rows: np.asarray(pooled(members[0](rows), "label") / node["temperature"], np.float32)
        raise ValueError(f"a part must be of a known kind; got {kind!r}; take the predict.py of its own folder")


def cascaded(quick: Any, careful: Any, rows: list[list[str]], threshold: float) -> Any:
    """(rows, classes) log-probabilities of the quick part where one reaches the threshold, else of the careful one."""
    scores = pooled(quick(rows), "label")
    unsure = np.flatnonzero(np.exp(scores.max(axis=1)) < threshold)
    if len(unsure):
        scores[unsure] = pooled(careful([rows[at] for at in unsure]), "label")
    return np.asarray(scores, np.float32)


def graph(
    folder: Path, node: dict[str, Any], columns: int, threads: int, opened: Any = None, budget: int = BUDGET
) -> Any:
    """The part of an ONNX file: `batches(rows)` gives what its `session` is given."""
    file, kind = folder / node["file"], node["kind"]
    ready = opened(file) if opened else session(file, threads)
    if kind in SMALL:
        return (Letters if kind == "characters" else Ordered)(folder, node, ready, columns)
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / node["tokenizer"]))
    part = (Words if kind == "words" else Graph)(folder, node, ready, tokenizer, columns)
    part.budget = budget
    return part


def arrays(folder: Path, node: dict[str, Any]) -> Any:
    """The part of arrays alone, that numpy answers with."""
    return Ngrams(folder, node) if node["kind"] == "ngrams" else Bag(folder, node)


class Graph:
    """An ONNX file behind a tokenizer."""

    budget = BUDGET

    def __init__(self, folder: Path, node: dict[str, Any], session: Any, tokenizer: Any, columns: int) -> None:
        self.session, self.tokenizer, self.columns = session, tokenizer, columns
        self.inputs = {one.name for one in session.get_inputs()}
        self.padding, self.pair = node["padding"], node["pair"]

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, classes) of rows of cells: batches of like lengths, each padded to its longest."""
        scores = np.empty((len(rows), self.columns), np.float32)
        for where, answer in answered(self.session, self.batches(rows)):
            scores[where] = answer
        return scores

    def batches(self, rows: list[list[str]]) -> Iterator[tuple[list[int], dict[str, Any]]]:
        """Which rows stand in each batch, and what the graph is given."""
        texts: Any = [tuple(row) if self.pair else " ".join(filter(None, row)) for row in rows]
        found = [(one.ids or [self.padding], one.type_ids or [0]) for one in self.tokenizer.encode_batch_fast(texts)]
        order = sorted(range(len(found)), key=lambda at: -len(found[at][0]))
        start = 0
        while start < len(order):
            longest = len(found[order[start]][0])
            where = order[start : start + max(1, self.budget // longest)]
            start += len(where)
            yield where, self._padded([found[at] for at in where], longest)

    def _padded(self, found: list[tuple[list[int], list[int]]], longest: int) -> dict[str, Any]:
        ids = np.full((len(found), longest), self.padding, np.int64)
        mask, types = np.zeros_like(ids), np.zeros_like(ids)
        for at, (row, kinds) in enumerate(found):
            ids[at, : len(row)], mask[at, : len(row)], types[at, : len(row)] = row, 1, kinds
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
        return {name: array for name, array in given.items() if name in self.inputs}


class Ngrams:
    """Weights of known runs of words and characters, tf-idf weighted, every row of length one."""

    def __init__(self, folder: Path, node: dict[str, Any]) -> None:
        self.node = node
        with np.load(folder / node["file"], allow_pickle=False) as stored:
            self.arrays = dict(stored)
        ends, blob = self.arrays["word_offsets"].tolist(), self.arrays["words"].tobytes()
        words = [blob[low:high].decode("utf-8", "surrogatepass") for low, high in pairwise(ends)]
        self.number = {word: at for at, word in enumerate(words)}

    def __call__(self, rows: list[list[str]]) -> Any:
        """(rows, classes) of rows of cells."""
        texts = [" ".join(filter(None, row)) for row in rows]
        texts = [text.lower() for text in texts] if self.node["lowercase"] else texts
        scores = np.concatenate([self._scores(texts[at : at + GRAMS]) for at in range(0, len(texts), GRAMS)])
        return np.concatenate([np.zeros_like(scores), scores], axis=1) if self.node["second"] else scores

    def _scores(self, texts: list[str]) -> Any:
        found, first = [], 0
        for name, (low, high) in (("word", self.node["words"]), ("char", self.node["chars"])):
            if high:
                levels = [self.arrays[f"{name}_grams.{n}"] for n in range(1, high + 1)]
                found.append(known(*self._codes(name, texts), levels, low, first))
                first += sum(len(level) for level in levels[low - 1 :])
        pairs = np.concatenate([np.stack(one) for one in found], axis=1)  # (2, occurrences): row, n-gram
        keys, counts = np.unique(pairs[0] * max(first, 1) + pairs[1], return_counts=True)
        row, gram = keys // max(first, 1), keys % max(first, 1)
        counted = counts.astype(np.float32)
        values = (1 + np.log(counted) if self.node["sublinear"] else counted) * self.arrays["idf"][gram]
        norms = np.sqrt(np.bincount(row, weights=values.astype(np.float64) ** 2, minlength=len(texts)))
        values = (values / norms[row]).astype(np.float32)
        ends = np.searchsorted(row, np.arange(len(texts) + 1))
        weights, biases = self.arrays["weights"], self.arrays["biases"]
        return np.stack([values[low:high] @ weights[gram[low:high]] for low, high in pairwise(ends)]) + biases

    def _codes(self, name: str, texts: list[str]) -> tuple[Any, Any]:
        """The symbols of all texts, -1 = unknown, and where each text starts."""
        if name == "word":
            split = [WORD.findall(text) for text in texts]
            codes = np.array([self.number.get(word, -1) for words in split for word in words], np.int64)
            return codes, np.cumsum([0, *(len(words) for words in split)])
        ready = [f" {' '.join(words)} " if (words := text.split()) else "" for text in texts]
        points, alphabet = np.frombuffer("".join(ready).encode("utf-32-le"), np.uint32), self.arrays["alphabet"]
        at = np.searchsorted(alphabet, points)
        there = alphabet[np.minimum(at, len(alphabet) - 1)] == points if len(alphabet) else at < 0
        return np.where(there, at, -1), np.cumsum([0, *(len(text) for text in ready)])


def known(codes: Any, offsets: Any, levels: list[Any], low: int, first: int) -> tuple[Any, Any]:
    """The row and the number, from `first` on, of every known run of `low` to `len(levels)` symbols."""
    row = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    ends, symbols = np.repeat(offsets[1:], np.diff(offsets)), len(levels[0])
    at = np.flatnonzero(codes >= 0)
    number, rows, numbers = codes[at], [], []
    for n, level in enumerate(levels, 1):
        if n > 1:  # a run is known by the number of its first n - 1 symbols, which are a known run, and its last one
            alive = np.zeros(len(codes) + 1, bool)
            alive[at] = True
            keep = alive[at + 1] & (at + n <= ends[at])
            key = number[keep] * symbols + codes[at[keep] + n - 1]
            at, number = at[keep], np.searchsorted(level, key)
            there = level[np.minimum(number, len(level) - 1)] == key if len(level) else np.zeros(len(key), bool)
            at, number = at[there], number[there]
        if n >= low:
            rows.append(row[at])
            numbers.append(number + first)
            first += len(level)
    return np.concatenate(rows), np.concatenate(numbers)


def likely(scores: Any, output: str) -> Any:
    """(rows, classes) probabilities; numbers stay what they are."""
    if output == "number":
        return scores
    if output == "labels":
        return np.asarray(1 / (1 + np.exp(-np.clip(scores, -60, 60))), np.float32)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)


def ranked(told: Any, card: dict[str, Any]) -> Any:
    """(rows,) of classes in an order: by cut points on the mean class number, its nearest class, or the median."""
    wide = told.astype(np.float64)
    mean = wide @ np.arange(wide.shape[1], dtype=np.float64)
    if card.get("cut"):
        return np.searchsorted(np.asarray(card["cut"], np.float32), mean, side="right")
    if card["answer"] == "median":
        return (np.cumsum(wide, axis=1) >= 0.5 - HAIR).argmax(axis=1)
    if card["answer"] == "mean":
        return np.clip(np.floor(mean + 0.5 + HAIR), 0, wide.shape[1] - 1).astype(np.int64)
    return told.argmax(axis=1)


def pooled(scores: Any, output: str) -> Any:
    """What is averaged in a blend: log-probabilities, log odds of labels, or numbers."""
    if output in ("label", "tags"):
        return np.log(np.maximum(likely(scores, output).astype(np.float64), LEAST))
    wide = scores.astype(np.float64)
    return np.clip(wide, np.log(LEAST), -np.log(LEAST)) if output == "labels" else wide


def units(rows: list[list[str]]) -> int:
    """How many words rows have."""
    return sum(len(row) for row in rows)


def _words(row: Any) -> list[Any]:
    """The words of a row: a list of them, or a text."""
    return row.split() if isinstance(row, str) else [] if row is None else list(row)


def _valid(cell: Any) -> str:
    """A cell as valid Unicode; nothing where there is none."""
    text = "" if cell is None else str(cell)
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def main(given: list[str]) -> int:
    """Answer the texts given, or the lines of standard input."""
    model = Model(Path(__file__).parent)
    several = len(model.task["inputs"]) > 1  # columns
    for line in given or sys.stdin:
        row = json.loads(line) if several else line.rstrip("\n")
        sys.stdout.write(json.dumps(model.predict([row])[0], ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
