"""D07: do numbers lie far out?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import columns_of, ids, listed, plural
from naeum.explore.columns.wording import word
from naeum.explore.subject import Subject

LEAST_SHARE = 0.01  # of the values beyond 1.5 interquartile ranges: of a normal column 0.7 % are
FAR_OUT = 10.0  # interquartile ranges beyond the quartiles: hardly any honest value is, so it may be a mistake


@dataclass(frozen=True)
class Outliers:
    """Fires on columns with more outliers than a normal one has; a warning where a value is very far out."""

    code: ClassVar[str] = "D07"
    title: ClassVar[str] = "outliers"
    answers: ClassVar[tuple[str, ...]] = ("clip",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where few values lie beyond 1.5 interquartile ranges.

        Raises:
            NotApplicable: there are no columns of numbers.
        """
        found, far = {}, {}
        for name, one in columns_of(subject, "number").items():
            share = (one.get("below", 0) + one.get("above", 0)) / max(one["count"], 1)
            reach = _reach(one)
            if share >= LEAST_SHARE or reach >= FAR_OUT:
                found[name] = share
            if reach >= FAR_OUT:
                far[name] = one["farthest"][0]
        if not found:
            return None
        ranked = sorted(found, key=lambda name: (name not in far, -found[name]))
        said = listed([f"{name} ({percent(found[name])}{_at_worst(far.get(name))})" for name in ranked])
        verb = "has" if len(found) == 1 else "have"
        seen = f"{plural(len(found), 'column')} {verb} values beyond 1.5 interquartile ranges: {said}."
        columns = columns_of(subject, "number")
        rows = [each["row"] for name in ranked for each in columns[name].get("farthest", ())]
        numbers = {f"share of {name}": share for name, share in found.items()}
        severity: Severity = "warning" if far else "tip"
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, dict.fromkeys(rows)), self.answers)


def _reach(one: Mapping[str, Any]) -> float:
    """Interquartile ranges from the nearer quartile to the value farthest out."""
    if not one.get("farthest"):
        return 0.0
    first, third = one["quantiles"]["0.25"], one["quantiles"]["0.75"]
    value = one["farthest"][0]["value"]
    return float(max(first - value, value - third) / (third - first)) if third > first else 0.0


def _at_worst(farthest: Mapping[str, Any] | None) -> str:
    return "" if farthest is None else f", up to {word(farthest['value'])}"
