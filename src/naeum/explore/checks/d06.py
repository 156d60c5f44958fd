"""D06: do numbers hide in strings?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import columns_of, listed, plural
from naeum.explore.subject import Subject

MOST = 0.9  # share of a column's values that are numbers in disguise: a tenth may be something else
PLAIN = 0.9  # share of plain numbers above which the few in disguise are values that do not fit (D09)


@dataclass(frozen=True)
class HiddenNumbers:
    """Fires on strings such as "1,200", "$35" or "12 kg", and on numbers that a typed file keeps as strings."""

    code: ClassVar[str] = "D06"
    title: ClassVar[str] = "numbers hidden in strings"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("parse_numbers",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where strings are words.

        Raises:
            NotApplicable: columns were not looked at.
        """
        said, numbers = [], {}
        for name, one in columns_of(subject).items():
            dressed = one.get("dressed")
            if dressed and dressed["share"] >= MOST and one["shares"].get("number", 0.0) < PLAIN:
                said.append(f"{name} (such as {dressed['examples'][0]!r})")
                numbers[f"share of {name}"] = float(dressed["share"])
            elif _kept_as_strings(one):
                said.append(f"{name} (numbers kept as strings)")
                numbers[f"share of {name}"] = 1.0
        if not said:
            return None
        verb = "holds" if len(said) == 1 else "hold"
        seen = f"{plural(len(said), 'column')} {verb} numbers that are written as strings: {listed(said)}."
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)


def _kept_as_strings(one: Mapping[str, Any]) -> bool:
    return bool(one["written"] == "VARCHAR" and one["type"] == "DOUBLE")
