"""D01: do rows stand there more than once?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, listed, plural
from naeum.explore.subject import Subject

MANY = 0.01  # share of copies from which they move counts and scores: a warning


@dataclass(frozen=True)
class DuplicateRows:
    """Fires where rows are equal in every column, or in all but those that name the row."""

    code: ClassVar[str] = "D01"
    title: ClassVar[str] = "duplicate rows"
    answers: ClassVar[tuple[str, ...]] = ("drop_duplicates",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where every row is different.

        Raises:
            NotApplicable: duplicates were not looked for.
        """
        found = subject.part("duplicates")
        whole, without = found["whole"], found.get("without_ids")
        said: list[str] = []
        numbers: dict[str, float] = {}
        if whole["copies"]:
            said.append(_sentence(whole, subject.table.rows, "in every column"))
            numbers |= {"copies": float(whole["copies"]), "groups": float(whole["groups"])}
        if without and without["copies"] > whole["copies"]:
            said.append(_sentence(without, subject.table.rows, f"in all but {listed(without['ids'])}"))
            numbers |= {"copies_without_ids": float(without["copies"])}
        if not said:
            return None
        most = max(whole["copies"], without["copies"] if without else 0)
        severity: Severity = "warning" if most >= MANY * subject.table.rows else "tip"
        rows = ids(subject, (whole if whole["copies"] else without)["rows"])
        return Finding(self.code, self.title, severity, "; ".join(said) + ".", numbers, rows, self.answers)


def _sentence(found: dict[str, Any], rows: int, where: str) -> str:
    share = percent(found["copies"] / rows)
    verb = "repeats" if found["copies"] == 1 else "repeat"
    return f"{plural(found['copies'], 'row')} of {rows:,} ({share}) {verb} an earlier row {where}"
