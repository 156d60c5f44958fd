"""D45: do images stand on two sides of a split?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding
from naeum.errors import NotApplicable
from naeum.explore.checks.across import standing
from naeum.explore.checks.saying import ids
from naeum.explore.subject import Subject


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
        said = standing(across, "images", "images", ", or nearly so")
        if said is None:
            return None
        seen, severity, numbers = said
        rows = [row for one in across if one["near"] for row in one["rows"] if row >= 0]
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, rows), self.answers)
