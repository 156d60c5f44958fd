"""D40: can every image be read?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, listed, plural
from naeum.explore.subject import Subject

ISSUE_SHARE = 0.01  # of the files: more is no accident of a copy, and a training run would stop at the first


@dataclass(frozen=True)
class UnreadableImages:
    """Fires on files that are empty, cut off, damaged, too large, or no image at all."""

    code: ClassVar[str] = "D40"
    title: ClassVar[str] = "images that cannot be read"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: get the files again, or leave them out

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there are no images.
        """
        found = subject.part("pictures")
        faults = {kind: one for kind, one in found["faults"].items() if one["count"]}
        if not faults:
            return None
        count = sum(one["count"] for one in faults.values())
        share = count / found["images"]
        kinds = listed([f"{one['count']:,} {kind}" for kind, one in faults.items()])
        seen = f"{plural(count, 'file')} of {found['images']:,} ({percent(share)}) cannot be read: {kinds}."
        severity: Severity = "issue" if share >= ISSUE_SHARE else "warning"
        numbers = {"files": float(count), "share": share} | {kind: float(one["count"]) for kind, one in faults.items()}
        rows = sorted(row for one in faults.values() for row in one["rows"])
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, rows), self.answers)
