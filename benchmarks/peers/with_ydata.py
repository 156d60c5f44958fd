"""How long does ydata-profiling take to the report of a table, and what does it warn of?

    python -m benchmarks.peers.with_ydata FILE [minimal]

Its own settings, or those of its minimal mode, which leaves correlations and the like out.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

LITERAL_QUOTES = 3  # csv.QUOTE_NONE: NSMC's quotes are part of the text


def frame_of(path: str) -> Any:
    """The file as pandas reads it."""
    import pandas as pd

    if path.endswith(".parquet"):
        return pd.read_parquet(path)
    if ".tsv" in path:
        return pd.read_csv(path, sep="\t", quoting=LITERAL_QUOTES)
    return pd.read_csv(path)


def main(path: str, mode: str = "") -> None:
    """Profile a file; one line of JSON."""
    from ydata_profiling import ProfileReport

    began, worked = time.monotonic(), time.process_time()
    frame = frame_of(path)
    report = ProfileReport(frame, progress_bar=False, minimal=mode == "minimal")
    with tempfile.TemporaryDirectory() as folder:
        report.to_file(Path(folder) / "report.html")
        whole, busy = time.monotonic() - began, time.process_time() - worked
    alerts = [
        {"kind": alert.alert_type.name, "column": alert.column_name, "fields": sorted(map(str, alert.fields))}
        for alert in report.get_description().alerts
    ]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    found = {"rows": len(frame), "whole_seconds": whole, "busy_seconds": busy, "peak_gib": peak, "alerts": alerts}
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
