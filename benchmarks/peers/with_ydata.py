"""How long does ydata-profiling take to the report of a table, and what does it warn of?

python -m benchmarks.peers.with_ydata FILE
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path


def main(path: str) -> None:
    """Profile a file with the package's own settings; one line of JSON."""
    import pandas as pd
    from ydata_profiling import ProfileReport

    began = time.monotonic()
    frame = pd.read_csv(path)
    report = ProfileReport(frame, progress_bar=False)
    with tempfile.TemporaryDirectory() as folder:
        report.to_file(Path(folder) / "report.html")
        whole = time.monotonic() - began
    alerts = [str(alert) for alert in report.get_description().alerts]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(json.dumps({"rows": len(frame), "whole_seconds": whole, "peak_gib": peak, "findings": alerts}))


if __name__ == "__main__":
    main(sys.argv[1])
