"""How many planted label errors are found, how many of the suspects are errors, and what does cleaning bring?

A share of the training labels of CLINC150 or SST-2 is flipped to another class at random. Out-of-fold probabilities
come once from the linear model on character n-grams and once from logistic regression on an encoder's vectors; naeum
and cleanlab (in $NAEUM_PEERS_PYTHON) judge by the very same ones. Then the suspects are dropped or relabelled, and the
same linear model learns again; the test rows keep their own labels. `--nsmc` counts conflicting and leaking rows.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import corpora, record

RATES = (0.05, 0.20)
CLEANED = ("naeum, both agree", "naeum, mean", "cleanlab, mean")  # after which the model learns again
NAMES = ("clinc150", "sst2")
CELLS = ("precision", "recall", "f1", "dropped", "relabelled")
PACKAGES = ("naeum", "scikit-learn", "torch", "numpy")
PEER = ("cleanlab",)


def planted(labels: Any, classes: int, rate: float, seed: int = 0) -> Any:
    """Labels of which a share is another class, drawn evenly."""
    import numpy as np

    rng = np.random.default_rng(seed)
    wrong = rng.permutation(len(labels))[: round(rate * len(labels))]
    out = labels.copy()
    out[wrong] = (labels[wrong] + rng.integers(1, classes, len(wrong))) % classes
    return out


def scored(suspects: Any, wrong: Any) -> dict[str, float]:
    """Precision and recall of suspects (positions) where `wrong` (positions) were planted."""
    hits = len(set(map(int, suspects)) & set(map(int, wrong)))
    precision, recall = hits / max(len(suspects), 1), hits / max(len(wrong), 1)
    both = 2 * precision * recall / max(precision + recall, 1e-12)
    return {"suspects": len(suspects), "precision": precision, "recall": recall, "f1": both}


def by_cleanlab(labels: Any, probabilities: Any) -> tuple[list[int], float]:
    """The suspects of cleanlab with its defaults, and its seconds."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, "labels.npy"), Path(folder, "probabilities.npy")]
        for file, array in zip(files, (labels, probabilities), strict=True):
            np.save(file, array, allow_pickle=False)
        python = os.environ.get("NAEUM_PEERS_PYTHON", sys.executable)
        script = str(record.ROOT / "benchmarks" / "peers" / "with_cleanlab.py")
        ended = subprocess.run([python, script, *map(str, files)], capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stderr[-2000:])
    told = json.loads(ended.stdout.strip().splitlines()[-1])
    return told["suspects"], told["seconds"]


def by_naeum(told: list[Any], dataset: Any) -> tuple[list[int], list[int]]:
    """Positions that naeum suspects by one or two learners, and the class it suggests for each."""
    import numpy as np

    from naeum.explore.labels import suspects

    found = suspects.read(dataset, told)
    places = {int(row): at for at, row in enumerate(dataset.ids)}
    at = [places[int(row)] for row in found.noise.ids[found.noise.suspects]]
    return at, np.asarray(found.noise.suggested).tolist()


def accuracy(texts: list[str], labels: Any, kept: Any, task: Any, test: Any, policy: Any) -> float:
    """Test accuracy of the linear model fitted on the kept rows with these labels."""
    import numpy as np

    from naeum.contract import Parts, subset
    from naeum.explore.labels.alone import Alone
    from naeum.explore.labels.suspects import LINEAR
    from naeum.testing.data import dataset

    rows = dataset([texts[at] for at in kept], labels[kept], task)
    none = subset(rows, np.empty(0, np.int64), "none")
    fitted = LINEAR.fit(Parts(rows, none), Alone(seed=0, policy=policy))
    return float((fitted.predict(test.rows).codes == test.target).mean())


