"""D26: are texts empty, or without a letter?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, plural
from naeum.explore.subject import Subject

WARN_SHARE = 0.01  # of the texts, from which it is a warning: a point of score is at stake


@dataclass(frozen=True)
class EmptyTexts:
    """Fires on texts without a word: a model answers them by the class mix alone."""

    code: ClassVar[str] = "D26"
    title: ClassVar[str] = "empty texts"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: such rows are for a rule, or for nobody

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there is no text column.
        """
        found = subject.part("lengths")
        bare = (subject.seen.get("signs") or {}).get("without_letters", 0)
        if not found["empty"]:
            return None
        share = found["empty"] / found["rows"]
        more = f"; {plural(bare, 'text has', 'texts have')} no letter" if bare else ""
        seen = f"{plural(found['empty'], 'text is', 'texts are')} empty ({percent(share)} of {found['rows']:,}){more}."
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        numbers = {"empty": float(found["empty"]), "share": share, "without_letters": float(bare)}
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, found["empty_rows"]), self.answers)
