"""How is a learner fitted where there is no climb around it?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naeum.contract import Dataset, Outputs, Parts, Policy, Predictor
from naeum.errors import StoreError


@dataclass(frozen=True)
class Alone:
    """A `contract.Run` that fits what it is given and keeps nothing; for learners that need no folder."""

    seed: int
    policy: Policy
    scratch: Path = Path()
    cache: Path = Path()

    def seconds_left(self) -> float:
        return math.inf

    def report(self, step: int, steps: int, score: float | None = None, note: str = "") -> None:
        return None

    def fit(self, inner: Any, parts: Parts, share: float = 1.0) -> Predictor:
        fitted: Predictor = inner.fit(parts, self)
        return fitted

    def held_out(self, inner: Any, parts: Parts) -> tuple[Outputs, Dataset]:
        return self.fit(inner, parts).predict(parts.tune.rows), parts.tune

    def load(self, artifact: str) -> Predictor:
        raise StoreError(f"nothing is stored while data are explored; {artifact} was asked for; climb to have it")
