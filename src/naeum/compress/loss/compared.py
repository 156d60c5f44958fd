"""What did a model lose that was made smaller, and in which layers, classes, rows and confidences?

Any two models that answer the same rows can be compared: one in eight bits, a distilled one, one with fewer words. What
is known of the layers is told where both are the same graph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from naeum.compress.loss import advice
from naeum.compress.loss.carried import Carried
from naeum.compress.loss.confidence import Confidence, confidence
from naeum.compress.loss.groups import SAME, Group, groups
from naeum.compress.loss.slices import slices
from naeum.contract import Dataset, Outputs, subset
from naeum.errors import InputError
from naeum.measure import mcnemar, metric
from naeum.measure.judged import judged, row_errors

LEAST = 1e-9  # a score of nothing is not divided by
SHOWN = 20  # rows whose ids are told: one screen


@dataclass(frozen=True)
class Loss:
    """The model after beside the model before, on the same labelled rows."""

    rows: int
    metric: str  # its title
    before: float
    after: float
    loss: float  # relative; below 0: it got better
    flips: int  # rows with another answer
    worse: int  # rows that are more wrong now
    better: int
    p: float  # McNemar's: that both are right equally often
    worse_ids: tuple[int, ...]  # of the rows that became worst, at most SHOWN
    better_ids: tuple[int, ...]
    confidence_before: Confidence | None
    confidence_after: Confidence | None
    groups: tuple[Group, ...]  # classes, lengths and slices, the one that carries most of the loss first
    layers: tuple[Carried, ...]  # the one that carries most of the noise first; none where that is not known

    @property
    def said(self) -> str:
        """What was lost and where, and what to do next."""
        return " ".join((*advice.told(self), advice.next_step(self)))

    @property
    def next(self) -> str:
        """The sentence that says what to do next."""
        return advice.next_step(self)

    def to_json(self) -> dict[str, Any]:
        """All of it, with the sentences; model.json keeps it under "loss"."""
        return {**asdict(self), "said": self.said, "next": self.next}


def compared(
    before: Outputs, after: Outputs, data: Dataset, *, fit: Dataset | None = None, layers: Sequence[Carried] = ()
) -> Loss:
    """Set the answers of a model beside those of the one it was made from.

    Args:
        before: to every row of `data`.
        after: to the same rows.
        data: rows; those without a label are left out.
        fit: rows that were learned from, to tell rows with words that none of them has.
        layers: what each carries of the noise, where both models are one graph; see `carried`.

    Raises:
        InputError: the answers are not those of the rows, or no row has a label.
    """
    if not len(before) == len(after) == len(data):
        raise InputError(
            f"two models must answer the same {len(data)} rows to be compared; got {len(before)} and {len(after)} "
            "answers; predict those rows"
        )
    known = np.flatnonzero(data.target >= 0)
    if not len(known):
        raise InputError("two models must be compared on labelled rows; none of these is; give rows with labels")
    if len(known) < len(data):
        before, after, data = before.take(known), after.take(known), subset(data, known, data.key)
    chosen = metric(data.task.metric)
    scores = [chosen.score(outputs, data) for outputs in (before, after)]
    errors = [row_errors(outputs, data) for outputs in (before, after)]
    right = [judged(outputs, data).right for outputs in (before, after)]
    added = errors[1] - errors[0]
    order = np.lexsort((data.ids, -added))
    worse, better = int((added > SAME).sum()), int((added < -SAME).sum())
    return Loss(
        rows=len(data),
        metric=chosen.title,
        before=scores[0],
        after=scores[1],
        loss=chosen.sign * (scores[0] - scores[1]) / max(abs(scores[0]), LEAST),
        flips=_flips(before, after),
        worse=worse,
        better=better,
        p=_sure(right, worse, better, data.task.output),
        worse_ids=tuple(int(one) for one in data.ids[order[: min(worse, SHOWN)]]),
        better_ids=tuple(int(one) for one in data.ids[order[::-1][: min(better, SHOWN)]]),
        confidence_before=confidence(before, data),
        confidence_after=confidence(after, data),
        groups=groups(slices(data, fit), *errors),
        layers=tuple(layers),
    )


def layers_of(card: Mapping[str, Any]) -> tuple[Carried, ...]:
    """What model.json says that layers carry; none where it says nothing."""
    return tuple(Carried(**one) for one in card.get("loss", {}).get("layers", ()))


def _flips(before: Outputs, after: Outputs) -> int:
    """Rows with another answer; of numbers none, as they are never the same."""
    if before.task.output == "number":
        return 0
    return sum(one != other for one, other in zip(before.labels, after.labels, strict=True))


def _sure(right: Sequence[Any], worse: int, better: int, output: str) -> float:
    """McNemar's p of right answers; numbers are never right: rows that are nearer are set against the others."""
    if output == "number":
        return mcnemar(better, worse)
    return mcnemar(int(((right[1] == 1) & (right[0] == 0)).sum()), int(((right[0] == 1) & (right[1] == 0)).sum()))
