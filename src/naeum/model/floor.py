"""What does a model score that has learned nothing but how often each answer occurs? The floor of every ladder.

Classes get their frequencies, labels theirs, a number its median with the 5 % and 95 % quantiles, every word the
frequencies of the tags; a passage gives no answer as often as others do, else any of its units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, InputKind, Link, OutputKind, Outputs, Parts, Run, Shape, State, Task
from naeum.measure.sets import indicator
from naeum.measure.words import sizes, tag_codes, word_offsets
from naeum.model.claims import ALL
from naeum.passages import units_of

if TYPE_CHECKING:
    import pyarrow as pa

LINKS: Mapping[OutputKind, Link] = {"labels": "sigmoid", "number": "identity"}
SQUARED = frozenset({"r2", "rmse", "mse"})  # metrics of which the mean is the best constant answer
ENDS = (0.05, 0.95)  # quantiles between which a number lies with 90 % probability
LEAST = 1e-6  # probability of a class that no fit row has: never certain, never a crash in a logarithm


@dataclass(frozen=True)
class Majority:
    """Answers every row alike: with the frequencies of the classes (equal ones where no row has a label), or with the
    mean of the numbers where the score is of squares, else their median.

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
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"label", "labels", "number", "tags", "span"})
    reads: ClassVar[frozenset[InputKind]] = ALL

    def fit(self, parts: Parts, run: Run) -> Prior:
        """Count the classes, each row by its weight."""
        fit, classes = parts.fit, len(parts.fit.task.classes)
        if fit.task.output == "number":
            return Prior(fit.task, *_middle(fit))
        if fit.task.output == "labels":
            return Prior(fit.task, _log_odds(fit))
        if fit.task.output == "tags":
            return Prior(fit.task, _tag_shares(fit))
        if fit.task.output == "span":
            return Prior(fit.task, _answered_shares(fit))
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
    scores: Floats  # (classes,) log-probabilities, log odds of labels, or one number; of a span log shares of none, any
    ends: Floats | None = None  # (2,) of a number: its 5 % and 95 % quantiles

    kind: ClassVar[str] = "prior"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(units, classes) the same scores for every row, and for every word of it where words are tagged."""
        if self.task.output == "tags":
            offsets = word_offsets(rows[self.task.inputs[0]])
            return Outputs(self.task, np.repeat(self.scores[None], offsets[-1], axis=0), offsets=offsets)
        if self.task.output == "span":
            return self._anywhere(rows)
        scores = np.repeat(self.scores[None], rows.num_rows, axis=0)
        ends = None if self.ends is None else np.repeat(self.ends[None], rows.num_rows, axis=0)
        return Outputs(self.task, scores, LINKS.get(self.task.output, "softmax"), quantiles=ends)

    def _anywhere(self, rows: pa.Table) -> Outputs:
        """The share of no answer, and what is left spread evenly over the units of each passage."""
        texts = np.empty(rows.num_rows, object)
        texts[:] = [text or "" for text in rows[self.task.inputs[-1]].to_pylist()]
        units = units_of(texts)
        sizes = np.diff(units.offsets)
        scores = np.repeat(self.scores[1] - np.log(np.maximum(sizes - 1, 1)), sizes)
        scores[units.offsets[:-1]] = self.scores[0]
        both = np.repeat(scores[:, None], 2, axis=1).astype(np.float32)
        return Outputs(self.task, both, offsets=units.offsets, passages=texts)

    def state(self) -> State:
        """The scores."""
        return State(arrays={"scores": self.scores} | ({} if self.ends is None else {"ends": self.ends}))

    @classmethod
    def restore(cls, task: Task, state: State) -> Prior:
        """Read back."""
        ends = state.arrays.get("ends")
        scores = np.asarray(state.arrays["scores"], np.float32)
        return cls(task, scores, None if ends is None else np.asarray(ends, np.float32))

    def decided(self, learner: Any) -> Any:
        """Nothing was decided by looking."""
        return learner


def _middle(fit: Dataset) -> tuple[Floats, Floats]:
    """(1,) the best constant answer by the task's metric, and (2,) the quantiles ENDS, each row by its weight."""
    known = fit.target >= 0
    if fit.truth is None or not known.any():
        return np.zeros(1, np.float32), np.zeros(2, np.float32)
    numbers, weight = np.asarray(fit.truth.to_numpy(), np.float64)[known], np.asarray(fit.weight, np.float64)[known]
    order = np.argsort(numbers, kind="stable")
    places = np.cumsum(weight[order]) / max(weight.sum(), LEAST)
    low, median, high = numbers[order][np.searchsorted(places, (ENDS[0], 0.5, ENDS[1])).clip(max=len(order) - 1)]
    middle = np.average(numbers, weights=weight) if fit.task.metric in SQUARED and weight.any() else median
    return np.array([middle], np.float32), np.array([low, high], np.float32)


def _log_odds(fit: Dataset) -> Floats:
    """(classes,) of each label, from how often it stands."""
    known = fit.target >= 0
    weight = fit.weight[known]
    counts = weight @ indicator(fit)[known].astype(np.float64)
    shares = np.clip(counts / max(float(weight.sum()), LEAST), LEAST, 1 - LEAST)
    return np.asarray(np.log(shares / (1 - shares)), np.float32)


def _tag_shares(fit: Dataset) -> Floats:
    """(classes,) log share of the words that have each tag."""
    codes, offsets = tag_codes(fit)
    weight, known = np.repeat(fit.weight, np.diff(offsets)), codes >= 0
    counts = np.bincount(codes[known], weights=weight[known], minlength=len(fit.task.classes))
    shares = np.maximum(counts / max(counts.sum(), LEAST), LEAST)
    return np.asarray(np.log(shares / shares.sum()), np.float32)


def _answered_shares(fit: Dataset) -> Floats:
    """(2,) log share of the rows without an answer and with one; equal ones where no row is labelled."""
    known = (fit.target >= 0) & (fit.weight > 0)
    if fit.truth is None or not known.any():
        return np.log(np.full(2, 0.5, np.float32))
    share = float(np.average(sizes(fit.truth)[known] > 0, weights=fit.weight[known]))
    return np.log(np.clip(np.array([1 - share, share], np.float32), LEAST, 1 - LEAST))
