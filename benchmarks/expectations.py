"""Do expectations hold on rows of the same source, and do they catch what is wrong?

Each data set is cut at random into two halves, many times. Expectations are learned on one half. Those that the other
half breaks are false alarms. Then each of ten faults is planted in the other half (see faults.py), and is caught if an
expectation breaks that the clean half keeps.

    python benchmarks/expectations.py --splits 20 --out benchmarks/results/expectations.json
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.faults import FAULTS, Places, with_places
from naeum.data import expectations
from naeum.store.files import write_atomic

DATA = Path(os.environ.get("NAEUM_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
LITERAL = {"sep": "\t", "quoting": 3}
ADDED = {"id": "row_id", "start": "start", "end": "end"}
# file, how it is read, and where faults are planted; what a table lacks stands in the added columns
SETS: dict[str, tuple[str, dict[str, Any], Places]] = {
    "titanic": ("tables/titanic.csv", {}, Places("sex", "class", "fare", ("age", "fare"), "embark_town", **ADDED)),
    "penguins": (
        "tables/penguins.csv",
        {},
        Places("species", "island", "body_mass_g", ("bill_length_mm", "bill_depth_mm"), "species", **ADDED),
    ),
    "diamonds": ("tables/diamonds.csv.gz", {}, Places("carat", "cut", "price", ("x", "z"), "clarity", **ADDED)),
    "tips": ("tables/tips.csv", {}, Places("sex", "day", "total_bill", ("total_bill", "tip"), "day", **ADDED)),
    "nsmc": ("nsmc/train.tsv.gz", LITERAL, Places("label", "label", "amount", ("id", "label"), "document", **ADDED)),
    "clinc150": (
        "clinc150/full_train.csv",
        {},
        Places("text", "intent", "amount", ("text", "intent"), "text", **ADDED),
    ),
    "sst2": (
        "sst2/train.tsv",
        {**LITERAL, "header": None, "names": ["text", "label"]},
        Places("label", "label", "amount", ("text", "label"), "text", **ADDED),
    ),
}


def halves(frame: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows in two random halves."""
    order = np.random.default_rng(seed).permutation(len(frame))
    cut = len(frame) // 2
    return frame.iloc[order[:cut]].reset_index(drop=True), frame.iloc[order[cut:]].reset_index(drop=True)


def one_split(frame: pd.DataFrame, at: Places, seed: int, plant: bool) -> dict[str, Any]:
    """Alarms on the clean half, and what each fault broke that the clean half keeps."""
    reference, rest = halves(frame, seed)
    started = time.perf_counter()
    expected = expectations.learn(reference)
    learned = time.perf_counter()
    clean = expected.check(rest)
    seconds = {"learn": round(learned - started, 3), "check": round(time.perf_counter() - learned, 3)}
    alarms = [f"{result.title}: {result.verdict.seen}" for result in clean.broken]
    found: dict[str, Any] = {"expectations": len(expected), "alarms": alarms, "seconds": seconds, "rows": len(rest)}
    if plant:
        known = {result.title for result in clean.broken}
        caught = {}
        for fault in FAULTS:
            report = expected.check(fault(rest, at, np.random.default_rng(seed)))
            caught[fault.__name__] = [result.title for result in report.broken if result.title not in known]
        found["caught"] = caught
    return found


def measured(name: str, splits: int) -> dict[str, Any]:
    """All splits of one data set: false alarms on its own columns, then on all with the planted faults."""
    file, how, at = SETS[name]
    frame = pd.read_csv(DATA / file, dtype=str, keep_default_na=False, **how)
    if name == "clinc150":
        frame.columns = ["text", "intent"]
    plain = [one_split(frame, at, seed, plant=False) for seed in range(splits)]
    full = with_places(frame, seed=0)
    planted = [one_split(full, at, seed, plant=True) for seed in range(min(splits, PLANTED))]
    tried = sum(one["expectations"] for one in plain)
    alarms = [alarm for one in plain for alarm in one["alarms"]]
    return {
        "rows_of_a_half": plain[0]["rows"],
        "expectations": plain[0]["expectations"],
        "splits": splits,
        "false_alarms": len(alarms),
        "of": tried,
        "share": len(alarms) / tried,
        "alarms": alarms[:20],
        "seconds": plain[0]["seconds"],
        "caught": {fault.__name__: sum(bool(one["caught"][fault.__name__]) for one in planted) for fault in FAULTS},
        "of_splits": len(planted),
        "by": {fault.__name__: planted[0]["caught"][fault.__name__][:4] for fault in FAULTS},
    }


PLANTED = 3  # splits in which the faults are planted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--splits", type=int, default=20)
    parser.add_argument("--only", choices=list(SETS), action="append")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    results = {}
    for name in asked.only or SETS:
        results[name] = found = measured(name, asked.splits)
        caught = sum(count == found["of_splits"] for count in found["caught"].values())
        print(
            f"{name:<10} {found['rows_of_a_half']:>7,} rows  {found['expectations']:>3} expectations  "
            f"false alarms {found['false_alarms']}/{found['of']} = {found['share']:.3%}  "
            f"faults caught {caught}/10  {found['seconds']}",
            flush=True,
        )
        for fault, times in found["caught"].items():
            if times < found["of_splits"]:
                print(f"           {fault}: {times} of {found['of_splits']}")
    total, of = sum(one["false_alarms"] for one in results.values()), sum(one["of"] for one in results.values())
    print(json.dumps({"false_alarms": total, "of": of, "share": total / of}))
    if asked.out:
        write_atomic(asked.out, json.dumps(results, ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
