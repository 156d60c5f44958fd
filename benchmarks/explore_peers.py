"""How much sooner does naeum show what its peers show, and what does each of them say?

    python -m benchmarks.explore_peers [titanic] [diamonds] [nsmc] [made] [large] [drift]

Writes benchmarks/results/explore_peers_<name>.json. Each of them reads the file and writes its whole report, in a
process of its own, in turns; NAEUM_EXPLORE_PEERS_PYTHON names the interpreter of the peers (requirements-explore.txt).
naeum runs twice: whole, and with those of its parts alone that answer what the peer answers. Every warning of
ydata-profiling is looked for in what naeum says and shows. `drift` is beside Evidently: two halves of a made table, two
columns of which moved. Imports count for nobody. Seconds are those of the clock, and of the processor beside them.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks import record
from benchmarks.corpora import folder as corpora
from benchmarks.explore import apart, write_large

MADE_ROWS = {"made": 200_000, "large": 5_000_000}
DRIFT_ROWS = 400_000  # of both halves
ROUNDS = 3
LONG = 60.0  # seconds of a peer from which one round is enough
# What ydata-profiling shows too; the rest (suspects, topics, tokens, leaks, augmentations, …) has no counterpart there.
COMPARABLE = ("missing", "duplicates", "target", "columns", "relations", "times", "lengths", "signs", "vocabulary")
PARTS = {"all": None, "comparable": COMPARABLE, "drift": ("missing", "target", "shift")}
MEASURE = "benchmarks.explore_peers"
STRONG = 0.5  # correlation from which both warn of a pair
# Kind of their warning -> codes of ours that say the same of a column.
CODES: Mapping[str, tuple[str, ...]] = {
    "CONSTANT": ("D02",), "UNIQUE": ("D03",), "MISSING": ("D04", "D05"), "DUPLICATES": ("D01", "D28"),
    "SKEWED": ("D13", "D07"), "HIGH_CARDINALITY": ("D14",), "INFINITE": ("D10",), "IMBALANCE": ("D16",),
    "HIGH_CORRELATION": ("D15",),
}  # fmt: skip


def compared(name: str, path: Path, target: str, python: str) -> dict[str, Any]:
    """One table: seconds of each, in turns, and what of their warnings naeum has."""
    ours, same, theirs = [], [], []
    while len(theirs) < ROUNDS and not (theirs and theirs[0]["whole_seconds"] > LONG):
        ours.append(apart(MEASURE, "--child", str(path), target, "all"))
        same.append(apart(MEASURE, "--child", str(path), target, "comparable"))
        theirs.append(apart("benchmarks.peers.with_ydata", str(path), python=python))
    minimal = apart("benchmarks.peers.with_ydata", str(path), "minimal", python=python)
    seen = [{**alert, "naeum": answered(alert, ours[0])} for alert in theirs[0]["alerts"]]
    middle = {who: statistics.median(one["whole_seconds"] for one in told) for who, told in
              (("naeum", ours), ("naeum, comparable parts", same), ("ydata-profiling", theirs))}  # fmt: skip
    result = {
        "rows": ours[0]["rows"],
        "seconds": {**middle, "ydata-profiling, minimal": minimal["whole_seconds"]},
        "busy_seconds": {who: statistics.median(one["busy_seconds"] for one in told) for who, told in
                         (("naeum", ours), ("naeum, comparable parts", same), ("ydata-profiling", theirs))},
        "analysed_seconds": statistics.median(one["analysed_seconds"] for one in same),
        "rounds": {"naeum": [one["whole_seconds"] for one in ours], "same": [one["whole_seconds"] for one in same],
                   "ydata": [one["whole_seconds"] for one in theirs]},
        "peak_gib": {"naeum": ours[0]["peak_gib"], "ydata-profiling": theirs[0]["peak_gib"]},
        "times_faster": middle["ydata-profiling"] / middle["naeum"],
        "times_faster_at_equal_findings": middle["ydata-profiling"] / middle["naeum, comparable parts"],
        "warnings": seen,
        "warnings_said": sum(one["naeum"] == "said" for one in seen),
        "warnings_shown": sum(one["naeum"] == "shown" for one in seen),
        "naeum_findings": ours[0]["findings"],
    }  # fmt: skip
    record.save(f"explore_peers_{name}", result, ("naeum", "duckdb", "numpy", "matplotlib"))
    told = ", ".join(f"{who} {seconds:.1f} s" for who, seconds in result["seconds"].items())
    print(f"{name}: {told}", flush=True)
    times = (
        f"{result['times_faster']:.1f} times, at equal findings {result['times_faster_at_equal_findings']:.1f} times"
    )
    print(
        f"  {times}; of {len(seen)} warnings {result['warnings_said']} said, {result['warnings_shown']} shown",
        flush=True,
    )
    return result


def answered(alert: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    """Whether naeum says what a warning says (in a finding or its summary), shows it (a number in the report), or not.

    Example:
        >>> answered({"kind": "ZEROS", "column": "a"}, {"columns": {"a": {"zeros": 3}}, "findings": {}, "strong": []})
        'shown'
    """
    kind, column = str(alert["kind"]), alert["column"]
    for code in CODES.get(kind, ()):
        finding = ours["findings"].get(code)
        if finding and (column is None or kind == "DUPLICATES" or column in finding["columns"]):
            return "said"
    if kind == "HIGH_CORRELATION" and any(column in pair for pair in ours["strong"]):
        return "said"
    return "shown" if _shown(kind, ours["columns"].get(column, {}), ours) else "not there"


def _shown(kind: str, one: Mapping[str, Any], ours: Mapping[str, Any]) -> bool:
    """Whether the number that a warning is about stands in naeum's report of the column."""
    if kind == "DUPLICATES":
        return bool(ours.get("copies"))
    there = {
        "CONSTANT": one.get("distinct", 2) <= 1,
        "UNIQUE": one.get("exact", False) and one.get("distinct") == one.get("count"),
        "MISSING": one.get("missing", 0) > 0,
        "ZEROS": one.get("zeros", 0) > 0,
        "INFINITE": one.get("infinite", 0) > 0,
        "SKEWED": one.get("skew") is not None,
        "IMBALANCE": bool(one.get("top")),
        "HIGH_CARDINALITY": one.get("distinct", 0) >= 50,
        "UNIFORM": bool(one.get("histogram")) or bool(one.get("top")),
        "CONSTANT_LENGTH": one.get("longest") is not None,
    }
    return bool(there.get(kind, False))


