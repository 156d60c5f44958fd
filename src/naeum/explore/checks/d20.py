"""D20: are many texts longer than a base model usually reads?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids
from naeum.explore.subject import Subject

USUAL = 128  # tokens that a probe or a fine-tuned encoder reads by default
CUT_SHARE = 0.05  # of the rows: if all cut rows were answered wrongly, 5 points of score would be at stake


@dataclass(frozen=True)
class LongTexts:
    """Fires where many texts are cut at the length that fine-tuning usually reads, or at the base model's own limit."""

    code: ClassVar[str] = "D20"
    title: ClassVar[str] = "long texts"
    answers: ClassVar[tuple[str, ...]] = ("max_length",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where few texts are cut.

        Raises:
            NotApplicable: no base model is at hand.
        """
        found = subject.part("tokens")
        at = next((one for one in found["cut"] if one["limit"] >= min(USUAL, found["limit"])), found["cut"][-1])
        own = found["cut"][-1]
        if at["rows"] < CUT_SHARE:
            return None
        seen = (
            f"{percent(at['rows'])} of the texts have more than {at['limit']:.0f} tokens of {found['base']}"
            f" ({percent(at['tokens'])} of all tokens lie beyond); the model itself reads {found['limit']:,}, which"
            f" cuts {percent(own['rows'])}. Median {found['median']:.0f}, 99 % have at most {found['p99']:.0f}."
        )
        severity: Severity = "warning" if own["rows"] >= CUT_SHARE else "tip"
        numbers = {"share": at["rows"], "lost": at["tokens"], "limit": at["limit"], "beyond_the_model": own["rows"]}
        longest = (subject.seen.get("lengths") or {}).get("longest_rows", ())
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, longest), self.answers)
