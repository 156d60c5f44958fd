"""Is a job of five million answers as quick and as small at its end as at its start, and does it survive kill -9?

    python -m benchmarks.predict_job [--rows 5000000] [--folder /large/disk]

An exported n-gram model answers a Parquet file by `naeum predict`. One job is killed once, at about four tenths, and
goes on; it must end in as many rows as went in, each with its own id, and, where `--twice` asks for it, in the bytes of
a job that was left alone. Told for each tenth: rows a second, by the clock and by the processor (which what runs beside
slows less), and memory that is no file's.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import corpora, record
from naeum import sets
from naeum.compress.export import folder
from naeum.contract import Parts, Task
from naeum.engine import journal
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import dataset
from naeum.testing.runs import TinyRun

GROUP = 50_000  # rows written to the file at a time
KILLED_AT = 0.4  # of the rows
TENTHS = 10
# The verb as it is, with a line written after every chunk: seconds, rows, memory, seconds of the processor.
CODE = """
import json, sys, time
from pathlib import Path
from naeum.engine.journal import Journal
log = open(sys.argv.pop(1), "a", encoding="utf-8", buffering=1)
append = Journal.append
def told(self, columns, memory):
    append(self, columns, memory)
    lines = Path("/proc/self/status").read_text().splitlines()
    memory = next((int(line.split()[1]) for line in lines if line.startswith("RssAnon")), 0)
    log.write(json.dumps([time.perf_counter(), self.rows, memory, time.process_time()]) + "\\n")
Journal.append = told
from naeum.cli import main
sys.exit(main())
"""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=5_000_000)
    given.add_argument("--folder", help="where the files lie while it runs")
    given.add_argument("--twice", action="store_true", help="also a job that is left alone, for its bytes")
    chosen = given.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as scratch:
        place = Path(scratch)
        source = written(place / "rows.parquet", chosen.rows)
        model(place)
        killed = job(place, source, "killed", kill_at=int(KILLED_AT * chosen.rows))
        whole = job(place, source, "whole") if chosen.twice else None
        same = whole and (place / "killed.parquet").read_bytes() == (place / "whole.parquet").read_bytes()
        result = {
            "question": (__doc__ or "").splitlines()[0],
            "settings": {"rows": chosen.rows, "chunk": 4096, "seconds_between_marks": journal.SECONDS},
            "killed": {**killed, **checked(place / "killed.parquet", chosen.rows)},
            "same_bytes": same,
        }
    record.save("predict_job", result, ("naeum", "pyarrow", "numpy"))
    told = [
        [one["tenth"], *(f"{one[name]:,.0f}" for name in ("rows_per_second", "rows_per_processor_second", "memory_mb"))]
        for one in killed["tenths"]
    ]
    print(record.table(["tenth", "rows/s", "rows/processor s", "MB"], told))
    print({name: value for name, value in result["killed"].items() if name != "tenths"}, "same bytes:", same)


def written(path: Path, rows: int) -> Path:
    """So many rows, each with its number as id; no two texts are equal."""
    texts = [text for text, _ in corpora.sst2().train]
    schema = pa.schema({"id": pa.int64(), "text": pa.string()})
    with pq.ParquetWriter(str(path), schema) as file:
        for start in range(0, rows, GROUP):
            ids = range(start, min(start + GROUP, rows))
            file.write_table(pa.table([list(ids), [f"{texts[at % len(texts)]} {at}" for at in ids]], schema=schema))
    return path


def model(place: Path) -> None:
    """An exported n-gram model of SST-2."""
    corpus, task = corpora.sst2(), Task(classes=("0", "1"))
    lots = [([text for text, _ in rows], [int(label) for _, label in rows]) for rows in (corpus.train, corpus.valid)]
    parts = [dataset(texts, codes, task) for texts, codes in lots]
    (place / "scratch").mkdir()
    fitted = TfidfLogistic(words=(1, 2), chars=(0, 0)).fit(Parts(*parts), TinyRun(place / "scratch"))
    folder.export(fitted, place / "model", parts[1].rows)


def job(place: Path, source: Path, name: str, kill_at: int | None = None) -> dict[str, Any]:
    """Run the verb, killed once where that is asked for."""
    log, out = place / f"{name}.jsonl", place / f"{name}.parquet"
    command = [sys.executable, "-c", CODE, log, "predict", place / "model", source, "--out", out]
    start, died = time.perf_counter(), 0
    process = subprocess.Popen(list(map(str, command)))
    while kill_at and process.poll() is None:
        lines = lines_of(log)
        if lines and lines[-1][1] >= kill_at:
            died = int(lines[-1][1])
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            process, kill_at = subprocess.Popen(list(map(str, command))), None
        time.sleep(0.05)
    if process.wait():
        raise SystemExit(f"the job {name} ended with {process.returncode}")
    lines = lines_of(log)
    again = next((at for at, (one, two) in enumerate(pairwise(lines), 1) if two[1] <= one[1]), 0)
    return {
        "seconds": time.perf_counter() - start,
        "killed_at_row": died,
        "went_on_at_row": lines[again][1] if again else 0,
        "tenths": tenths([lines[:again], lines[again:]]),
    }


def tenths(lots: list[list[list[float]]]) -> list[dict[str, float]]:
    """Rows a second and most memory in each tenth of the rows, over the processes that answered them."""
    total = lots[-1][-1][1]
    steps = [
        (two[1], two[1] - one[1], two[0] - one[0], two[2], two[3] - one[3])
        for lot in lots
        for one, two in pairwise(lot)
    ]
    found = []
    for tenth in range(TENTHS):
        inside = [one for one in steps if tenth * total / TENTHS < one[0] <= (tenth + 1) * total / TENTHS]
        rows, seconds, worked = (sum(one[at] for one in inside) for at in (1, 2, 4))
        most = max((one[3] for one in inside), default=0) * 1024 / 1e6
        rates = {"rows_per_second": rows / max(seconds, 1e-9), "rows_per_processor_second": rows / max(worked, 1e-9)}
        found.append({"tenth": tenth + 1, **rates, "memory_mb": most})
    return found


def lines_of(log: Path) -> list[list[float]]:
    """What was told so far, whole lines alone."""
    if not log.exists():
        return []
    text = log.read_text(encoding="utf-8")
    return [json.loads(line) for line in text[: text.rfind("\n") + 1].splitlines()]


def checked(path: Path, rows: int) -> dict[str, Any]:
    """How many rows are lost or doubled."""
    ids = pq.read_table(path, columns=["id"])["id"].to_numpy()
    unique = sets.unique(ids)
    return {
        "rows_out": len(ids), "lost": rows - len(unique), "doubled": len(ids) - len(unique),
        "in_order": bool((ids == np.arange(len(ids))).all()),
    }  # fmt: skip


if __name__ == "__main__":
    main()
