"""When is no answer better than the best one? Where it is not far enough above it: how far is read from held-out rows.

Source: Devlin et al. 2019, "BERT" (section 4.3: the threshold of no answer, which maximises F1 on the development set).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import decoding, sets
from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Parts, Run, Shape
from naeum.errors import InputError
from naeum.measure import metric
from naeum.measure.judged import judged
from naeum.measure.spans import ScoredSpans, gold_places, passages_of
from naeum.model.around.thresholded import Cut
from naeum.model.claims import TEXT
from naeum.passages import between, units

TRIED = 60  # margins, spread over those that rows were given
WORTH = 1e-3  # of the metric: what one row more or less brings by chance is not


@dataclass(frozen=True)
class Withheld:
    """`inner`, whose answers are withheld where they are not far enough above no answer.

    Args:
        inner: the learner.
        cut: how far the score of a stretch must be above that of no answer, and the most units of an answer; empty: the
            margin with the best score on held-out rows, and the units of the longest answer of fit.

    Raises:
        InputError: `cut` is not these two numbers.
    """

    inner: Any = None
    cut: tuple[float, ...] = ()

    kind: ClassVar[str] = "withheld"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"span"})
    reads: ClassVar[frozenset[InputKind]] = TEXT

    def __post_init__(self) -> None:
        if self.cut and not (len(self.cut) == 2 and np.isfinite(self.cut[0]) and self.cut[1] >= 1):
            raise InputError(
                f"cut must be a margin and a number of units of 1 or more; got {self.cut}; leave it out to tune it"
            )

    def fit(self, parts: Parts, run: Run) -> Cut:
        """Fit the inner learner; tune the margin on held-out rows unless it is given."""
        found = self.cut
        if not found:
            margin, longest = 0.0, float(longest_answer(parts.fit))
            if (parts.tune.target >= 0).any():
                outputs, data = run.held_out(self.inner, parts)
                margin = tuned(outputs, data, int(longest))
            found = (margin, longest)
        return Cut(run.fit(self.inner, parts), found)


def longest_answer(data: Dataset) -> int:
    """Units of the longest right answer; decoding.LONGEST where there is none."""
    rows = np.flatnonzero((data.target >= 0) & (data.weight > 0))
    if data.truth is None or not len(rows):
        return decoding.LONGEST
    pairs = zip(passages_of(data)[rows], gold_places(data, rows), strict=True)
    spans = [between(units(text), *span) for text, golds in pairs for span in golds]
    return max((last - first + 1 for first, last in spans if first >= 0), default=decoding.LONGEST)


def tuned(outputs: Outputs, data: Dataset, longest: int) -> float:
    """The margin with the best score by the task's metric; 0 where another is not worth it.

    Args:
        outputs: to the rows of `data`.
        longest: units of an answer at most.
    """
    chosen = metric(data.task.metric)
    always = judged(replace(outputs, cut=np.array([-1e9, longest], np.float32)), data, chosen)
    if chosen.needs != "labels" or not isinstance(always, ScoredSpans):
        return 0.0
    rows = np.flatnonzero(data.target >= 0)
    above = np.array([margin for _, _, margin in decoding.margins(outputs.take(rows), longest)])

    def value(margin: float) -> float:
        given = tuple(text if far > margin else "" for text, far in zip(always.answered, above, strict=True))
        return chosen.sign * chosen.of(replace(always, answered=given))

    best, place = value(0.0) + WORTH, 0.0
    for margin in _between(above):
        if (found := value(margin)) > best:
            best, place = found, margin
    return float(np.float32(place))


def _between(margins: np.ndarray) -> list[float]:
    """Margins that lie between those that rows were given, spread by rank, and one beyond either end."""
    unique = sets.unique(margins[np.isfinite(margins)])
    if not len(unique):
        return []
    middle = np.concatenate([[unique[0] - 1.0], (unique[:-1] + unique[1:]) / 2, [unique[-1] + 1.0]])
    places = sets.unique(np.linspace(0, len(middle) - 1, min(TRIED, len(middle))).round().astype(int))
    return [float(one) for one in middle[places]]
