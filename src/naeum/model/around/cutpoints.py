"""From which mean class number on is the next class in the order answered? From the one that scores best.

Rounding the mean is best for squared steps row by row; a metric of all rows together, such as quadratic kappa, rewards
answers that spread as the truth does, which means of unsure rows do not. Cut points are tuned on held-out rows, one by
one, each with the others as they stand, and only where a step is worth it. Metrics of probabilities keep their answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import sets
from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Parts, Run, Shape, Task
from naeum.decoding import mean_rank
from naeum.errors import InputError
from naeum.measure import metric
from naeum.measure.judged import judged
from naeum.measure.scored import Metric, Scored
from naeum.model.around.thresholded import Cut
from naeum.model.claims import ALL, LABEL, claims

TRIED = 40  # places of a cut point, spread over the means of the rows
ROUNDS = 3  # passes over the cut points: later ones see what the earlier made of the others
WORTH = 1e-3  # of the metric: what one row more or less brings by chance is not worth a step


@dataclass(frozen=True)
class CutPoints:
    """`inner` of classes in an order with cut points on the mean class number.

    Args:
        inner: the learner.
        cut: one less than classes, rising; empty: those with the best score on held-out rows.

    Raises:
        InputError: cut points fall; when fitting: there is not one between every two classes.
    """

    inner: Any = None
    cut: tuple[float, ...] = ()

    kind: ClassVar[str] = "cut_points"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = LABEL
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if any(after < before for before, after in zip(self.cut, self.cut[1:], strict=False)):
            raise InputError(f"cut points must rise from class to class; got {self.cut}; leave them out to tune them")

    def claims(self, task: Task) -> bool:
        """Classes in an order that the inner learner can answer."""
        return task.output == "label" and task.ordered and claims(self.inner, task)

    def fit(self, parts: Parts, run: Run) -> Cut:
        """Fit the inner learner; tune the cut points on held-out rows unless they are given."""
        steps = len(parts.fit.task.classes) - 1
        if self.cut and len(self.cut) != steps:
            raise InputError(
                f"there must be a cut point for each of {steps} steps; got {len(self.cut)}; leave them out to tune them"
            )
        found = self.cut or middles(steps)
        if not self.cut and (parts.tune.target >= 0).any():
            found = tuned(*run.held_out(self.inner, parts))
        return Cut(run.fit(self.inner, parts), found)


def middles(steps: int) -> tuple[float, ...]:
    """Half way between every two classes: rounding.

    Example:
        >>> middles(2)
        (0.5, 1.5)
    """
    return tuple(step + 0.5 for step in range(steps))


def tuned(outputs: Outputs, data: Dataset) -> tuple[float, ...]:
    """The cut points with the best score by the task's metric; half way where another place is not worth it."""
    chosen, now = metric(data.task.metric), middles(len(data.task.classes) - 1)
    scored = judged(outputs, data, chosen)
    if chosen.needs != "labels" or not isinstance(scored, Scored):
        return now
    cut, means = np.array(now), mean_rank(scored.probabilities)
    places = _between(means)
    for _ in range(ROUNDS):
        before = cut.copy()
        for step in range(len(cut)):
            cut[step] = _best(chosen, scored, (means, places), cut, step)
        if np.array_equal(before, cut):
            break
    return tuple(float(np.float32(one)) for one in cut)


def _between(means: Any) -> Any:
    """Places between means that rows have, spread by rank."""
    unique = sets.unique(means)
    middle = (unique[:-1] + unique[1:]) / 2
    return middle[sets.unique(np.linspace(0, len(middle) - 1, TRIED).round().astype(int))] if len(middle) else middle


def _best(chosen: Metric, scored: Scored, told: tuple[Any, Any], cut: Any, step: int) -> float:
    """The best place of one cut point between its neighbours."""
    means, places = told

    def value(at: float) -> float:
        tried = np.where(np.arange(len(cut)) == step, at, cut)
        return chosen.sign * chosen.of(replace(scored, predicted=np.searchsorted(tried, means, side="right")))

    low = cut[step - 1] if step else -np.inf
    high = cut[step + 1] if step + 1 < len(cut) else np.inf
    best, place = value(float(cut[step])) + WORTH, float(cut[step])
    for at in places[(places > low) & (places < high)]:
        if (found := value(float(at))) > best:
            best, place = found, float(at)
    return place
