"""D38: do rows change over time?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding
from naeum.explore.checks.apart import SURE, finding, told_apart
from naeum.explore.subject import Subject

LEAST_CRAMER = 0.1  # Cramér's V over the periods: a "small" effect (Cohen 1988)


@dataclass(frozen=True)
class Drift:
    """Fires where the newest texts can be told from the oldest, or the classes are mixed otherwise over time."""

    code: ClassVar[str] = "D38"
    title: ClassVar[str] = "drift over time"
    answers: ClassVar[tuple[str, ...]] = ("base", "calibrate")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None.

        Raises:
            NotApplicable: there is no column of dates.
        """
        said, numbers = list[str](), dict[str, float]()
        for one in subject.part("drift")["columns"]:
            numbers[f"auroc {one['column']}"] = one["auroc"]
            told = [name for name, drop in one.get("weights", ()) if drop > 0] or one["words"]["new"]
            clause = told_apart(one, f"the newest third by {one['column']!r}", "the oldest", told)
            said += [clause] if clause is not None else []
            labels = one["labels"]
            if labels is not None and labels["cramer_v"] >= LEAST_CRAMER and labels["p"] < SURE:
                said.append(f"the class mix changes over {one['column']!r} (Cramér's V {labels['cramer_v']:.2f})")
                numbers[f"cramer_v {one['column']}"] = labels["cramer_v"]
        return finding(self, said, numbers, more=" Split by time (--time), or the score will be too rosy.")
