"""D48: is there something to be seen on every image?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import ids, listed
from naeum.explore.subject import Subject

WARN_SHARE = 0.01  # of the images: less are single strays


@dataclass(frozen=True)
class NothingToSee:
    """Fires on images of one colour, and on those that are nearly black or nearly white."""

    code: ClassVar[str] = "D48"
    title: ClassVar[str] = "blank, dark or bright images"
    answers: ClassVar[
        tuple[str, ...]
    ] = ()  # no technique: look at them; a lens cap, a failed download or a page without content is no example

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there are no images, or none can be read.
        """
        found = subject.part("pictures")
        light = found["light"]
        if light is None:
            raise NotApplicable("it needs images that can be read; none can")
        words = {"blank": "of one colour", "dark": "nearly black", "bright": "nearly white"}
        odd = {kind: light[kind] for kind in words if light[kind]["count"]}
        if not odd:
            return None
        count = sum(one["count"] for one in odd.values())
        said = listed([f"{one['count']:,} {words[kind]}" for kind, one in odd.items()])
        share = count / found["images"]
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        seen = f"{said}: {percent(share)} of {found['images']:,} images."
        numbers = {kind: float(one["count"]) for kind, one in odd.items()} | {"share": share}
        rows = sorted(row for one in odd.values() for row in one["rows"])
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, rows), self.answers)
