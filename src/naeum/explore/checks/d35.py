"""D35: do rows stand on two sides of a split?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.contract import Finding
from naeum.explore.checks.across import standing
from naeum.explore.checks.saying import ROWS_SHOWN
from naeum.explore.subject import Subject


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
        part = subject.part("leaks")
        what = part.get("what", "texts")
        nearly = ", or nearly so" if what == "texts" else ""  # cells are equal, or they are not
        said = standing(part["pairs"], "rows", "rows", nearly, lambda one: _different(one, what))
        if said is None:
            return None
        seen, severity, numbers = said
        rows = tuple(row for one in part["pairs"] if one["near"] for row in one["named"])[:ROWS_SHOWN]
        return Finding(self.code, self.title, severity, seen, numbers, rows, self.answers)


def _different(one: Mapping[str, Any], what: str) -> str:
    return f" ({one['equal_texts']:,} different {what})"
