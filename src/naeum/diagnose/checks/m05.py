"""M05: does the learner read only the beginning of many texts?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from naeum.contract import Dataset, Finding, Ints, Outputs, Severity
from naeum.diagnose.mistakes import ROWS_SHOWN
from naeum.diagnose.rates import Rate, minus, percent, share
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

CUT_SHARE = 0.05  # of the rows: if all cut rows were answered wrongly, 5 points of score would be at stake
LEAST_ROWS = 10  # cut and whole rows that a difference of errors needs


@dataclass(frozen=True)
class Truncation:
    """Fires where many texts are longer than the learner reads; an issue where those are answered worse."""

    code: ClassVar[str] = "M05"
    title: ClassVar[str] = "truncated texts"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("max_length",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where few texts are cut.

        Raises:
            NotApplicable: the learner reads whole texts, or lengths are not known.
        """
        if subject.max_length is None or subject.lengths is None:
            raise NotApplicable("it is for learners that read a limited length; this one names no limit")
        cut = subject.lengths > subject.max_length
        if not len(cut) or cut.mean() < CUT_SHARE:
            return None
        cost = _cost(subject)
        severity: Severity = "issue" if cost is not None and cost.low > 0 else self.severity
        lost = 1 - np.minimum(subject.lengths, subject.max_length).sum() / max(subject.lengths.sum(), 1)
        effect = "" if cost is None else f"; error on cut rows is higher by {cost}"
        seen = (
            f"{percent(float(cut.mean()))} of the texts are longer than the {subject.max_length} tokens that are read,"
            f" {percent(float(lost))} of all tokens are not seen{effect}."
        )
        numbers = {"share": float(cut.mean()), "max_length": float(subject.max_length), "lost": float(lost)}
        numbers["p95"] = float(np.quantile(subject.lengths, 0.95))
        if cost is not None:
            numbers |= {"cost": cost.value, "low": cost.low, "high": cost.high}
        longest = np.argsort(-subject.lengths, kind="stable")[:ROWS_SHOWN]
        rows = tuple(int(row) for row in subject.fit.ids[longest])
        return Finding(self.code, self.title, severity, seen, numbers, rows, self.answers)


def _cost(subject: Subject) -> Rate | None:
    """Error on cut rows above that on whole rows: on tune where its lengths are known, else on the clean fit rows."""
    limit = subject.max_length or 0
    if subject.tune_lengths is not None and subject.tune_outputs is not None:
        return _difference(subject.tune_outputs, subject.tune, subject.tune_lengths, limit)
    if subject.sample is None or subject.sample_outputs is None or subject.lengths is None:
        return None
    order = np.argsort(subject.fit.ids, kind="stable")
    at = np.searchsorted(subject.fit.ids[order], subject.sample.ids)
    lengths = subject.lengths[order[np.minimum(at, len(order) - 1)]]
    return _difference(subject.sample_outputs, subject.sample, lengths, limit)


def _difference(outputs: Outputs, dataset: Dataset, lengths: Ints, limit: int) -> Rate | None:
    known = dataset.target >= 0
    wrong, cut = (outputs.codes != dataset.target)[known], (lengths > limit)[known]
    if min(cut.sum(), (~cut).sum()) < LEAST_ROWS:
        return None
    return minus(share(wrong[cut]), share(wrong[~cut]))
