"""How well do 8 and 16 rows a class teach 150 intents, in which time and memory, beside SetFit with the same encoder?

Rows are drawn anew for every draw; each system is fitted on the same draws in a process of its own, and answers the
test rows. SetFit, in $NAEUM_PEERS_PYTHON, draws as many pairs as its paper does for few rows (20 rounds) or stops after
`--steps`; then its seconds are those of the steps it made. Memory is the greatest that a process held, and how much of
it came after the encoder was loaded.

    python -m benchmarks.few_rows                              # every draw
    python -m benchmarks.few_rows --rows 100 --draws 1 --moment  # 15,000 rows: only how much memory the start takes
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import corpora, record

SYSTEMS = ("probe", "prototypes", "contrastive", "setfit")
PACKAGES = ("naeum", "torch", "transformers", "setfit", "sentence-transformers")
MOMENT_STEPS = 4  # of a training of which only the memory is looked at


def draw(rows: int, seed: int) -> corpora.Rows:
    """So many training rows of every class."""
    rng = random.Random(seed)
    by_class: dict[str, list[tuple[str, str]]] = {}
    for row in corpora.load("clinc150").train:
        by_class.setdefault(row[1], []).append(row)
    return [row for label in sorted(by_class) for row in rng.sample(by_class[label], min(rows, len(by_class[label])))]


def peak_mib() -> float:
    """The greatest memory this process held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def interpreter(system: str) -> str:
    """The Python that runs a system."""
    if system != "setfit":
        return sys.executable
    peers = os.environ.get("NAEUM_PEERS_PYTHON")
    if not peers:
        raise SystemExit(
            "NAEUM_PEERS_PYTHON must name the interpreter of the peers' environment; it is not set; set it"
        )
    return peers


def learner(system: str, moment: bool) -> Any:
    """The learner with the settings that are recommended for few rows."""
    from dataclasses import replace

    from naeum.model.text.contrastive import Contrastive
    from naeum.model.text.probe import Probe
    from naeum.model.text.prototypes import Prototypes

    base = "all-MiniLM-L6-v2"
    if system == "probe":
        return Probe(base, c=0.01)
    if system == "prototypes":
        return Prototypes(base, layers=3)
    found = Contrastive(base)
    if moment:  # 15,000 rows in batches of 64 are 235 steps an epoch
        optimization = replace(found.optimization, epochs=MOMENT_STEPS / 235)
        return replace(found, optimization=optimization)
    return found


def trial(system: str, rows: int, seed: int, threads: int, moment: bool) -> dict[str, Any]:
    """One fit of one of naeum's learners and its answers to the test rows."""
    from naeum.contract import Parts, Policy, Task, subset
    from naeum.engine import bases, sessions
    from naeum.testing.data import dataset
    from naeum.testing.runs import TinyRun

    given, test = draw(rows, seed), corpora.load("clinc150").test
    task = Task(classes=tuple(sorted({label for _, label in given})))
    code = {label: at for at, label in enumerate(task.classes)}
    fit, asked = (
        dataset([text for text, _ in part], [code[label] for _, label in part], task) for part in (given, test)
    )
    chosen = learner(system, moment)
    policy = Policy(threads=threads, offline=True)
    sessions.load(bases.find(chosen.base, policy))  # imports and the encoder's weights come before the clock
    before = peak_mib()
    with tempfile.TemporaryDirectory() as folder:
        run = TinyRun(Path(folder), policy=policy)
        start = time.perf_counter()
        fitted = chosen.fit(Parts(fit, subset(fit, [], "none")), run)
        seconds = time.perf_counter() - start
        peak = peak_mib()
        right = 0.0 if moment else float((fitted.predict(asked.rows).codes == asked.target).mean())
    return {"accuracy": right, "seconds": seconds, "peak_mib": peak, "rise_mib": peak - before}


def main() -> None:
    """Run the trials one after the other and write what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--systems", nargs="+", default=list(SYSTEMS), choices=SYSTEMS)
    parser.add_argument("--rows", nargs="+", type=int, default=[8, 16])
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--first", type=int, default=0, help="seed of the first draw")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=0, help="of SetFit; 0: 20 rounds of pairs")
    parser.add_argument("--moment", action="store_true", help="only the memory of the first steps")
    parser.add_argument("--trial", nargs=3, metavar=("SYSTEM", "ROWS", "SEED"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.trial:
        print(json.dumps(one(wanted)), flush=True)
        return
    trials = []
    for rows in wanted.rows:
        for seed in range(wanted.first, wanted.first + wanted.draws):
            for system in wanted.systems:
                trials.append(ran(system, rows, seed, wanted))
                print(trials[-1], flush=True)
    path = record.save(
        "few_rows_memory" if wanted.moment else "few_rows", {"trials": trials, "table": told(trials)}, PACKAGES
    )
    print(f"{told(trials)}\n-> {path}")


def one(wanted: argparse.Namespace) -> dict[str, Any]:
    """The trial that this process was started for."""
    system, rows, seed = wanted.trial[0], int(wanted.trial[1]), int(wanted.trial[2])
    if system == "setfit":
        from benchmarks.peers.few_setfit import trial as theirs

        return theirs(draw(rows, seed), wanted.steps or (MOMENT_STEPS if wanted.moment else 0), wanted.moment)
    return trial(system, rows, seed, wanted.threads, wanted.moment)


def ran(system: str, rows: int, seed: int, wanted: argparse.Namespace) -> dict[str, Any]:
    """A trial in a process of its own."""
    names = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    environment = {**os.environ, **dict.fromkeys(names, str(wanted.threads)), "TOKENIZERS_PARALLELISM": "false"}
    environment["HF_HUB_OFFLINE"] = "1"
    command = [interpreter(system), "-m", "benchmarks.few_rows", "--trial", system, str(rows), str(seed)]
    command += ["--threads", str(wanted.threads), "--steps", str(wanted.steps)] + ["--moment"] * wanted.moment
    ended = subprocess.run(command, cwd=record.ROOT, env=environment, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(f"{system} failed: {ended.stderr[-2000:]}")
    return {"system": system, "rows": rows, "seed": seed, **json.loads(ended.stdout.strip().splitlines()[-1])}


def told(trials: list[dict[str, Any]]) -> str:
    """Means over draws, and the spread of the accuracy over them."""
    lines = []
    for rows, system in dict.fromkeys((one["rows"], one["system"]) for one in trials):
        found = [one for one in trials if (one["rows"], one["system"]) == (rows, system)]
        right = [one["accuracy"] for one in found]
        spread = statistics.stdev(right) if len(right) > 1 else 0.0
        means = [statistics.fmean(one[name] for one in found) for name in ("seconds", "peak_mib", "rise_mib")]
        lines.append(
            [
                rows,
                system,
                len(found),
                f"{statistics.fmean(right):.4f} ± {spread:.4f}",
                *(f"{mean:.0f}" for mean in means),
            ]
        )
    head = [
        "rows a class",
        "system",
        "draws",
        "accuracy (sd over draws)",
        "seconds",
        "peak MiB",
        "MiB above the encoder",
    ]
    return record.table(head, lines)


if __name__ == "__main__":
    main()
