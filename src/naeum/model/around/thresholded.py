"""From which probability on is each of several labels answered? From the one that scores best on held-out rows.

Half is right where every mistake costs the same; F1 wants rare labels answered sooner. Thresholds are tuned label by
label, each with the others as they stand, and only where a step is worth it.

References:
    Lipton, Elkan & Narayanaswamy 2014, "Optimal thresholding of classifiers to maximize F1 measure".
    Fan & Lin 2007, "A study on threshold selection for multi-label classification".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Floats, InputKind, OutputKind, Outputs, Parts, Run, Shape, State, Task
from naeum.decoding import CUT
from naeum.errors import InputError
from naeum.measure import metric
from naeum.measure.judged import judged
from naeum.measure.scored import Metric
from naeum.measure.sets import ScoredSets
from naeum.model.around.one import AroundOne
from naeum.model.claims import ALL

TRIED = 40  # thresholds of a label, spread over the probabilities that its rows were given
ROUNDS = 2  # passes over the labels: the second sees what the first made of the others
WORTH = 1e-3  # of the metric for each label: what one row more or less brings by chance is not


@dataclass(frozen=True)
class Thresholded:
    """`inner` with a threshold for each of several labels.

    Args:
        inner: the learner.
        cut: one a class, in the order of the classes; empty: those with the best score on held-out rows.

    Raises:
        InputError: a threshold is not a probability; when fitting: there is not one for each class.
    """

    inner: Any = None
    cut: tuple[float, ...] = ()

    kind: ClassVar[str] = "thresholded"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"labels"})
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if not all(0 <= one <= 1 for one in self.cut):
            raise InputError(
                f"a threshold must be a probability in [0, 1]; got {self.cut}; leave them out to tune them"
            )

    def fit(self, parts: Parts, run: Run) -> Cut:
        """Fit the inner learner; tune the thresholds on held-out rows unless they are given."""
        classes = len(parts.fit.task.classes)
        if self.cut and len(self.cut) != classes:
            raise InputError(
                f"there must be a threshold for each of {classes} classes; got {len(self.cut)}; leave them out to tune "
                "them"
            )
        found = self.cut or (CUT,) * classes
        if not self.cut and (parts.tune.target >= 0).any():
            outputs, data = run.held_out(self.inner, parts)
            found = tuned(outputs, data)
        return Cut(run.fit(self.inner, parts), found)


@dataclass(frozen=True, eq=False)
class Cut(AroundOne):
    """A predictor with its thresholds."""

    cut: tuple[float, ...]

    kind: ClassVar[str] = "thresholded"
    version: ClassVar[int] = 1

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """What the inner predictor answered, cut elsewhere."""
        return replace(answers[0], cut=np.asarray(self.cut, np.float32))

    def state(self) -> State:
        """The thresholds beside the inner predictor."""
        return State({"cut": list(self.cut)}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Cut:
        """Read back."""
        return cls(state.children["inner"], tuple(state.settings["cut"]))

    def decided(self, learner: Thresholded) -> Thresholded:
        """The inner learner decided, and the thresholds written down."""
        return replace(learner, inner=self.inner.decided(learner.inner), cut=self.cut)


def tuned(outputs: Outputs, data: Dataset) -> tuple[float, ...]:
    """The thresholds with the best score by the task's metric; CUT where another is not worth it."""
    chosen = metric(data.task.metric)
    scored = judged(outputs, data, chosen)
    classes = len(data.task.classes)
    if chosen.needs != "labels" or not isinstance(scored, ScoredSets):
        return (CUT,) * classes
    cut = np.full(classes, CUT)
    for _ in range(ROUNDS):
        before = cut.copy()
        for label in range(classes):
            cut[label] = _best(chosen, scored, cut, label)
        if np.array_equal(before, cut):
            break
    return tuple(float(np.float32(one)) for one in cut)


def _best(chosen: Metric, scored: ScoredSets, cut: Floats | Any, label: int) -> float:
    """The best threshold of one label with the others as they stand."""
    told = scored.probabilities[:, label]

    def value(at: float) -> float:
        predicted = scored.probabilities >= np.where(np.arange(len(cut)) == label, at, cut)
        return chosen.sign * chosen.of(replace(scored, predicted=predicted))

    now = value(float(cut[label]))
    best, place = now + WORTH / len(cut), float(cut[label])
    for at in _between(told):
        if (found := value(at)) > best:
            best, place = found, at
    return place


def _between(told: Any) -> list[float]:
    """Thresholds that lie between probabilities that were given, spread by rank."""
    unique = sets.unique(told)
    if len(unique) < 2:
        return []
    middle = (unique[:-1] + unique[1:]) / 2
    places = sets.unique(np.linspace(0, len(middle) - 1, min(TRIED, len(middle))).round().astype(int))
    return [float(one) for one in middle[places]]
