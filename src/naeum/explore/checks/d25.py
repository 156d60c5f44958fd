"""D25: do many texts share the same words at an end?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.subject import Subject

LEAST_SHARE = 0.05  # of the different texts: rarer openings are ordinary language
WARN_SHARE = 0.2  # from which it is a warning: the piece may tell the source of a row


@dataclass(frozen=True)
class Boilerplate:
    """Fires where different texts open, end or run through the same words: they cost tokens and mislead."""

    code: ClassVar[str] = "D25"
    title: ClassVar[str] = "boilerplate"
    answers: ClassVar[tuple[str, ...]] = ("max_length",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None.

        Raises:
            NotApplicable: there is no text column.
        """
        found = subject.part("boilerplate")
        pieces = [
            (each["share"], where, each["text"]) for where in ("openings", "endings", "lines") for each in found[where]
        ]
        share, where, text = max(pieces, default=(0.0, "", ""))
        if share < LEAST_SHARE:
            return None
        how = {"openings": "open with", "endings": "end in", "lines": "have the line"}[where]
        seen = f"{percent(share)} of {found['rows']:,} texts {how} {text!r}; {len(pieces):,} such pieces in all."
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        numbers = {"share": float(share), "pieces": float(len(pieces))}
        return Finding(self.code, self.title, severity, seen, numbers, (), self.answers)
