"""What does `naeum improve` reach on every kind of task in some minutes, beside its floor?

    python -m benchmarks.tasks korsts wnut17 cifar10 --minutes 10

Given test files are opened once, at the end of each climb, for the report. Tables are in tables.py, beside AutoGluon.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import naeum
from benchmarks import record
from benchmarks.corpora import folder

# Data set -> file to learn from, files beside it, options; paths below the folder of the data.
TASKS: Mapping[str, tuple[str, Mapping[str, str], Mapping[str, Any]]] = {
    "korsts": (
        "korsts/sts-train.tsv",
        {"valid": "korsts/sts-dev.tsv", "test": "korsts/sts-test.tsv"},
        {"text": "sentence1,sentence2", "target": "score", "metric": "spearman"},
    ),
    "wnut17": (
        "wnut17/wnut17train.conll",
        {"valid": "wnut17/emerging.dev.conll", "test": "wnut17/emerging.test.annotated"},
        {},
    ),
    "cifar10": ("cifar10_small.zip", {}, {}),
}


def climbed(name: str, minutes: float, seed: int) -> dict[str, Any]:
    """One climb: its test score with interval, its floor, its rungs."""
    path, beside, options = TASKS[name]
    files: dict[str, Any] = {part: str(folder() / one) for part, one in beside.items()}
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as place:
        ladder = naeum.improve(
            str(folder() / path),
            **files,
            **options,
            minutes=minutes,
            seed=seed,
            offline=True,
            run=str(Path(place) / name),
        )
        seconds = time.perf_counter() - start
        test = ladder.test or {}
        rungs = [
            {"technique": rung.technique, "score": rung.score, "kept": rung.kept, "seconds": rung.cost["seconds"]}
            for rung in ladder.rungs
        ]
        ends = f"[{test.get('low', 0):.4f}, {test.get('high', 0):.4f}]"
        floor = (test.get("floor") or {}).get("value")
        said = f"{name}: {ladder.task.metric} {test.get('value', 0):.4f} {ends} on {test.get('rows')} test rows"
        print(f"{said}, floor {floor}, {seconds:.0f} s", flush=True)
        shown = {
            key: test.get(key) for key in ("value", "low", "high", "rows", "floor", "gain", "gain_low", "gain_high")
        }
        return {"metric": ladder.task.metric, "test": shown, "rungs": rungs, "seconds": round(seconds, 1)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", default=list(TASKS), metavar="DATA")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    for name in given.names:
        found = climbed(name, given.minutes, given.seed)
        record.save(f"tasks-{name}", {"data": name, "minutes": given.minutes, **found})


if __name__ == "__main__":
    main()
