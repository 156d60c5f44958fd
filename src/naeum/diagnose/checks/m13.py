"""M13: does the metric hide what the user would want to see?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.misleading import Seen, misled
from naeum.diagnose.mistakes import ROWS_SHOWN
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable
from naeum.measure import METRICS, metric

LEAST_ROWS = 30  # tune rows: with fewer the two scores are not known well enough to speak against one


@dataclass(frozen=True)
class MetricMisleads:
    """Fires where the metric hides something on these rows that another one shows; with the floor beside both."""

    code: ClassVar[str] = "M13"
    title: ClassVar[str] = "the metric misleads"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ()  # another metric is the user's to choose

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where the metric says what it seems to say.

        Raises:
            NotApplicable: answers of this rung or of the floor are missing, there are too few tune rows, or the metric
                is the user's own.
        """
        outputs, tune = subject.answered(any_output=True)
        if subject.floor_outputs is None:
            raise NotApplicable("it needs the floor's answers to the tune rows; there are none")
        rows = int((tune.target >= 0).sum())
        if rows < LEAST_ROWS:
            raise NotApplicable(f"it needs {LEAST_ROWS} labelled tune rows; there are {rows}")
        if subject.metric_name not in METRICS:
            raise NotApplicable("it knows nothing of a metric of your own")
        seen = Seen(tune, outputs, subject.floor_outputs, metric(subject.metric_name))
        found = misled(seen)
        if found is None:
            return None
        other = metric(found.instead)
        (score, floor), (better, better_floor) = seen.both(seen.measure.name), seen.both(other.name)
        said = (
            f"{found.said[0].upper()}{found.said[1:]}; {other.title} is {better:.3f} and that of the floor "
            f"{better_floor:.3f} (--metric {other.name})."
        )
        numbers = {"score": score, "floor": floor, "instead": better, "instead_floor": better_floor}
        shown = tuple(int(row) for row in found.rows[:ROWS_SHOWN])
        return Finding(self.code, self.title, self.severity, said, numbers, shown, self.answers)
