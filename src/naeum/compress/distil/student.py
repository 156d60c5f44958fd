"""What is a fitted student? It answers alone; of its teacher only the recipe is left."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from naeum import values
from naeum.contract import Predictor, State, Task
from naeum.model.around.through import Through


@dataclass(frozen=True, eq=False)
class Student(Through):
    """A small model that learned from a larger one."""

    kind: ClassVar[str] = "student"
    version: ClassVar[int] = 1
    teacher: Any = None  # its recipe, with all that its fit decided, as JSON

    @classmethod
    def of(cls, fitted: Predictor, learner: Any, teacher: Predictor) -> Student:
        """A student with the recipe of the teacher that `learner` names."""
        return cls(fitted, values.to_json(teacher.decided(learner)))

    def state(self) -> State:
        """The recipe of the teacher beside the student."""
        return State({"teacher": self.teacher}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Student:
        """Read back."""
        return cls(state.children["inner"], state.settings["teacher"])

    def decided(self, learner: Any) -> Any:
        """The learner with its teacher and its student decided."""
        kinds = {node.kind: type(node) for _, node in values.nodes(learner)}
        return replace(
            learner,
            teacher=values.from_json(self.teacher, kinds),
            student=self.inner.decided(learner.student),
        )
