"""D16: are classes rare?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import plural, rows_of
from naeum.explore.subject import Subject
from naeum.explore.table import literal, quoted

UNEVEN = 5.0  # times as many rows in the largest class as in the smallest
FEW = 10  # rows of a class: with fewer neither a model nor a score of it can be trusted


@dataclass(frozen=True)
class ClassImbalance:
    """Fires where the largest class has many times the rows of the smallest, or a class has hardly any."""

    code: ClassVar[str] = "D16"
    title: ClassVar[str] = "class imbalance"
    answers: ClassVar[tuple[str, ...]] = ("class_weights", "logit_adjustment", "focal", "augment")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where classes are of like size.

        Raises:
            NotApplicable: the target is no set of classes.
        """
        classes = subject.part("target").get("classes")
        if not classes or len(classes) < 2:
            raise NotApplicable("it needs a target of two or more classes; there is none")
        most, least = classes[0], classes[-1]
        rare = [one for one in classes if one["rows"] < FEW]
        ratio = most["rows"] / least["rows"]
        if ratio < UNEVEN and not rare:
            return None
        whole = sum(one["rows"] for one in classes)
        seen = (
            f"{most['class']!r} has {most['rows']:,} rows ({percent(most['rows'] / whole)}), {least['class']!r} has"
            f" {least['rows']:,}: {ratio:.1f} times as many"
            + (f"; {plural(len(rare), 'class', 'classes')} have fewer than {FEW} rows" if rare else "")
            + "."
        )
        severity: Severity = "warning" if ratio >= UNEVEN else "tip"
        numbers = {"ratio": ratio, "majority": most["rows"] / whole, "rare_classes": float(len(rare))}
        column = f"{quoted(str(subject.target))}::VARCHAR"
        rows = rows_of(subject, f"{column} IN ({literal(least['class'])}, {literal(least['class'] + '.0')})")
        return Finding(self.code, self.title, severity, seen, numbers, rows, self.answers)
