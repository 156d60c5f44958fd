"""What does an exported model answer? This file and its folder need numpy, and what README.md names; no naeum.

python predict.py "a text" "another"         one JSON answer a line
python predict.py < texts.txt                a text a line; with several input columns a JSON list or object a line
python predict.py --csv rows.csv             a row a line; the first line names the columns

from predict import Model
Model(".").predict(["a text"])               [{"prediction": "…", "confidence": 0.98}]
Model(".").predict([{"age": 31, "town": "서울"}])

Where words are tagged, a row is a list of words, or a text whose words stand between blanks.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.cells import tidied
from naeum.compress.reading.guard import Guard, failing
from naeum.compress.reading.opening import Wanted, part
from naeum.compress.reading.pooling import likely, ranked
from naeum.compress.reading.streams import BUDGET
from naeum.decoding import tags

CARD = "model.json"
CHUNK = 8_192  # rows tokenised and sorted by length together
DELIMITERS = ",;\t|"  # of a table in a file of texts: the one that stands most often in its first line


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
        stands = self.card.get("fallback")
        self.other = None if stands is None else Model(folder, card={"task": self.task, **stands})
        self.guard = None if self.other is None else Guard(self.other.predict, stands["limit_ms"])
        wanted = Wanted(self.task["output"], self.columns, threads, opened, budget)
        try:
            self.root = part(self.folder, self.card["model"], wanted)
        except Exception as error:
            if self.guard is None:
                raise
            self.root = failing(error)

    def predict(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """An answer a row. A row is a text, a list with the cell of each input column, or a dictionary by their names.

        Where the folder has a fallback, it answers all rows of a call that fails or takes longer than its limit; each
        answer says who gave it: "by" is "main" or "fallback", and then "why".
        """
        ready = self.ready(rows)
        return self._main(ready) if self.guard is None else self.guard(self._main, ready)

    def _main(self, ready: list[list[Any]]) -> list[dict[str, Any]]:
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

    def ready(self, rows: Sequence[Any]) -> list[list[Any]]:
        """The cells of each row, or its words, as the model reads them."""
        return tidied(rows, self.task)

    def _scores(self, ready: list[list[Any]]) -> Any:
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


def read_csv(path: str | Path) -> Iterator[dict[str, str]]:
    """The rows of a file whose first line names the columns."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
        file.seek(0)
        yield from csv.DictReader(file, delimiter=max(DELIMITERS, key=first.count))


def main(given: list[str]) -> int:
    """Answer the texts given, the rows of a file, or the lines of standard input."""
    model = Model(Path(__file__).parent)
    if given[:1] == ["--csv"]:
        rows = read_csv(given[1])
        while some := list(islice(rows, CHUNK)):
            _say(model.predict(some))
        return 0
    kinds = set(model.task.get("kinds") or ("text",))
    told = len(model.task["inputs"]) > 1 or not kinds <= {"text", "words", "image"}  # as JSON
    for line in given or sys.stdin:
        _say(model.predict([json.loads(line) if told else line.rstrip("\n")]))
    return 0


def _say(answers: list[dict[str, Any]]) -> None:
    for answer in answers:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
