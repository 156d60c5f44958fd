"""How fast and in how much memory are many text rows read, hashed and split with the near-duplicate guard?

    python -m benchmarks.reading [rows …]

Writes benchmarks/results/reading.json. Each size runs in a process of its own, so that its peak memory is its own.
Texts are made up: 8 to 24 words of a Zipf-like vocabulary of 50,000; 2 % are copies, 2 % copies with one word more.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks import record

SIZES = (100_000, 300_000, 1_000_000)
LIMIT_SECONDS, LIMIT_GIB = 120, 4


def write(path: Path, rows: int, seed: int = 0) -> None:
    """A CSV file of made-up texts with one of ten labels."""
    rng = np.random.default_rng(seed)
    letters = np.array(list("abcdefghijklmnopqrstuvwxyz가나다라마바사아자차카타파하"))
    words = ["".join(letters[rng.integers(0, len(letters), rng.integers(2, 9))]) for _ in range(50_000)]
    with path.open("w", encoding="utf-8") as file:
        file.write("text,label\n")
        kept: list[str] = []
        for _ in range(0, rows, 10_000):
            lengths = rng.integers(8, 25, 10_000)
            picks = np.minimum(rng.zipf(1.3, int(lengths.sum())) * 7 % 50_000, rng.integers(0, 50_000, lengths.sum()))
            ends = np.cumsum(lengths)
            texts = [" ".join(words[at] for at in picks[end - n : end]) for end, n in zip(ends, lengths, strict=True)]
            for at in np.flatnonzero(rng.random(10_000) < 0.04):
                if kept:
                    texts[at] = kept[at % len(kept)] + (f" {words[at]}" if at % 2 else "")
            kept = texts[:100] + kept[:5_000]
            file.writelines(f"{text},{label}\n" for text, label in zip(texts, rng.integers(0, 10, 10_000), strict=True))


def measure(path: Path) -> dict[str, float]:
    """Seconds of each step and the peak memory of this process."""
    from naeum.data import read, snapshot, split

    seconds = {}
    busy = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        data = read(path)
        seconds["read"] = time.perf_counter() - start
        data = snapshot(data, folder)
        seconds["snapshot"] = time.perf_counter() - start - seconds["read"]
        result = split(data)
        seconds["split"] = time.perf_counter() - start - seconds["read"] - seconds["snapshot"]
        _, counts = np.unique(result.parts.fit.group, return_counts=True)
        return {
            "rows": len(data),
            "file_mb": path.stat().st_size / 1e6,
            **{f"{name}_seconds": round(value, 2) for name, value in seconds.items()},
            "seconds": round(sum(seconds.values()), 2),
            "cpu_seconds": round(time.process_time() - busy, 2),
            "rows_per_second": round(len(data) / sum(seconds.values())),
            "peak_gib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 2),
            "fit": len(result.parts.fit),
            "fit_rows_in_groups": int(counts[counts > 1].sum()),
        }


def main(sizes: list[int]) -> None:
    found, load = [], record.machine()["load_before"]
    with tempfile.TemporaryDirectory() as folder:
        for rows in sizes:
            path = Path(folder) / f"{rows}.csv"
            write(path, rows)
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.reading", "--one", path], capture_output=True, text=True, check=True
            )
            found.append(json.loads(done.stdout.splitlines()[-1]))
            print(json.dumps(found[-1]))
    most = found[-1]
    held = most["seconds"] <= LIMIT_SECONDS and most["peak_gib"] <= LIMIT_GIB
    question = (__doc__ or "").splitlines()[0]
    limits = {"seconds": LIMIT_SECONDS, "gib": LIMIT_GIB, "rows": 1_000_000}
    result = {"question": question, "limits": limits, "held": held, "load_at_start": load, "runs": found}
    record.save("reading", result, ("naeum", "numpy", "scipy", "pyarrow", "duckdb"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(measure(Path(sys.argv[2]))))
    else:
        main([int(rows) for rows in sys.argv[1:]] or list(SIZES))
