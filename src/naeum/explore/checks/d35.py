"""D35: do rows stand on two sides of a split?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ROWS_SHOWN
from naeum.explore.subject import Subject

ISSUE_SHARE = 0.01  # of a part: as many rows move its score by up to a point


@dataclass(frozen=True)
class RowsInTwoParts:
    """Fires where validation or test rows also stand, equal or nearly so, in rows that are learned from."""

    code: ClassVar[str] = "D35"
    title: ClassVar[str] = "rows in two parts"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: drop them, or report a score without them

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the numbers of the rows in their own part, or None.

        Raises:
            NotApplicable: only one part was given.
        """
        leaky = [one for one in subject.part("leaks")["pairs"] if one["near"]]
        if not leaky:
            return None
        what = subject.part("leaks").get("what", "texts")
        nearly = ", or nearly so" if what == "texts" else ""  # cells are equal, or they are not
        seen = "; ".join(
            f"{one['near']:,} of {one['rows']:,} {one['second']} rows ({percent(one['near'] / one['rows'])}) also stand"
            f" in {one['first']}{nearly}; {one['equal']:,} are equal ({one['equal_texts']:,} different {what})"
            for one in leaky
        )
        worst = max(one["near"] / one["rows"] for one in leaky)
        severity: Severity = "issue" if worst >= ISSUE_SHARE else "warning"
        numbers = {
            f"{kind} {one['first']} {one['second']}": float(one[kind]) for one in leaky for kind in ("equal", "near")
        }
        rows = tuple(row for one in leaky for row in one["named"])[:ROWS_SHOWN]
        return Finding(self.code, self.title, severity, f"{seen}.", numbers, rows, self.answers)
