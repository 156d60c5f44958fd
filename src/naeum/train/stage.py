"""How does one of several trainings of a fit run: with which scratch folder, and which step of how many?"""

from __future__ import annotations

from typing import Any

from naeum.contract import Dataset, Outputs, Parts, Predictor, Run


class Stage:
    """A `contract.Run` for one of several trainings: with a scratch folder of its own, and steps that count on.

    Args:
        run: of the whole fit.
        number: of this training, from 0.
        count: of all of them.
    """

    def __init__(self, run: Run, number: int, count: int) -> None:
        self.run, self.number, self.count = run, number, count
        self.seed, self.policy, self.cache, self.bare, self.also = run.seed, run.policy, run.cache, run.bare, run.also
        self.scratch = run.scratch / f"stage{number}"  # kept over a kill, as that of the fit is
        self.scratch.mkdir(parents=True, exist_ok=True)

    def seconds_left(self) -> float:
        """Those of the whole fit."""
        return self.run.seconds_left()

    def report(self, step: int, steps: int, score: float | None = None, note: str = "") -> None:
        """A step of this training as one among those of all."""
        self.run.report(self.number * steps + step, self.count * steps, score, note)

    def fit(self, inner: Any, parts: Parts, share: float = 1.0) -> Predictor:
        """As the whole fit does."""
        return self.run.fit(inner, parts, share)

    def held_out(self, inner: Any, parts: Parts) -> tuple[Outputs, Dataset]:
        """As the whole fit does."""
        return self.run.held_out(inner, parts)

    def load(self, artifact: str) -> Predictor:
        """As the whole fit does."""
        return self.run.load(artifact)
