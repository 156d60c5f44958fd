"""What is left of a learner that only chose what is fitted, on which rows? The inner predictor, as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from naeum.contract import Outputs, Predictor, State, Task

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, eq=False)
class Through:
    """A predictor that answers what the one inside it answers; it knows how to write down what that one decided."""

    inner: Predictor

    kind: ClassVar[str] = "through"
    version: ClassVar[int] = 1

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
        """The answers of the inner predictor."""
        return self.inner.predict(rows)

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """What the inner predictor answered."""
        return answers[0]

    def state(self) -> State:
        """Nothing but the inner predictor."""
        return State(children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Through:
        """Read back."""
        return cls(state.children["inner"])

    def decided(self, learner: Any) -> Any:
        """The learner around it with its inner learner decided; as it stands where it has none."""
        return replace(learner, inner=self.inner.decided(learner.inner)) if hasattr(learner, "inner") else learner
