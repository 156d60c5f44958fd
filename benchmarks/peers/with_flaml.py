"""How well does FLAML answer after a given time?

Its AutoML searches over boosted trees, forests and linear models (Wang et al. 2021) on the sentence vectors of the same
encoder, deciding on the validation rows. Encoding counts.
"""

from __future__ import annotations

import time
from typing import Any

from benchmarks.corpora import Corpus
from benchmarks.peers import trial


def load() -> trial.Fit:
    import numpy as np
    import sentence_transformers  # noqa: F401  (imported before the clock starts)
    from flaml import AutoML

    def fit(corpus: Corpus, seconds: float, threads: int) -> tuple[trial.Answer, dict[str, Any]]:
        start = time.perf_counter()
        parts = [corpus.train, corpus.valid]
        features = [np.asarray(trial.encode([text for text, _ in part])) for part in parts]
        labels = [np.asarray([corpus.classes.index(label) for _, label in part]) for part in parts]
        encoded = time.perf_counter() - start
        automl = AutoML()
        automl.fit(
            X_train=features[0],
            y_train=labels[0],
            X_val=features[1],
            y_val=labels[1],
            task="classification",
            metric="accuracy",
            time_budget=seconds - encoded,
            retrain_full="budget",
            n_jobs=threads,
            seed=0,
            verbose=0,
        )
        settings = {
            "encode_seconds": round(encoded, 1),
            "best": automl.best_estimator,
            "config": {name: str(value) for name, value in (automl.best_config or {}).items()},
        }

        def answer(asked: list[str]) -> list[str]:
            return [corpus.classes[code] for code in automl.predict(np.asarray(trial.encode(asked)))]

        return answer, settings

    return fit


if __name__ == "__main__":
    trial.run("flaml", ("flaml", "lightgbm", "xgboost", "sentence-transformers", "torch"), load)