def explored(path: str, target: str, parts: tuple[str, ...] | None, test: str | None) -> dict[str, Any]:
    """Seconds to the whole report and the peak memory of this process, with what a warning can be looked for in."""
    import resource
    import time

    imported()
    from naeum.explore import explore
    from naeum.report.explored import write

    began, worked = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        cache = str(Path(folder) / "cache")
        profile = explore(path, target=target, offline=True, cache=cache, parts=parts, test=test)
        analysed = time.monotonic() - began
        write(profile, Path(folder) / "explore.html")
        whole, busy = time.monotonic() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    relations = profile.parts.get("relations") or {}
    names = list(profile.columns)
    found = {one.code: {"seen": one.seen, "columns": [name for name in names if _names(one, name)]}
             for one in profile.findings}  # fmt: skip
    return {
        "rows": profile.rows, "whole_seconds": whole, "busy_seconds": busy, "analysed_seconds": analysed,
        "peak_gib": peak, "findings": found,
        "strong": [pair["columns"] for pair in relations.get("strong", []) if abs(pair["value"]) >= STRONG],
        "columns": (profile.parts.get("columns") or {}).get("columns", {}),
        "copies": (profile.parts.get("duplicates") or {}).get("whole", {}).get("copies", 0),
        "shift": profile.parts.get("shift"),
    }  # fmt: skip


