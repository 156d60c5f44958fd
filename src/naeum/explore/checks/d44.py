"""D44: do copies of one image carry different labels?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import ids, listed, plural
from naeum.explore.subject import Subject

TIP_BELOW = 0.005  # of the labelled images: less is worth a look, but moves no score


@dataclass(frozen=True)
class CopiesOfTwoClasses:
    """Fires where equal or nearly equal images have different labels: no model can answer all of them."""

    code: ClassVar[str] = "D44"
    title: ClassVar[str] = "copies with different labels"
    answers: ClassVar[tuple[str, ...]] = ("clean_labels",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, those of one picture together, or None.

        Raises:
            NotApplicable: there are no classes, or not two images that can be read.
        """
        found = subject.part("copies")["conflicts"]
        if found is None:
            raise NotApplicable("it needs a target of classes; name one with --target")
        if not found["groups"]:
            return None
        labels = listed(sorted({str(one["label"]) for one in found["shown"][0]}))
        seen = (
            f"{plural(found['groups'], 'picture stands', 'pictures stand')} there under different labels"
            f" ({found['images']:,} images), the first under {labels}: {percent(found['share'])} of the labels cannot"
            " be answered rightly by any model."
        )
        severity: Severity = "warning" if found["share"] >= TIP_BELOW else "tip"
        numbers = {"pictures": float(found["groups"]), "images": float(found["images"]), "share": found["share"]}
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, found["rows"]), self.answers)
