"""What does a model score that has learned nothing but how often each class occurs? The floor of every ladder."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, Outputs, Parts, Run, Shape, State, Task

if TYPE_CHECKING:
    import pyarrow as pa

LEAST = 1e-6  # probability of a class that no fit row has: never certain, never a crash in a logarithm


@dataclass(frozen=True)
class Majority:
    """Answers every row with the frequencies of the classes, and with equal ones where no row has a label.

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

    def fit(self, parts: Parts, run: Run) -> Prior:
        """Count the classes, each row by its weight."""
        fit, classes = parts.fit, len(parts.fit.task.classes)
        hard = fit.target >= 0
        counts = np.zeros(classes)
        if fit.soft is not None:  # a soft target says more than the label that it was rounded to
            hard &= fit.soft.sum(axis=1) == 0
            counts += fit.weight @ fit.soft
        counts += np.bincount(fit.target[hard], weights=fit.weight[hard], minlength=classes)
        shares = np.maximum(counts / counts.sum(), LEAST) if counts.any() else np.ones(classes)
        return Prior(fit.task, np.log(shares / shares.sum()).astype(np.float32))


@dataclass(frozen=True, eq=False)
class Prior:
    """The same scores for every row."""

    task: Task
    scores: Floats  # (classes,) log-probabilities

    kind: ClassVar[str] = "prior"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(rows, classes) log-probabilities, all rows alike."""
        return Outputs(self.task, np.repeat(self.scores[None], rows.num_rows, axis=0))

    def state(self) -> State:
        """The log-probabilities."""
        return State(arrays={"scores": self.scores})

    @classmethod
    def restore(cls, task: Task, state: State) -> Prior:
        """Read back."""
        return cls(task, np.asarray(state.arrays["scores"], np.float32))

    def decided(self, learner: Any) -> Any:
        """Nothing was decided by looking."""
        return learner
