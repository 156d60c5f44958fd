"""How well does AutoGluon answer on a table after a given time?

Its tabular predictor (Erickson et al. 2020) with its default models, the same rows to learn from, the same columns and
the same limit as naeum. It cuts its own validation rows from those to learn from.

python -m benchmarks.peers.with_autogluon_tables FOLDER --target COLUMN --kind label --seconds 60

FOLDER holds train.csv and test.csv; the answers are written there as autogluon.csv, in the order of the test rows.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--target", required=True)
    parser.add_argument("--kind", choices=("label", "number"), required=True)
    parser.add_argument("--classes", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(given.threads)
    import pandas as pd
    from autogluon.tabular import TabularPredictor

    train, test = (pd.read_csv(given.folder / f"{part}.csv") for part in ("train", "test"))
    if given.kind == "label":
        train[given.target] = train[given.target].astype(str)
    problem = "regression" if given.kind == "number" else "binary" if given.classes == 2 else "multiclass"
    predictor = TabularPredictor(
        label=given.target, problem_type=problem, eval_metric="r2" if given.kind == "number" else "accuracy",
        path=tempfile.mkdtemp(prefix="autogluon-"), verbosity=1,
    )  # fmt: skip
    start = time.perf_counter()
    predictor.fit(train, time_limit=given.seconds, num_cpus=given.threads, num_gpus=0)
    seconds = time.perf_counter() - start
    predictor.predict(test.drop(columns=[given.target])).to_csv(given.folder / "autogluon.csv", index=False)
    about = {"fit_seconds": round(seconds, 2), "best": predictor.model_best, "models": predictor.model_names()}
    (given.folder / "autogluon.json").write_text(json.dumps(about), encoding="utf-8")


if __name__ == "__main__":
    main()
