"""How well does naeum answer after a given time?

The same rows: training, validation to decide on, and the test rows once at the end. The packaged encoder, nothing is
downloaded.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from benchmarks.corpora import Corpus, Rows
from benchmarks.peers import trial


def load() -> trial.Fit:
    import pandas as pd

    import naeum

    def frame(rows: Rows) -> pd.DataFrame:
        return pd.DataFrame(rows, columns=["text", "label"])

    def fit(corpus: Corpus, seconds: float, threads: int) -> tuple[trial.Answer, dict[str, Any]]:
        folder = Path(tempfile.mkdtemp(prefix="naeum-")) / "run"
        ladder = naeum.improve(
            frame(corpus.train),
            target="label",
            text="text",
            valid=frame(corpus.valid),
            test=frame(corpus.test),
            minutes=seconds / 60,
            threads=threads,
            offline=True,
            run=str(folder),
        )
        settings = {
            "rungs": len(ladder.rungs),
            "champion": ladder.champion.rung.technique,
            "test": {name: ladder.test[name] for name in ("value", "low", "high")} if ladder.test else None,
        }
        return lambda asked: [str(label) for label in ladder.champion.predict(asked).labels], settings

    return fit


if __name__ == "__main__":
    trial.run("naeum", ("naeum", "torch", "transformers", "scikit-learn"), load)
