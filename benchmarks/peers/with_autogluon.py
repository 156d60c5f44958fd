"""How well does AutoGluon answer after a given time?

Its tabular predictor (Erickson et al. 2020) with its own text features (n-grams and counts) beside the sentence vectors
of the same encoder; it tunes and weights its ensemble on the validation rows. Its multimodal predictor is not run: it
needs torchvision. Encoding counts.
"""

from __future__ import annotations

import tempfile
import time
from typing import Any

from benchmarks.corpora import Corpus
from benchmarks.peers import trial


def load() -> trial.Fit:
    import numpy as np
    import pandas as pd
    import sentence_transformers  # noqa: F401  (imported before the clock starts)
    from autogluon.tabular import TabularPredictor

    def frame(texts: list[str], labels: list[str] | None = None) -> pd.DataFrame:
        vectors = np.asarray(trial.encode(texts))
        columns = pd.DataFrame(vectors, columns=[f"v{index}" for index in range(vectors.shape[1])])
        columns["text"] = texts
        return columns if labels is None else columns.assign(label=labels)

    def fit(corpus: Corpus, seconds: float, threads: int) -> tuple[trial.Answer, dict[str, Any]]:
        start = time.perf_counter()
        train, valid = (frame(*map(list, zip(*part, strict=True))) for part in (corpus.train, corpus.valid))
        encoded = time.perf_counter() - start
        folder = tempfile.mkdtemp(prefix="autogluon-")
        predictor = TabularPredictor(label="label", eval_metric="accuracy", path=folder, verbosity=1)
        predictor.fit(train, tuning_data=valid, time_limit=seconds - encoded, num_cpus=threads, num_gpus=0)
        models = predictor.model_names()
        settings = {"encode_seconds": round(encoded, 1), "best": predictor.model_best, "models": models}
        return lambda asked: [str(label) for label in predictor.predict(frame(asked))], settings

    return fit


if __name__ == "__main__":
    trial.run("autogluon", ("autogluon.tabular", "lightgbm", "xgboost", "catboost", "torch"), load)
