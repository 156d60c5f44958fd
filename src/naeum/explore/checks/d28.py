"""D28: do the same texts stand again and again?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.subject import Subject

LEAST_SHARE = 0.01  # of the texts: fewer copies move no score
WARN_SHARE = 0.1  # from which it is a warning: a score counts as many rows again


@dataclass(frozen=True)
class RepeatedTexts:
    """Fires where texts are copies of others: they count several times, and leak through a split."""

    code: ClassVar[str] = "D28"
    title: ClassVar[str] = "repeated texts"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: naeum keeps copies on one side of a split by itself

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where few texts are copies.

        Raises:
            NotApplicable: there is no text column.
        """
        found = subject.part("lengths")
        share = found["repeated"] / found["rows"]
        if share < LEAST_SHARE:
            return None
        top = ((subject.seen.get("boilerplate") or {}).get("texts") or [None])[0]
        most = f"; the most frequent, {top['text']!r}, {top['rows']:,} times" if top else ""
        seen = f"{found['repeated']:,} of {found['rows']:,} texts ({percent(share)}) stand there before{most}."
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        numbers = {"repeated": float(found["repeated"]), "share": share}
        return Finding(self.code, self.title, severity, seen, numbers, (), self.answers)
