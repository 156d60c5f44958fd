"""What do networks from nothing reach on 5,000 rows, beside n-grams with a linear model? NSMC and CLINC150.

Each learner with its own defaults; 1,000 further rows to tune on; answers are those to 2,000 rows that none of them
saw, of the training file (NSMC) and of the validation file (CLINC150). "+ 20,000 texts" has so many further NSMC texts
without their labels to learn vectors of words from.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpora, record
from naeum.contract import Dataset, Parts, Policy, Task
from naeum.measure import metric
from naeum.measure.intervals import bootstrap
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.words import WordReading
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.networks import CharConvolution
from naeum.model.text.sequence import SequenceNetwork
from naeum.model.text.word_vectors import WordVectors
from naeum.testing.data import dataset
from naeum.testing.runs import TinyRun

ROWS, TUNE, ASKED, BARE = 5_000, 1_000, 2_000, 20_000
OWN = SequenceNetwork(Recurrence("gru"), reading=WordReading(vectors="own"))
SYSTEMS: Mapping[str, Any] = {
    "TfidfLogistic": TfidfLogistic(),
    "CharConvolution": CharConvolution(),
    "LSTM": SequenceNetwork(Recurrence("lstm")),
    "GRU": SequenceNetwork(Recurrence("gru")),
    "GRU from own vectors": OWN,
    "small transformer": SequenceNetwork(Attention()),
    "WordVectors": WordVectors(),
}
WITH_BARE = {"GRU from own vectors": OWN, "WordVectors": WordVectors()}


def rows_of(corpus: corpora.Corpus) -> tuple[Parts, Dataset, Dataset | None]:
    """Rows to fit and tune, rows that are asked, and texts without labels where there are any left."""
    rng = np.random.default_rng(0)
    train = [corpus.train[at] for at in rng.permutation(len(corpus.train))]
    asked = [corpus.valid[at] for at in rng.permutation(len(corpus.valid))[:ASKED]] if corpus.name == "clinc150" else []
    rest = train[ROWS + TUNE :]
    asked = asked or rest[:ASKED]
    task, place = Task(classes=tuple(corpus.classes)), {name: at for at, name in enumerate(corpus.classes)}

    def made(rows: corpora.Rows) -> Dataset:
        return dataset([text for text, _ in rows], [place[label] for _, label in rows], task)

    bare = rest[ASKED : ASKED + BARE]
    bare_rows = dataset([text for text, _ in bare], [-1] * len(bare), task) if len(bare) == BARE else None
    return Parts(made(train[:ROWS]), made(train[ROWS : ROWS + TUNE])), made(asked), bare_rows


def tried(name: str, learner: Any, given: Parts, asked: Dataset, bare: Dataset | None, threads: int) -> dict[str, Any]:
    """Fit one learner and answer."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        run = TinyRun(Path(folder), policy=Policy(threads=threads, offline=True), bare=bare)
        outputs = learner.fit(given, run).predict(asked.rows)
    seconds = time.perf_counter() - start
    found = bootstrap(metric("accuracy"), outputs, asked, seed=0).__dict__
    return {"system": name, "seconds": round(seconds, 1), "accuracy": found}


def main() -> None:
    """Fit every learner on both, answer, write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", default=["nsmc", "clinc150"])
    parser.add_argument("--threads", type=int, default=2, help="that compute; one where the machine is shared")
    wanted = parser.parse_args()
    for name in wanted.corpora:
        given, asked, bare = rows_of(getattr(corpora, name)())
        todo = [(system, learner, None) for system, learner in SYSTEMS.items()]
        todo += [(f"{system} + {BARE:,} texts", learner, bare) for system, learner in WITH_BARE.items() if bare]
        found = []
        for system, learner, more in todo:
            found.append(tried(system, learner, given, asked, more, wanted.threads))
            print(name, found[-1], flush=True)
        lines = [
            [one["system"], "{value:.3f} ({low:.3f}–{high:.3f})".format(**one["accuracy"]), one["seconds"]]
            for one in found
        ]
        table = record.table(["system", "accuracy (95 %)", "seconds"], lines)
        result = {"rows": ROWS, "asked": ASKED, "threads": wanted.threads, "systems": found, "table": table}
        path = record.save(f"networks_{name}", result)
        print(f"{table}\n-> {path}")


if __name__ == "__main__":
    main()
