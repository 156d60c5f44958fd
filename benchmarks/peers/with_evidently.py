"""How long does Evidently take to a report of drift between two tables, and which columns does it say have drifted?

python -m benchmarks.peers.with_evidently REFERENCE CURRENT
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.peers.with_ydata import frame_of


def main(reference: str, current: str) -> None:
    """Compare with the preset for drift at its defaults; one line of JSON."""
    from evidently import Report
    from evidently.presets import DataDriftPreset

    began, worked = time.monotonic(), time.process_time()
    before, after = frame_of(reference), frame_of(current)
    snapshot = Report([DataDriftPreset()]).run(after, before)
    with tempfile.TemporaryDirectory() as folder:
        snapshot.save_html(str(Path(folder) / "report.html"))
        whole, busy = time.monotonic() - began, time.process_time() - worked
    found = [each for each in snapshot.dict()["metrics"] if "ValueDrift" in str(each.get("metric_name"))]
    told = [{"column": one["config"]["column"], "method": one["config"]["method"],
             "threshold": one["config"]["threshold"], "value": float(one["value"])} for one in found]  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    seconds = {"whole_seconds": whole, "busy_seconds": busy}
    print(json.dumps({"rows": len(after), **seconds, "peak_gib": peak, "columns": told}))


if __name__ == "__main__":
    main(*sys.argv[1:])
