"""D32: do annotators disagree?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import ids
from naeum.explore.subject import Subject

ENOUGH = 0.8  # Krippendorff's alpha from which labels carry conclusions (Krippendorff 2004)
TENTATIVE = 0.667  # from which they carry tentative ones (ibid.)
LEAST_ITEMS = 20  # rows with two labels: with fewer alpha is not known to ±0.2


@dataclass(frozen=True)
class Disagreement:
    """Fires where annotators agree less, beyond chance, than conclusions from their labels need."""

    code: ClassVar[str] = "D32"
    title: ClassVar[str] = "annotators disagree"
    answers: ClassVar[tuple[str, ...]] = ("clean_labels", "label_smoothing")

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows they disagree on, or None.

        Raises:
            NotApplicable: there are no columns of annotators.
        """
        found = subject.part("annotators")
        alpha = found["krippendorff"]
        if alpha is None or found["items"] < LEAST_ITEMS:
            raise NotApplicable(f"it needs {LEAST_ITEMS} rows with two labels; there are {found['items']}")
        if alpha >= ENOUGH:
            return None
        people = len(found["annotators"])
        seen = (
            f"{people} annotators agree with alpha {alpha:.2f} on {found['items']:,} rows ({ENOUGH} is asked for); all"
            f" agree on {percent(found['unanimous'])} of them. No model can be trusted above what people agree on."
        )
        severity: Severity = "warning" if alpha < TENTATIVE else "tip"
        numbers = {"alpha": alpha, "items": float(found["items"]), "annotators": float(people)}
        numbers |= {name: found[name] for name in ("cohen", "fleiss") if found[name] is not None}
        rows = ids(subject, [one["row"] for one in found["shown"]])
        return Finding(self.code, self.title, severity, seen, numbers, rows, self.answers)
