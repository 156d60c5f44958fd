"""What may a check look at?

Rows of select and test cannot be reached from here: what is diagnosed and shown never steers by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from naeum.contract import Dataset, Ids, Ints, Outputs, Task
from naeum.errors import InputError, NotApplicable

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.diagnose.curve import LearningCurve
    from naeum.diagnose.noise import Noise

SAMPLE_ROWS = 2000  # clean fit rows to answer in evaluation mode: the error of 2,000 rows is known to ±2 points


@dataclass(frozen=True, eq=False, kw_only=True)
class Subject:
    """One rung with the rows and answers that a diagnosis may use.

    Raises:
        InputError: answers do not belong to their rows.
    """

    task: Task
    fit: Dataset
    tune: Dataset  # or, with small data, out-of-fold rows
    learner: Any = None  # of the rung looked at
    sample: Dataset | None = None  # clean fit rows, at most SAMPLE_ROWS
    sample_outputs: Outputs | None = None  # answers to `sample` in evaluation mode
    tune_outputs: Outputs | None = None
    floor_outputs: Outputs | None = None  # of the most frequent class, on tune
    rung_outputs: Mapping[int, Outputs] = field(default_factory=dict)  # number of another rung -> its answers on tune
    history: tuple[Mapping[str, Any], ...] | None = None  # step, loss, tune_loss, tune_score, learning_rate
    curve: LearningCurve | None = None
    noise: Noise | None = None
    lengths: Ints | None = None  # (rows of fit,) tokens or words, as the learner counts them
    tune_lengths: Ints | None = None  # (rows of tune,)
    max_length: int | None = None  # in the same unit
    others: pa.Table | None = None  # columns beside the inputs, rows of fit
    leaked: Mapping[str, Ids] | None = None  # part -> ids of its rows that (nearly) stand in fit too
    metric: str = ""  # empty: the task's
    reference: float | None = None  # what a perfect model would reach, as a score of the metric
    seed: int = 0

    def __post_init__(self) -> None:
        pairs = [("sample_outputs", self.sample_outputs, self.sample), ("tune_outputs", self.tune_outputs, self.tune)]
        pairs += [("floor_outputs", self.floor_outputs, self.tune)]
        pairs += [(f"rung_outputs[{number}]", outputs, self.tune) for number, outputs in self.rung_outputs.items()]
        for name, outputs, rows in pairs:
            if outputs is not None and (rows is None or len(outputs) != len(rows)):
                count = 0 if rows is None else len(rows)
                raise InputError(f"{name} must answer its {count} rows; got {len(outputs)} answers; predict those rows")

    @property
    def metric_name(self) -> str:
        return self.metric or self.task.metric

    def answered(self, *, any_output: bool = False) -> tuple[Outputs, Dataset]:
        """The answers on tune, where they can be compared.

        Args:
            any_output: of any kind; else of one label a row.

        Raises:
            NotApplicable: there are none, or the task is not one label a row.
        """
        self._must_be_a_label(any_output)
        if self.tune_outputs is None or not (self.tune.target >= 0).any():
            raise NotApplicable("it needs answers to labelled tune rows; there are none")
        return self.tune_outputs, self.tune

    def seen_in_fit(self, *, any_output: bool = False) -> tuple[Outputs, Dataset]:
        """The answers on clean fit rows, see `answered`.

        Raises:
            NotApplicable: there are none, or the task is not one label a row.
        """
        self._must_be_a_label(any_output)
        if self.sample is None or self.sample_outputs is None or not (self.sample.target >= 0).any():
            raise NotApplicable("it needs answers to clean fit rows; there are none")
        return self.sample_outputs, self.sample

    def _must_be_a_label(self, any_output: bool) -> None:
        if self.task.output != "label" and not any_output:
            raise NotApplicable(f"it is for tasks with one label a row; this task answers {self.task.output}")
