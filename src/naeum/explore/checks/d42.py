"""D42: do files stand there more than once?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, plural
from naeum.explore.subject import Subject

WARN_SHARE = 0.01  # of the images: as many copies weigh some images double and can move a score


@dataclass(frozen=True)
class EqualImages:
    """Fires where files are equal byte by byte."""

    code: ClassVar[str] = "D42"
    title: ClassVar[str] = "equal images"
    answers: ClassVar[tuple[str, ...]] = ("drop_duplicates",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows of the copies, or None.

        Raises:
            NotApplicable: there are not two images that can be read.
        """
        found = subject.part("copies")
        equal = found["exact"]
        if not equal["copies"]:
            return None
        share = equal["copies"] / found["images"]
        verb = "repeats" if equal["copies"] == 1 else "repeat"
        seen = (
            f"{plural(equal['copies'], 'image')} of {found['images']:,} ({percent(share)}) {verb} another one byte by"
            f" byte; {plural(equal['groups'], 'image has', 'images have')} copies."
        )
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        numbers = {"copies": float(equal["copies"]), "groups": float(equal["groups"]), "share": share}
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, equal["rows"]), self.answers)