def vectors_of(texts: list[str], policy: Any, cache: Path) -> Any:
    """Vectors of the packaged encoder, of length one."""
    import numpy as np

    from naeum.engine import bases
    from naeum.engine.features import features

    found = features(bases.find(bases.at_hand(("en",), policy)[0], policy), texts, policy=policy, cache=cache)
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def trial(name: str, rate: float, rows: int | None, threads: int) -> dict[str, Any]:
    """One corpus with one rate of planted errors."""
    import numpy as np

    from naeum.contract import Policy, Task
    from naeum.explore.labels import suspects
    from naeum.testing.data import dataset

    policy = Policy(threads=threads, offline=True, reason="a benchmark")
    corpus = corpora.load(name, rows)
    task = Task(classes=tuple(corpus.classes))
    codes = {label: code for code, label in enumerate(corpus.classes)}
    texts = [text for text, _ in corpus.train]
    clean = np.array([codes[label] for _, label in corpus.train], np.int64)
    test = dataset([text for text, _ in corpus.test], [codes[label] for _, label in corpus.test], task)
    dirty = planted(clean, len(task.classes), rate)
    wrong = np.flatnonzero(clean != dirty)
    given = dataset(texts, dirty, task)
    cache = Path(tempfile.gettempdir(), "naeum-benchmark-labels")
    start = time.perf_counter()
    ngrams = suspects.by_ngrams(given, policy=policy)
    vectors = suspects.by_vectors(given, vectors_of(texts, policy, cache))
    seconds = time.perf_counter() - start
    ways: dict[str, tuple[list[int], list[int] | None]] = {}
    mean = (ngrams + vectors) / 2
    for how, one in (
        ("n-grams", [ngrams]),
        ("vectors", [vectors]),
        ("both agree", [ngrams, vectors]),
        ("mean", [mean]),
    ):
        ways[f"naeum, {how}"] = by_naeum(one, given)
    for how, one in (("n-grams", ngrams), ("vectors", vectors), ("mean", mean)):
        found, _ = by_cleanlab(dirty, one)
        ways[f"cleanlab, {how}"] = (found, mean[found].argmax(axis=1).tolist())
    every = np.arange(len(texts))
    result: dict[str, dict[str, float]] = {way: scored(found, wrong) for way, (found, _) in ways.items()}
    for way in CLEANED:
        result[way] |= cleaned(texts, dirty, *ways[way], task, test, policy)
    bounds = {
        "as it is": accuracy(texts, dirty, every, task, test, policy),
        "without the planted rows": accuracy(texts, dirty, np.setdiff1d(every, wrong), task, test, policy),
        "clean": accuracy(texts, clean, every, task, test, policy),
    }
    return {"corpus": name, "rate": rate, "rows": len(texts), "seconds": seconds, "ways": result, "accuracy": bounds}


def cleaned(
    texts: list[str], dirty: Any, found: Any, suggested: Any, task: Any, test: Any, policy: Any
) -> dict[str, float]:
    """Test accuracy once the suspects are dropped, and once they are relabelled."""
    import numpy as np

    every, at = np.arange(len(texts)), np.asarray(found, np.int64)
    relabelled = dirty.copy()
    relabelled[at] = np.asarray(suggested, np.int64)
    return {
        "dropped": accuracy(texts, dirty, np.setdiff1d(every, at), task, test, policy),
        "relabelled": accuracy(texts, relabelled, every, task, test, policy),
    }


def nsmc() -> dict[str, Any]:
    """Conflicting labels in NSMC's training rows, and test rows that stand in them too."""
    from naeum.data import read
    from naeum.explore import leaks
    from naeum.explore.labels import conflicts
    from naeum.explore.loading import opened
    from naeum.explore.subject import subject_of

    folder = corpora.folder() / "nsmc"
    start = time.perf_counter()
    train = read(folder / "train.tsv.gz", target="label", text="document")
    test = read(folder / "test.tsv.gz", target="label", text="document", part="test")
    subject = subject_of(opened(folder / "train.tsv.gz"), target="label", text=("document",), data=train, test=test)
    clash, (pair,) = conflicts.look(subject), leaks.look(subject)["pairs"]  # type: ignore[index]
    return {
        "conflicting_texts": clash["equal"]["inputs"],  # type: ignore[index]
        "conflicting_with_near_copies": clash["near"]["inputs"],  # type: ignore[index]
        "test_texts_in_train": pair["equal_texts"],
        "test_rows_in_train": pair["equal"],
        "test_rows_in_train_with_near_copies": pair["near"],
        "seconds": time.perf_counter() - start,
    }


def tell(result: dict[str, Any]) -> None:
    """Print the table of one trial, and keep it."""
    head = ["way", "suspects", "precision", "recall", "F1", "accuracy, dropped", "relabelled"]
    lines = [
        [way, one["suspects"], *(f"{one[name]:.3f}" if name in one else "" for name in CELLS)]
        for way, one in result["ways"].items()
    ]
    print(f"{result['corpus']}: {result['rows']} rows, {100 * result['rate']:.0f} % planted")
    print(record.table(head, lines))
    print("; ".join(f"{name} {value:.4f}" for name, value in result["accuracy"].items()))
    print(record.save(f"labels_{result['corpus']}_{round(100 * result['rate'])}", result, (*PACKAGES, *PEER)))


def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", choices=NAMES, action="append", help="default: both")
    parser.add_argument("--rate", type=float, action="append", help="share of planted errors; default: 0.05 and 0.2")
    parser.add_argument("--rows", type=int, default=None, help="fewer training rows")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--nsmc", action="store_true", help="count what NSMC hides instead")
    wanted = parser.parse_args()
    if wanted.nsmc:
        found = nsmc()
        print(json.dumps(found))
        print(record.save("labels_nsmc", found, PACKAGES))
        return
    for name in wanted.corpus or NAMES:
        for rate in wanted.rate or RATES:
            tell(trial(name, rate, wanted.rows, wanted.threads))


if __name__ == "__main__":
    main()
