"""What is the same in every predictor that stands around one other?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from naeum.contract import Outputs, Predictor, Task

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class AroundOne:
    """A predictor that answers by what the one inside it answers; `combine` says how, by itself as it is."""

    inner: Predictor

    @property
    def task(self) -> Task:
        """The task of the inner predictor."""
        return self.inner.task

    @property
    def members(self) -> tuple[Predictor, ...]:
        """The inner predictor, whose answers `combine` takes."""
        return (self.inner,)

    @property
    def history(self) -> Any:
        """How the training of the inner predictor went, where it knows."""
        return getattr(self.inner, "history", None)

    def predict(self, rows: pa.Table) -> Outputs:
        """What is made of the inner predictor's answers to these rows."""
        return self.combine([self.inner.predict(rows)])

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """What is made of the inner predictor's answers: they stay as they are."""
        return answers[0]
