"""D22: are the texts in several languages?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import ids, listed
from naeum.explore.subject import Subject

LEAST_SHARE = 0.05  # of the texts whose language can be told: fewer cannot move a score by much
LEAST_TOLD = 50  # texts: with fewer a share of 5 % is two texts


@dataclass(frozen=True)
class SeveralLanguages:
    """Fires where a second language has a share of the texts that moves a score."""

    code: ClassVar[str] = "D22"
    title: ClassVar[str] = "several languages"
    answers: ClassVar[tuple[str, ...]] = ("base",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows in rare languages, or None.

        Raises:
            NotApplicable: no language could be told.
        """
        found = subject.part("languages")
        told = found["told"]
        if told < LEAST_TOLD:
            raise NotApplicable(f"it needs {LEAST_TOLD} texts whose language can be told; there are {told}")
        many = [(code, rows) for code, rows in found["languages"] if rows >= LEAST_SHARE * told]
        if len(many) < 2:
            return None
        shares = listed([f"{code} {percent(rows / told)}" for code, rows in many])
        seen = (
            f"Of {told:,} texts whose language can be told: {shares}. A base model of one language reads part of them."
        )
        severity: Severity = "warning"
        numbers = {code: rows / told for code, rows in many}
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, found["strange"]), self.answers)
