"""D24: do texts hold markup that nobody meant to be read?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, listed, plural
from naeum.explore.subject import Subject

LEAST_SHARE = 0.001  # of the texts: fewer change nothing that a model learns
WARN_SHARE = 0.02  # from which it is a warning: what a model learns may be of the markup


@dataclass(frozen=True)
class Markup:
    """Fires where a share of the texts has tags, entities, Markdown or written-out escapes."""

    code: ClassVar[str] = "D24"
    title: ClassVar[str] = "markup in texts"
    answers: ClassVar[
        tuple[str, ...]
    ] = ()  # no technique: a cleaning step takes it out, for training and serving alike

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there is no text column.
        """
        found = subject.part("signs")
        hits = {name: one for name, one in found["patterns"].items() if one["kind"] == "markup" and one["rows"]}
        most = max((one["rows"] for one in hits.values()), default=0)
        if most < max(LEAST_SHARE * found["rows"], 1):
            return None
        said = listed([f"{one['title']} in {plural(one['rows'], 'row')}" for one in hits.values()])
        seen = f"{said} of {found['rows']:,} looked at ({percent(most / found['rows'])} at most)."
        severity: Severity = "warning" if most >= WARN_SHARE * found["rows"] else "tip"
        numbers = {name: float(one["rows"]) for name, one in hits.items()}
        rows = sorted({row for one in hits.values() for row in one["named"]})
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, rows), self.answers)
