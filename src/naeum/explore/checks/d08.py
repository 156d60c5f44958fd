"""D08: does a column give the target away?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import listed
from naeum.explore.relations.telling import gives_away
from naeum.explore.subject import Subject


@dataclass(frozen=True)
class GiveawayColumn:
    """Fires where a rule on one column alone, learned on half of the rows, tells nearly every other target."""

    code: ClassVar[str] = "D08"
    title: ClassVar[str] = "column gives the target away"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = ("drop_columns",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where no column alone tells the target.

        Raises:
            NotApplicable: there is no target, or no other column.
        """
        told = subject.part("relations")["telling"]
        if told is None:
            raise NotApplicable("it needs a target of two or more classes; there is none (name it with --target)")
        found = [one for one in told if gives_away(one)]
        if not found:
            return None
        said = listed([f"{one['column']} ({percent(one['accuracy'])} of {one['rule_rows']:,} rows)" for one in found])
        tells = "one column alone tells" if len(found) == 1 else f"{len(found)} columns each tell"
        seen = (
            f"{tells[:1].upper()}{tells[1:]} the target {subject.target}: {said}; always saying the most frequent class"
            f" is right in {percent(found[0]['majority'])}."
        )
        numbers = {f"accuracy of {one['column']}": float(one["accuracy"]) for one in found}
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)
