"""D45: do images stand on two sides of a split?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import ids
from naeum.explore.subject import Subject

ISSUE_SHARE = 0.01  # of a part: as many images move its score by up to a point


@dataclass(frozen=True)
class ImagesInTwoParts:
    """Fires where validation or test images also stand, equal or nearly so, among those that are learned from."""

    code: ClassVar[str] = "D45"
    title: ClassVar[str] = "images in two parts"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: drop them, or report a score without them

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows that stand elsewhere too, or None.

        Raises:
            NotApplicable: the folders name one part only.
        """
        across = subject.part("copies")["across"]
        if not across:
            raise NotApplicable("it needs folders train and valid or test above the classes")
        leaky = [one for one in across if one["near"]]
        if not leaky:
            return None
        seen = "; ".join(
            f"{one['near']:,} of {one['images']:,} {one['second']} images ({percent(one['near'] / one['images'])}) also"
            f" stand in {one['first']}, or nearly so; {one['equal']:,} are equal"
            for one in leaky
        )
        worst = max(one["near"] / one["images"] for one in leaky)
        severity: Severity = "issue" if worst >= ISSUE_SHARE else "warning"
        numbers = {
            f"{kind} {one['first']} {one['second']}": float(one[kind]) for one in leaky for kind in ("equal", "near")
        }
        rows = [row for one in leaky for row in one["rows"] if row >= 0]
        return Finding(self.code, self.title, severity, f"{seen}.", numbers, ids(subject, rows), self.answers)