def imported() -> None:
    """Load what naeum loads where it is used, so that no import is timed."""
    import importlib

    for name in ("duckdb", "matplotlib.figure", "seaborn", "scipy.stats", "sklearn.tree", "sklearn.ensemble", "pandas"):
        importlib.import_module(name)


def drifted(folder: Path, python: str) -> dict[str, Any]:
    """Two halves of a made table, in the second of which two columns moved: who says it, and after how long?"""
    import duckdb

    whole, before, after = (folder / f"{name}.parquet" for name in ("whole", "before", "after"))
    write_large(whole, DRIFT_ROWS)
    half = DRIFT_ROWS // 2
    moved = "bell + 3 AS bell, CASE WHEN id % 5 = 0 THEN '서울' ELSE city END AS city"
    with duckdb.connect() as connection:
        read = f"FROM read_parquet('{whole}') WHERE id"
        connection.execute(f"COPY (SELECT * {read} < {half}) TO '{before}' (FORMAT parquet)")
        query = f"SELECT * REPLACE ({moved}) {read} >= {half}"
        connection.execute(f"COPY ({query}) TO '{after}' (FORMAT parquet)")
    ours, theirs = [], []
    for _ in range(ROUNDS):
        ours.append(apart(MEASURE, "--child", str(before), "label", "drift", str(after)))
        theirs.append(apart("benchmarks.peers.with_evidently", str(before), str(after), python=python))
    middle = {who: statistics.median(one["whole_seconds"] for one in told)
              for who, told in (("naeum", ours), ("evidently", theirs))}  # fmt: skip
    part = ours[0]["shift"]["parts"][0]
    result = {
        "rows": half, "moved": ["bell", "city"], "seconds": middle,
        "rounds": {who: [one["whole_seconds"] for one in told] for who, told in
                   (("naeum", ours), ("evidently", theirs))},
        "busy_seconds": {"naeum": statistics.median(one["busy_seconds"] for one in ours),
                         "evidently": statistics.median(one["busy_seconds"] for one in theirs)},
        "times_faster": middle["evidently"] / middle["naeum"],
        "naeum": {"auroc": part["auroc"], "columns": part["columns"], "weights": part["all_columns"]["weights"][:5],
                  "finding": ours[0]["findings"].get("D36")},
        "evidently": theirs[0]["columns"],
    }  # fmt: skip
    record.save("explore_peers_drift", result, ("naeum", "duckdb", "numpy", "scikit-learn"))
    print(f"drift: naeum {middle['naeum']:.1f} s, Evidently {middle['evidently']:.1f} s", flush=True)
    print(f"  naeum: {(result['naeum']['finding'] or {}).get('seen')}", flush=True)
    return result


def _names(finding: Any, column: str) -> bool:
    """Whether a finding is about a column, by its numbers or its sentence."""
    told = " ".join([finding.seen, *map(str, finding.numbers)])
    return column in told.replace(",", " ").replace("'", " ").replace(".", " ").split()


def main(names: list[str]) -> int:
    """Measure what is named; all without a name."""
    if names[:1] == ["--child"]:
        test = names[4] if len(names) > 4 else None
        print(json.dumps(explored(names[1], names[2], PARTS[names[3]], test)))
        return 0
    python = os.environ.get("NAEUM_EXPLORE_PEERS_PYTHON")
    if not python:
        print("NAEUM_EXPLORE_PEERS_PYTHON must name the peers' interpreter; it is not set", file=sys.stderr)
        return 2
    tables = corpora() / "tables"
    with tempfile.TemporaryDirectory() as folder:
        known = {
            "titanic": (tables / "titanic.csv", "survived"),
            "diamonds": (tables / "diamonds.csv.gz", "cut"),
            "nsmc": (corpora() / "nsmc" / "train.tsv.gz", "label"),
            **{name: (Path(folder) / f"{name}.parquet", "label") for name in MADE_ROWS},
        }
        for name in names or (*known, "drift"):
            if name == "drift":
                drifted(Path(folder), python)
                continue
            if name in MADE_ROWS:
                write_large(known[name][0], MADE_ROWS[name])
            compared(name, *known[name], python)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
