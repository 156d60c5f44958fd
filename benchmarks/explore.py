"""How fast, and in how much memory, is a table explored; and beside ydata-profiling, at which findings?

    python -m benchmarks.explore [nsmc] [large] [peer]

Writes benchmarks/results/explore_<name>.json. `nsmc`: 100,000 Korean reviews, to the full report. `large`: 5,000,000
made-up rows of 20 columns, to the full report of a table. `peer`: titanic and diamonds, explored by naeum and profiled
by ydata-profiling (NAEUM_PEERS_PYTHON names its interpreter), with what each of them finds. Each measurement is a
process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import json
import os
import resource
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
FIRST_SECONDS = 5.0
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


def explored(path: str, target: str | None) -> dict[str, Any]:
    """Seconds to the first summary, of the analysis and to the whole report, and the peak memory of this process."""
    from naeum.explore import explore
    from naeum.report.explored import write

    began, first = time.monotonic(), []

    def watch(event: dict[str, Any]) -> None:
        if event["event"] == "summary":
            first.append(time.monotonic() - began)

    with tempfile.TemporaryDirectory() as folder:
        profile = explore(path, target=target, watch=watch, offline=True, cache=str(Path(folder) / "cache"))
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


def measured(name: str, path: Path, target: str | None) -> dict[str, Any]:
    """One data set, judged against its limits, kept as a result."""
    found = apart("benchmarks.explore", "--child", str(path), target or "")
    seconds, gib = LIMITS[name]
    kept = found["whole_seconds"] <= seconds and (gib is None or found["peak_gib"] <= gib)
    result = {**found, "limit_seconds": seconds, "limit_gib": gib, "within_limits": kept}
    record.save(f"explore_{name}", result, ("naeum", "duckdb", "numpy", "matplotlib"))
    times = f"first summary {found['first_seconds']:.1f} s, report {found['whole_seconds']:.1f} s"
    print(f"{name}: {times}, {found['peak_gib']:.2f} GiB; within limits: {kept}", flush=True)
    return result


def beside_peer() -> None:
    """naeum and ydata-profiling on the same tables: seconds to the report, and the findings of each."""
    python = os.environ.get("NAEUM_PEERS_PYTHON")
    if not python:
        print("the side by side needs NAEUM_PEERS_PYTHON, which names the peers' interpreter", file=sys.stderr)
        return
    result = {}
    for name, target in (("titanic.csv", "survived"), ("diamonds.csv.gz", "price")):
        path = str(corpora() / "tables" / name)
        ours = apart("benchmarks.explore", "--child", path, target)
        theirs = apart("benchmarks.peers.with_ydata", path, python=python)
        result[name] = {"naeum": ours, "ydata": theirs, "times_faster": theirs["whole_seconds"] / ours["whole_seconds"]}
        print(
            f"{name}: naeum {ours['whole_seconds']:.1f} s, ydata-profiling {theirs['whole_seconds']:.1f} s", flush=True
        )
    record.save("explore_peer", result, ("naeum", "duckdb", "numpy", "matplotlib"))


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
    if not names or "peer" in names:
        beside_peer()
    return late


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
