"""D19: does what is missing go with the target?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import listed, plural
from naeum.explore.subject import Subject

STRONG = 0.2  # Cramér's V of "is missing" and class: a plainly visible difference
SURE = 0.001  # chance of so uneven a table if it meant nothing (chi-squared)


@dataclass(frozen=True)
class MissingTellsTarget:
    """Fires where a column is missing in one class far more often than in another."""

    code: ClassVar[str] = "D19"
    title: ClassVar[str] = "missing values go with the target"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("fill",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where values are missing alike in all classes.

        Raises:
            NotApplicable: there are no classes, or nothing is missing.
        """
        by_class = subject.part("missing")["by_class"]
        if not by_class:
            raise NotApplicable("it needs a target of classes and a column that misses values; there is none")
        found = {name: v for name, rows in by_class.items() if (v := association(rows)) >= STRONG}
        if not found:
            return None
        said = []
        for name in sorted(found, key=lambda name: -found[name]):
            shares = {str(one["class"]): one["missing"] / one["rows"] for one in by_class[name]}
            most, least = max(shares, key=lambda c: shares[c]), min(shares, key=lambda c: shares[c])
            said.append(f"{name} ({percent(shares[most])} of class {most}, {percent(shares[least])} of class {least})")
        verb = "is" if len(found) == 1 else "are"
        seen = f"{plural(len(found), 'column')} {verb} missing in one class far more than in another: {listed(said)}."
        return Finding(self.code, self.title, self.severity, seen, found, (), self.answers)


def association(rows: Sequence[dict[str, Any]]) -> float:
    """Cramér's V of missing or not against the class; 0 where chance explains it."""
    from scipy.stats import chi2_contingency

    table = np.asarray([[one["missing"], one["rows"] - one["missing"]] for one in rows], np.float64)
    table = table[table.sum(axis=1) > 0]
    if len(table) < 2 or not table.sum(axis=0).all():
        return 0.0
    statistic, chance, _, _ = chi2_contingency(table, correction=False)
    return float(np.sqrt(statistic / table.sum())) if chance <= SURE else 0.0
