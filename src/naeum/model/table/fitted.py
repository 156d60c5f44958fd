"""What does a table model that was fitted consist of, and how does it answer?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Outputs, State, Task
from naeum.model.table.cases import Scale
from naeum.model.table.encoder import Encoder
from naeum.model.table.trees import Trees
from naeum.model.text.aims import answered, columns

if TYPE_CHECKING:
    import pyarrow as pa

Doubles = npt.NDArray[np.float64]
LEAST = 1e-6  # probability below which a forest's answer is taken as this, so that its logarithm is finite


@dataclass(frozen=True, eq=False)
class FittedTrees:
    """Trees with the encoder of their rows.

    Args:
        task: that was learned.
        encoder: of the rows.
        trees: all of them.
        start: (columns,) what is answered before any tree.
        scale: of a number.
        rule: how the leaves are put together: "sum", "shares" (a sum of probabilities), or "median" of numbers.
        decided: settings of the learner that were decided by looking.
        complete: whether there was time for all trees that were wanted.
    """

    task: Task
    encoder: Encoder
    trees: Trees
    start: Doubles
    scale: Scale
    rule: str = "sum"
    settled: Mapping[str, Any] | None = None
    complete: bool = True

    kind: ClassVar[str] = "fitted_trees"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, log-probabilities or numbers, as the task asks."""
        return self.answers(self.encoder.matrix(rows))

    def answers(self, matrix: Doubles) -> Outputs:
        """Answers to encoded rows."""
        return outputs_of(self.trees.answer(matrix, len(self.start), self.rule), self)

    def state(self) -> State:
        """Settings, and the arrays of encoder and trees."""
        settings = {
            "encoder": self.encoder.settings(), "scale": asdict(self.scale), "rule": self.rule,
            "settled": dict(self.settled or {}), "complete": self.complete,
            "single": self.trees.single, "depth": self.trees.depth,
        }  # fmt: skip
        return State(settings, {**self.encoder.stored(), **self.trees.arrays(), "start": self.start})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedTrees:
        """Read back."""
        given, arrays = state.settings, state.arrays
        return cls(
            task,
            Encoder.restored(task, given["encoder"], arrays),
            Trees.of(arrays, bool(given["single"]), int(given["depth"])),
            np.asarray(arrays["start"], np.float64),
            Scale(**given["scale"]),
            given["rule"],
            dict(given["settled"]),
            bool(given["complete"]),
        )

    def decided(self, learner: Any) -> Any:
        """The learner with what looking at tune decided."""
        return replace(learner, **(self.settled or {}))


def outputs_of(found: Doubles, fitted: FittedTrees) -> Outputs:
    """What trees say, beside where they start, as answers of the task."""
    return answered(fitted.task, scores_of(found + fitted.start, fitted.scale, fitted.rule, fitted.task.output))


def scores_of(found: Doubles, scale: Scale, rule: str, output: str) -> Floats:
    """(rows, columns) logits, log-probabilities, log odds or numbers of what trees say."""
    if output == "number":
        return np.asarray(scale.undo(found), np.float32)
    if rule != "shares":
        return np.asarray(found, np.float32)
    shares = np.clip(found, LEAST, 1 - LEAST)
    logs = np.log(shares) - np.log1p(-shares) if output == "labels" else np.log(shares)
    return np.asarray(logs, np.float32)


def nothing(task: Task) -> Doubles:
    """(columns,) a start of nothing."""
    return np.zeros(columns(task))
