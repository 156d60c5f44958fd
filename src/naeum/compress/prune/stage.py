"""How does one of several trainings of a fit run: with which scratch folder, and which step of how many?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.contract import Dataset, Ids, Outputs, Parts, Policy, Predictor, Run

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class Stage:
    """A `contract.Run` for one of several trainings: with a scratch folder of its own, and steps that count on.

    Args:
        run: of the whole fit.
        number: of this training, from 0.
        count: of all of them.
    """

    run: Run
    number: int
    count: int

    @property
    def seed(self) -> int:
        return self.run.seed

    @property
    def policy(self) -> Policy:
        return self.run.policy

    @property
    def scratch(self) -> Path:
        """Kept over a kill, as that of the fit is."""
        place = self.run.scratch / f"stage{self.number}"
        place.mkdir(parents=True, exist_ok=True)
        return place

    @property
    def cache(self) -> Path:
        return self.run.cache

    @property
    def bare(self) -> Dataset | None:
        return self.run.bare

    @property
    def also(self) -> Callable[[Ids], pa.Table] | None:
        return self.run.also

    def seconds_left(self) -> float:
        return self.run.seconds_left()

    def report(self, step: int, steps: int, score: float | None = None, note: str = "") -> None:
        """A step of this training as one among those of all."""
        self.run.report(self.number * steps + step, self.count * steps, score, note)

    def fit(self, inner: Any, parts: Parts, share: float = 1.0) -> Predictor:
        return self.run.fit(inner, parts, share)

    def held_out(self, inner: Any, parts: Parts) -> tuple[Outputs, Dataset]:
        return self.run.held_out(inner, parts)

    def load(self, artifact: str) -> Predictor:
        return self.run.load(artifact)
