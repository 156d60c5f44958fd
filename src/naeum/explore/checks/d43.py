"""D43: do images look the same although their files differ?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import ids, plural
from naeum.explore.subject import Subject

WARN_SHARE = 0.01  # of the images: as many copies weigh some images double and can move a score


@dataclass(frozen=True)
class NearImages:
    """Fires where images look the same: another size, format, quality or light of one picture."""

    code: ClassVar[str] = "D43"
    title: ClassVar[str] = "near copies of images"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: keep the copies of one picture on one side of a split

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows of the copies, or None.

        Raises:
            NotApplicable: there are not two images that can be read.
        """
        found = subject.part("copies")
        near = found["near"]
        if not near["copies"]:
            return None
        share = near["copies"] / found["images"]
        part = "" if found["compared"] == found["images"] else f" ({found['compared']:,} were compared)"
        looks = "looks" if near["copies"] == 1 else "look"
        seen = (
            f"{plural(near['copies'], 'image')} of {found['images']:,} ({percent(share)}) {looks} like another one"
            f" whose file differs, in {plural(near['groups'], 'group')}{part}."
        )
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        numbers = {"copies": float(near["copies"]), "groups": float(near["groups"]), "share": share}
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, near["rows"]), self.answers)
