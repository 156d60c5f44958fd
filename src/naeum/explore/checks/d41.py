"""D41: do the names of the images say their format?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, plural
from naeum.explore.subject import Subject

WARN_SHARE = 0.01  # of the images: less are single slips


@dataclass(frozen=True)
class WrongSuffix:
    """Fires on files whose bytes are of another format than their name says, or whose name says none."""

    code: ClassVar[str] = "D41"
    title: ClassVar[str] = "images with a wrong extension"
    answers: ClassVar[
        tuple[str, ...]
    ] = ()  # no technique: rename them; naeum reads the bytes, other programs may trust the name

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there are no images.
        """
        found = subject.part("pictures")
        wrong = found["wrong"]
        if not wrong["count"]:
            return None
        share = wrong["count"] / found["images"]
        names = "has a name that says" if wrong["count"] == 1 else "have names that say"
        seen = (
            f"{plural(wrong['count'], 'image')} of {found['images']:,} ({percent(share)}) {names} another format or"
            " none."
        )
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        numbers = {"images": float(wrong["count"]), "share": share}
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, wrong["rows"]), self.answers)
