"""Which labels does cleanlab suspect, given out-of-fold probabilities? Runs in the peers' own environment.

Reads labels (rows,) and probabilities (rows, classes) from .npy files; tells the positions, the most suspicious first,
as JSON on the last line.
"""

from __future__ import annotations

import argparse
import json
import time


def main() -> None:
    """Ask cleanlab with its defaults."""
    import numpy as np
    from cleanlab.filter import find_label_issues

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("labels")
    parser.add_argument("probabilities")
    wanted = parser.parse_args()
    labels = np.load(wanted.labels, allow_pickle=False)
    probabilities = np.load(wanted.probabilities, allow_pickle=False).astype(np.float64)
    probabilities /= probabilities.sum(axis=1, keepdims=True)
    start = time.perf_counter()
    found = find_label_issues(labels, probabilities, return_indices_ranked_by="self_confidence", n_jobs=1)
    print(json.dumps({"seconds": time.perf_counter() - start, "suspects": [int(at) for at in found]}))


if __name__ == "__main__":
    main()
