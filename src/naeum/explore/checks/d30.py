"""D30: do equal or nearly equal inputs carry different labels?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, plural
from naeum.explore.subject import Subject

TIP_BELOW = 0.005  # of the labelled rows: less is worth a look, but moves no score


@dataclass(frozen=True)
class ConflictingLabels:
    """Fires where rows with one input have different labels: no model can answer all of them."""

    code: ClassVar[str] = "D30"
    title: ClassVar[str] = "conflicting labels"
    answers: ClassVar[tuple[str, ...]] = ("clean_labels",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, those of one text together, or None.

        Raises:
            NotApplicable: there are no labelled rows.
        """
        found = subject.part("conflicts")
        equal, near = found["equal"], found["near"]
        if not near["inputs"] and not equal["inputs"]:
            return None
        if found.get("what") == "rows":
            stand = ("set of rows is", "sets of rows are")
            but = f"equal in all but ids and the target and carry different labels ({equal['rows']:,} rows)"
            seen = f"{plural(equal['inputs'], *stand)} {but}"
        else:
            seen = (
                f"{plural(equal['inputs'], 'text stands', 'texts stand')} more than once with different labels"
                f" ({equal['rows']:,} rows), {near['inputs']:,} counting near copies ({near['rows']:,} rows)"
            )
        seen += f": {percent(near['share'])} of the labels cannot be answered rightly by any model."
        severity: Severity = "warning" if near["share"] >= TIP_BELOW else "tip"
        numbers = {"texts": float(equal["inputs"]), "rows": float(equal["rows"]), "near_texts": float(near["inputs"])}
        numbers |= {"near_rows": float(near["rows"]), "share": near["share"]}
        rows = ids(subject, near["named"])
        return Finding(self.code, self.title, severity, seen, numbers, rows, self.answers)
