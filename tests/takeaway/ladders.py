"""A ladder of two rungs, as `naeum.improve.ladder.Ladder` shows it."""

from types import SimpleNamespace

from naeum.contract import Rung, Task
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic


def ladder_of(folder, **options):
    """The ladder in a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    rungs = (
        Rung(0, Majority(), "floor", "The floor.", (), (), "k", 0.5, 0.4, 0.6, 0.5, 0.5, kept=True),
        Rung(
            1, TfidfLogistic(), "linear", "N-grams.", (0,), ("",), "k", 0.9, 0.8, 0.95, 0.9, 0.99, 0.4, 0.3, 0.5, 1.0,
            True, "Better.", cost={"seconds": 1.0, "latency_ms": 2.0, "memory_mb": float("nan")},
        ),
    )  # fmt: skip
    return SimpleNamespace(
        folder=folder, rungs=rungs, champion_rung=rungs[1], task=Task(classes=("a", "b"), metric="accuracy"),
        options={"target": "label", "seed": 3, "no_rows": False, "only": [], **options}, minutes=1.5, why="N-grams.",
        test={"score": 0.85, "low": 0.8, "high": 0.9},
    )  # fmt: skip
