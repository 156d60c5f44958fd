"""What is left of a learner that only chose what is fitted, on which rows? The inner predictor, as it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from naeum.contract import State, Task
from naeum.model.around.one import AroundOne


@dataclass(frozen=True, eq=False)
class Through(AroundOne):
    """A predictor that answers what the one inside it answers; it knows how to write down what that one decided."""

    kind: ClassVar[str] = "through"
    version: ClassVar[int] = 1

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
