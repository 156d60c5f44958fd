"""How alike are two Korean sentences, without an encoder that knows Korean? KorSTS, beside two floors of TF-IDF.

The floors are the cosine of the TF-IDF vectors of words, and a ridge regression on the TF-IDF vectors of both sentences
put side by side. Settings were chosen on the development rows; `--test` reads the test rows, once, for the report.
"""

from __future__ import annotations

import argparse
import csv
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpora, record
from naeum.contract import Dataset, Outputs, Parts, Policy, Task, subset
from naeum.measure import metric
from naeum.measure.intervals import bootstrap
from naeum.model.around.conformal import Conformal
from naeum.model.text.aims import answered
from naeum.model.text.pair_linear import PairLinear
from naeum.model.text.ridge import TfidfRidge
from naeum.testing.data import dataset
from naeum.testing.runs import TinyRun

TASK = Task(inputs=("sentence1", "sentence2"), target="score", metric="spearman", output="number")
Answer = Callable[[Dataset, Dataset, Dataset], tuple[Outputs, dict[str, Any]]]


def korsts(part: str) -> Dataset:
    """The rows of one part as their authors published them; quotes are literal."""
    import pyarrow as pa

    with open(corpora.folder() / "korsts" / f"sts-{part}.tsv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    bare = dataset([f"{row['sentence1']}\t{row['sentence2']}" for row in rows], np.zeros(len(rows), np.int64), TASK)
    table = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in TASK.inputs})
    truth = pa.chunked_array([pa.array([float(row["score"]) for row in rows])])
    return replace(bare, rows=table, truth=truth, key=f"korsts/{part}")


def cosine(fit: Dataset, tune: Dataset, asked: Dataset) -> tuple[Outputs, dict[str, Any]]:
    """The cosine of the TF-IDF vectors of words, learned from both sides of the fit rows."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    one, other = (fit.rows[name].to_pylist() for name in TASK.inputs)
    vectors = TfidfVectorizer().fit([*one, *other])
    sides = [vectors.transform(asked.rows[name].to_pylist()) for name in TASK.inputs]
    return answered(TASK, np.asarray(sides[0].multiply(sides[1]).sum(axis=1))), {}


def side_by_side(fit: Dataset, tune: Dataset, asked: Dataset) -> tuple[Outputs, dict[str, Any]]:
    """Ridge regression on the TF-IDF vectors of both sentences, one after the other."""
    import scipy.sparse as sp
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import Ridge

    one, other = (fit.rows[name].to_pylist() for name in TASK.inputs)
    vectors = TfidfVectorizer(ngram_range=(1, 2)).fit([*one, *other])

    def read(data: Dataset) -> Any:
        return sp.hstack([vectors.transform(data.rows[name].to_pylist()) for name in TASK.inputs]).tocsr()

    model = Ridge(1.0).fit(read(fit), fit.truth.to_numpy())
    return answered(TASK, model.predict(read(asked))[:, None]), {}


def naeum(learner: Any) -> Answer:
    """A learner with the settings that are recommended for similarity."""

    def answer(fit: Dataset, tune: Dataset, asked: Dataset) -> tuple[Outputs, dict[str, Any]]:
        with tempfile.TemporaryDirectory() as folder:
            run = TinyRun(Path(folder), policy=Policy(threads=2, offline=True))
            outputs = learner.fit(Parts(fit, tune), run).predict(asked.rows)
        if outputs.quantiles is None:
            return outputs, {}
        return outputs, {"within": metric("within").score(outputs, asked)}

    return answer


SYSTEMS: dict[str, Answer] = {
    "cosine of TF-IDF": cosine,
    "ridge on both TF-IDF": side_by_side,
    "TfidfRidge, joined": naeum(TfidfRidge(c=1.0)),
    "PairLinear": naeum(Conformal(PairLinear(ordered=False))),
}


def main() -> None:
    """Fit every system, answer the rows, write what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--test", action="store_true", help="answer the test rows instead of the development rows")
    wanted = parser.parse_args()
    train, asked = korsts("train"), korsts("test" if wanted.test else "dev")
    order = np.random.default_rng(0).permutation(len(train))
    fit, tune = (subset(train, np.sort(part), f"korsts/{len(part)}") for part in (order[575:], order[:575]))
    found = []
    for name, answer in SYSTEMS.items():
        start = time.perf_counter()
        outputs, more = answer(fit, tune, asked)
        seconds = time.perf_counter() - start
        scores = {one: bootstrap(metric(one), outputs, asked, seed=0).__dict__ for one in ("spearman", "pearson")}
        found.append({"system": name, "seconds": round(seconds, 1), **scores, **more})
        print(found[-1], flush=True)
    head = ["system", "Spearman (95 %)", "Pearson", "seconds"]
    lines = [
        [one["system"], "{value:.4f} ({low:.4f}–{high:.4f})".format(**one["spearman"]),
         f"{one['pearson']['value']:.4f}", one["seconds"]] for one in found
    ]  # fmt: skip
    table = record.table(head, lines)
    part = "test" if wanted.test else "dev"
    path = record.save(f"pairs_korsts_{part}", {"rows": len(asked), "systems": found, "table": table})
    print(f"{table}\n-> {path}")


if __name__ == "__main__":
    main()
