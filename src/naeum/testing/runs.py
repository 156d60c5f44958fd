"""How is a learner fitted in a test, without a climb around it?"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum import values
from naeum.contract import Dataset, Ids, Outputs, Parts, Policy, Predictor
from naeum.errors import StoreError

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class TinyRun:
    """A `contract.Run` in memory: it fits each learner once for the same data, and gives each fit its own folder.

    Args:
        folder: where scratch and cache folders are made.
        seconds: what `seconds_left` says.
        fitted: predictors by key: those that were fitted, and those to be found by `load`.
        reports: every call of `report`, in order.
    """

    folder: Path
    seed: int = 0
    policy: Policy = field(default_factory=lambda: Policy(threads=1, reason="a test", offline=True))
    seconds: float = math.inf
    fitted: dict[str, Predictor] = field(default_factory=dict)
    reports: list[tuple[int, int, float | None, str]] = field(default_factory=list)
    name: str = "outer"
    bare: Dataset | None = None
    also: Callable[[Ids], pa.Table] | None = None

    @property
    def scratch(self) -> Path:
        place = self.folder / "scratch" / self.name
        place.mkdir(parents=True, exist_ok=True)
        return place

    @property
    def cache(self) -> Path:
        place = self.folder / "cache"
        place.mkdir(parents=True, exist_ok=True)
        return place

    def seconds_left(self) -> float:
        return self.seconds

    def report(self, step: int, steps: int, score: float | None = None, note: str = "") -> None:
        self.reports.append((step, steps, score, note))

    def fit(self, inner: Any, parts: Parts, share: float = 1.0) -> Predictor:
        key = self.key(inner, parts)
        if key not in self.fitted:
            self.fitted[key] = inner.fit(parts, self._for(key, share))
        return self.fitted[key]

    def held_out(self, inner: Any, parts: Parts) -> tuple[Outputs, Dataset]:
        return self.fit(inner, parts).predict(parts.tune.rows), parts.tune

    def load(self, artifact: str) -> Predictor:
        if artifact not in self.fitted:
            raise StoreError(f"the artifact {artifact} must have been fitted in this run; it was not; fit it first")
        return self.fitted[artifact]

    def key(self, inner: Any, parts: Parts) -> str:
        """The key under which `fit` keeps what it fitted."""
        return values.digest(values.key(inner) + parts.fit.key + parts.tune.key + str(self.seed))

    def _for(self, key: str, share: float) -> TinyRun:
        seconds = self.seconds * share if math.isfinite(self.seconds) else self.seconds
        return TinyRun(
            self.folder, self.seed, self.policy, seconds, self.fitted, self.reports, key, self.bare, self.also
        )
