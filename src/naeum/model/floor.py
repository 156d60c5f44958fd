"""What does always giving the same answer score? The floor that every model must beat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, Outputs, Parts, Run, Shape, State, Task
from naeum.model.text.examples import to_learn

if TYPE_CHECKING:
    import pyarrow as pa

UNSEEN = 0.5  # rows that a class without any is thought to have (Jeffreys' prior): rare, not impossible


@dataclass(frozen=True)
class Majority:
    """The share of each class among the labelled fit rows, as the answer to everything.

    Raises:
        InputError: no row of fit has a label.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.data import make
        >>> from naeum.testing.runs import TinyRun
        >>> fitted = Majority().fit(Parts(make(9), make(3)), TinyRun(Path()))
        >>> fitted.predict(make(2).rows).labels.tolist()
        ['a', 'a']
    """

    kind: ClassVar[str] = "majority"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})

    def fit(self, parts: Parts, run: Run) -> MajorityPredictor:
        """Count."""
        data = to_learn(parts.fit, "majority")
        counts = np.zeros(len(data.task.classes))
        known = data.target >= 0
        hard = known if data.soft is None else known & ~(data.soft.sum(axis=1) > 0)
        np.add.at(counts, data.target[hard], data.weight[hard])
        if data.soft is not None:
            counts += data.weight @ data.soft
        counts = np.maximum(counts, UNSEEN)
        return MajorityPredictor(data.task, np.log(counts / counts.sum()).astype(np.float32))


@dataclass(frozen=True, eq=False)
class MajorityPredictor:
    """The same log-probabilities for every row."""

    task: Task
    scores: Floats  # (classes,)

    kind: ClassVar[str] = "majority"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """The class shares, once a row."""
        return Outputs(self.task, np.tile(self.scores, (len(rows), 1)))

    def state(self) -> State:
        """The class shares."""
        return State(arrays={"scores": self.scores})

    @classmethod
    def restore(cls, task: Task, state: State) -> MajorityPredictor:
        """Read back."""
        return cls(task, state.arrays["scores"])

    def decided(self, learner: Any) -> Any:
        """Nothing was decided on tune."""
        return learner
