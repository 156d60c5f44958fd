"""D38: do rows change over time?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import listed
from naeum.explore.subject import Subject

LEAST_AUROC = 0.6  # of the classifier that tells the oldest third from the newest
LEAST_CRAMER = 0.1  # Cramér's V over the periods: a "small" effect (Cohen 1988)
SURE = 0.001  # p of the chi-square test: a false alarm costs trust


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
            if one["auroc"] >= LEAST_AUROC and one["low"] > 0.5:
                told = [name for name, drop in one.get("weights", ()) if drop > 0] or one["words"]["new"]
                new = listed([repr(word) for word in told[:3]]) if told else ""
                said.append(
                    f"a classifier tells the newest third by {one['column']!r} from the oldest with AUROC"
                    f" {one['auroc']:.2f} ({one['low']:.2f} to {one['high']:.2f})" + (f", by {new}" if new else "")
                )
            labels = one["labels"]
            if labels is not None and labels["cramer_v"] >= LEAST_CRAMER and labels["p"] < SURE:
                said.append(f"the class mix changes over {one['column']!r} (Cramér's V {labels['cramer_v']:.2f})")
                numbers[f"cramer_v {one['column']}"] = labels["cramer_v"]
        if not said:
            return None
        severity: Severity = "warning"
        seen = "; ".join(said)
        return Finding(
            self.code,
            self.title,
            severity,
            f"{seen[:1].upper()}{seen[1:]}. Split by time (--time), or the score will be too rosy.",
            numbers,
            (),
            self.answers,
        )
