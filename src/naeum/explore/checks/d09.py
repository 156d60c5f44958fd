"""D09: does a column mix types?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import columns_of, ids, listed, plural
from naeum.explore.subject import Subject

KINDS = {"DOUBLE": "numbers", "TIMESTAMP": "dates", "BOOLEAN": "truth values"}
BOTH = 0.05  # share that two types must each have in a column of words: fewer are names such as "7"


@dataclass(frozen=True)
class MixedTypes:
    """Fires on columns of numbers or dates in which other values stand, and on words mixed with numbers."""

    code: ClassVar[str] = "D09"
    title: ClassVar[str] = "mixed types"
    severity: ClassVar[Severity] = "warning"
    answers: ClassVar[tuple[str, ...]] = ("fill", "parse_dates")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where every column holds one type.

        Raises:
            NotApplicable: columns were not looked at.
        """
        said, numbers, rows = [], {}, []
        for name, one in columns_of(subject).items():
            unfit = one.get("unfit")
            if unfit:
                kind = KINDS.get(one["type"], one["type"])
                examples = listed([repr(each["value"]) for each in unfit["top"][:3]])
                said.append(f"{name} ({kind}, but {plural(unfit['count'], 'other value')} such as {examples})")
                numbers[f"other values of {name}"] = float(unfit["count"])
                rows += unfit["rows"]
            elif one["role"] in ("category", "id") and _two(one.get("shares", {})):
                parts = listed([f"{percent(share)} {kind}s" for kind, share in one["shares"].items()])
                said.append(f"{name} ({parts})")
                numbers[f"numbers in {name}"] = float(one["shares"].get("number", 0.0))
        if not said:
            return None
        verb = "mixes" if len(said) == 1 else "mix"
        seen = f"{plural(len(said), 'column')} {verb} types: {'; '.join(said[:5])}."
        return Finding(self.code, self.title, self.severity, seen, numbers, ids(subject, rows), self.answers)


def _two(shares: dict[str, float]) -> bool:
    return sum(share >= BOTH for share in shares.values()) > 1
