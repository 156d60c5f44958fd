"""D27: were signs broken by a wrong encoding?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, plural
from naeum.explore.subject import Subject

WARN_SHARE = 0.001  # of the texts: one in a thousand is no accident of a single row


@dataclass(frozen=True)
class BrokenSigns:
    """Fires on replacement signs, control characters and private code points: letters were lost on the way."""

    code: ClassVar[str] = "D27"
    title: ClassVar[str] = "broken characters"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: read the file again in its own encoding

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there is no text column.
        """
        found = subject.part("signs")
        rows = found["broken"]["rows"]
        if not rows:
            return None
        share = rows / found["rows"]
        seen = (
            f"{plural(rows, 'text holds', 'texts hold')} signs that no keyboard writes (replacement signs, control"
            f" characters): {percent(share)} of {found['rows']:,} looked at; name the right --encoding."
        )
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        numbers = {"rows": float(rows), "share": share}
        return Finding(
            self.code, self.title, severity, seen, numbers, ids(subject, found["broken"]["named"]), self.answers
        )
