"""How fast, and in how much memory, is a table explored?

    python -m benchmarks.explore [nsmc] [large]

Writes benchmarks/results/explore_<name>.json. `nsmc`: 100,000 Korean reviews, to the full report. `large`: 5,000,000
made-up rows of 20 columns, to the full report of a table. Each measurement is a process of its own, so that its peak
memory is its own; the median of three is told. Beside it: the seconds from `naeum explore` to the first line on the
screen. Beside peers: explore_peers.py.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.corpora import folder as corpora

LARGE_ROWS = 5_000_000
LIMITS = {"nsmc": (30.0, None), "large": (90.0, 6.0)}  # seconds, GiB
FIRST_SECONDS = 5.0  # to the first summary of nsmc
ROUNDS = 3
TIMES = ("first_seconds", "analysed_seconds", "whole_seconds", "peak_gib")
# 20 columns: normal, skewed and whole numbers, categories of few and many values, dates, an id, a constant, missing
# values, an outlier in a thousand, two columns that say the same, a target and a column that gives it away.
COLUMNS = """
    i AS id, random() AS uniform, (random() + random() + random() - 1.5) * 10 AS bell, exp(random() * 8) AS tail,
    floor(random() * 100)::INT AS age, (i * 2654435761 % 97)::INT AS mixed, random() * 3 + (i % 7) AS season,
    CASE WHEN random() < 0.001 THEN 1e6 ELSE random() * 100 END AS price,
    CASE WHEN random() < 0.3 THEN NULL ELSE random() END AS gaps,
    CASE WHEN random() < 0.9 THEN NULL ELSE 'x' END AS rare,
    ['서울','부산','대구','인천'][1 + (i % 4)::INT] AS city, 'shop ' || (i % 5000) AS shop, 'always' AS same,
    (TIMESTAMP '2015-01-01' + to_hours((i % 90000)::INT)) AS at, (i % 2 = 0) AS even, floor(random() * 5)::INT AS stars,
    i % 3 AS kind, 'kind ' || (i % 3) AS kind_name, (i * 48271 % 10 < 4)::INT AS label,
    CASE WHEN i * 48271 % 10 < 4 THEN 'yes' ELSE 'no' END AS answered
"""


def write_large(path: Path, rows: int = LARGE_ROWS) -> None:
    """A Parquet file of made-up rows, the same for the same seed."""
    import duckdb

    with duckdb.connect(config={"threads": 2}) as connection:
        connection.execute("SELECT setseed(0.5)")
        query = f"SELECT {COLUMNS} FROM range({rows}) t(i)"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")


def explored(path: str, target: str | None, parts: tuple[str, ...] | None = None) -> dict[str, Any]:
    """Seconds to the first summary, of the analysis and to the whole report, and the peak memory of this process."""
    from naeum.explore import explore
    from naeum.report.explored import write

    began, first = time.monotonic(), []

    def watch(event: dict[str, Any]) -> None:
        if event["event"] == "summary":
            first.append(time.monotonic() - began)

    with tempfile.TemporaryDirectory() as folder:
        cache = str(Path(folder) / "cache")
        profile = explore(path, target=target, watch=watch, offline=True, cache=cache, parts=parts)
        analysed = time.monotonic() - began
        report = write(profile, Path(folder) / "explore.html")
        whole, size = time.monotonic() - began, report.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return {
        "rows": profile.rows, "columns": len(profile.columns), "first_seconds": first[0], "analysed_seconds": analysed,
        "whole_seconds": whole, "peak_gib": peak, "report_mb": size / 2**20, "parts": dict(profile.seconds),
        "findings": {one.code: one.seen for one in profile.findings},
    }  # fmt: skip


def apart(*arguments: str, python: str = sys.executable) -> dict[str, Any]:
    """Run a module of ours in a process of its own; the JSON of its last line."""
    ended = subprocess.run([python, "-m", *arguments], cwd=record.ROOT, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def on_screen(path: Path, target: str) -> float:
    """Seconds from the start of `naeum explore` to its first line."""
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("naeum")), "explore", str(path), "--target", target]
        began = time.monotonic()
        with subprocess.Popen(
            [*command, "--offline", "--run", folder], cwd=record.ROOT, stdout=subprocess.PIPE, text=True
        ) as running:
            next(iter(running.stdout or ()), None)
            seconds = time.monotonic() - began
            running.terminate()
    return seconds


def measured(name: str, path: Path, target: str) -> dict[str, Any]:
    """One data set, judged against its limits by the median of the rounds, kept as a result."""
    rounds = [apart("benchmarks.explore", "--child", str(path), target) for _ in range(ROUNDS)]
    middle = {key: statistics.median(one[key] for one in rounds) for key in TIMES}
    screen = statistics.median(on_screen(path, target) for _ in range(ROUNDS))
    seconds, gib = LIMITS[name]
    kept = middle["whole_seconds"] <= seconds and (gib is None or middle["peak_gib"] <= gib)
    if name == "nsmc":
        kept = kept and screen <= FIRST_SECONDS
    every = {key: [round(one[key], 3) for one in rounds] for key in TIMES}
    limits = {"limit_seconds": seconds, "limit_gib": gib, "within_limits": kept}
    result = {**rounds[-1], **middle, "on_screen_seconds": screen, "rounds": every, **limits}
    record.save(f"explore_{name}", result, ("naeum", "duckdb", "numpy", "matplotlib"))
    times = f"first line {screen:.1f} s after the start, report {middle['whole_seconds']:.1f} s"
    print(f"{name}: {times}, {middle['peak_gib']:.2f} GiB; within limits: {kept}", flush=True)
    return result


def main(names: list[str]) -> int:
    """Measure what is named; all without a name. Non-zero where a limit was not kept."""
    if names[:1] == ["--child"]:
        print(json.dumps(explored(names[1], names[2] or None)))
        return 0
    late = 0
    if not names or "nsmc" in names:
        late += not measured("nsmc", corpora() / "nsmc" / "train.tsv.gz", "label")["within_limits"]
    if not names or "large" in names:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "large.parquet"
            write_large(path)
            late += not measured("large", path, "label")["within_limits"]
    return late


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
