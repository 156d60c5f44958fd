"""Does a run survive kill -9 at any moment? It is killed at random moments and must end as the undisturbed one does.

python -m benchmarks.kill --kills 20 --rungs 7
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import record
from benchmarks.corpora import clinc150
from naeum.cycle import open_run

CODE = """
import sys, naeum
train, valid, test, rungs, run = sys.argv[1:]
naeum.improve(train, valid=valid, test=test, target="intent", rungs=int(rungs), run=run, offline=True, threads=2)
"""
ROWS = 1500  # training rows of 30 intents: every kind of rung within a few minutes
INTENTS = 30


def files(folder: Path) -> list[str]:
    """A small cut of CLINC150 as three files."""
    import csv

    corpus = clinc150()
    known = sorted({label for _, label in corpus.train})[:INTENTS]
    names = []
    for name, rows in (("train", corpus.train), ("valid", corpus.valid), ("test", corpus.test)):
        path = folder / f"{name}.csv"
        kept = [row for row in rows if row[1] in known]
        random.Random(0).shuffle(kept)
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("text", "intent"), *kept[:ROWS]])
        names.append(str(path))
    return names


def start(names: list[str], rungs: int, run: Path) -> subprocess.Popen[bytes]:
    """The climb in a process of its own."""
    return subprocess.Popen([sys.executable, "-c", CODE, *names, str(rungs), str(run)])


def outcome(run: Path) -> dict[str, Any]:
    """What must be equal: rungs, scores, decisions, test, and every answer of the shipped model."""
    ladder = open_run(run)
    answers = ladder.champion.predict(ladder.part("tune").rows).scores
    rungs = [(r.technique, r.artifact, r.score, r.gain, r.kept, r.decision) for r in ladder.rungs]
    return {"rungs": rungs, "test": ladder.test, "shipped": ladder.shipped, "answers": answers}


def same(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """What differs between two outcomes."""
    found = [name for name in ("rungs", "shipped") if one[name] != other[name]]
    values = [{k: v for k, v in o["test"].items() if k != "elapsed"} for o in (one, other)]
    found += ["test"] if values[0] != values[1] else []
    return found + ([] if np.array_equal(one["answers"], other["answers"]) else ["answers"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--rungs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folder", default="runs/kill")
    given = parser.parse_args()
    folder, rng = Path(given.folder), random.Random(given.seed)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    names = files(folder)
    began = time.monotonic()
    assert start(names, given.rungs, folder / "calm").wait() == 0
    seconds = time.monotonic() - began
    moments, ends = [], 0
    while len(moments) < given.kills:
        process = start(names, given.rungs, folder / "killed")
        moment = rng.uniform(0.5, max(2.0, 2 * seconds / given.kills))
        try:
            process.wait(moment)
            ends += 1  # it came to its end before the kill: begin anew
            assert process.returncode == 0
            different = same(outcome(folder / "calm"), outcome(folder / "killed"))
            assert not different, different
            shutil.rmtree(folder / "killed")
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            moments.append(round(moment, 2))
    assert start(names, given.rungs, folder / "killed").wait() == 0
    different = same(outcome(folder / "calm"), outcome(folder / "killed"))
    result = {
        "kills": len(moments),
        "moments": moments,
        "undisturbed_seconds": seconds,
        "different": different,
        "ends": ends + 1,
    }
    path = record.save("kill", result)
    print(
        f"{len(moments)} kills, {ends + 1} ends, different from the undisturbed run: {different or 'nothing'} → {path}"
    )
    sys.exit(bool(different))


if __name__ == "__main__":
    main()
