"""How good is the champion after 5 or 15 minutes? The climb on real data, from the file as it was published.

python -m benchmarks.climb clinc150 --minutes 15
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path
from typing import Any

import naeum
from benchmarks import record
from benchmarks.corpora import folder

SETS: dict[str, dict[str, Any]] = {
    "clinc150": {
        "data": "clinc150/full_train.csv",
        "valid": "clinc150/full_val.csv",
        "test": "clinc150/full_test.csv",
        "target": "intent",
    },
    "sst2": {"data": "sst2/train.tsv", "valid": "sst2/dev.tsv", "test": "sst2/test.tsv"},
    "nsmc": {"data": "nsmc/train.tsv.gz", "test": "nsmc/test.tsv.gz", "text": "document", "target": "label"},
}
FLOORS = {"clinc150": 0.925, "sst2": 0.825, "nsmc": 0.8705}  # TF-IDF with a linear model, measured beside the data


def options(name: str) -> tuple[str, dict[str, Any]]:
    """The file to learn from, and the options that name the others."""
    given = dict(SETS[name])
    for part in ("valid", "test"):
        if part in given:
            given[part] = str(folder() / given[part])
    return str(folder() / given.pop("data")), given


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", choices=SETS)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--runs", default="runs/bench", help="folder of the run folders")
    given = parser.parse_args()
    for name in given.names:
        run = Path(given.runs) / f"{name}-{given.minutes:g}-{given.seed}"
        shutil.rmtree(run, ignore_errors=True)
        data, others = options(name)
        start = time.monotonic()
        ladder = naeum.improve(
            data, **others, minutes=given.minutes, seed=given.seed, run=str(run), offline=True, watch=told
        )
        seconds = time.monotonic() - start
        test = ladder.test or {}
        rungs = [
            {"technique": r.technique, "score": r.score, "gain": r.gain, "kept": r.kept, **r.cost} for r in ladder.rungs
        ]
        result = {
            "data": name, "minutes": given.minutes, "seconds": seconds, "floor": FLOORS[name], "rungs": rungs,
            **{key: test.get(key) for key in ("value", "low", "high", "measured", "refit", "number")},
        }  # fmt: skip
        path = record.save(f"climb-{name}-{given.minutes:g}", result)
        ends = f"[{test.get('low')}, {test.get('high')}]"
        print(f"{name} {given.minutes:g} min: test {test.get('value')} {ends} in {seconds:.0f} s → {path}")


def told(event: dict[str, Any]) -> None:
    """One line an event that matters."""
    if event["event"] == "rung":
        rung = event["rung"]
        print(
            f"  {rung.cost.get('at', 0):6.0f} s  #{rung.number} {rung.technique}: {rung.score:.4f} "
            f"({rung.gain:+.4f}) {'kept' if rung.kept else 'not kept'}; {rung.reason[:90]}",
            flush=True,
        )
    elif event["event"] in ("note", "finding", "close"):
        print(f"  · {event['text']}", flush=True)


if __name__ == "__main__":
    main()
