"""D46: are some images far larger, smaller or longer than the others?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import ids, plural
from naeum.explore.images.pictures import GIANT, LONG
from naeum.explore.subject import Subject

WARN_SHARE = 0.01  # of the images: less are single strays


@dataclass(frozen=True)
class OddSizes:
    """Fires on giants, dwarfs, and images that are much longer than wide."""

    code: ClassVar[str] = "D46"
    title: ClassVar[str] = "odd sizes of images"
    answers: ClassVar[
        tuple[str, ...]
    ] = ()  # no technique: scale giants once before training; look whether dwarfs are thumbnails or icons

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows, or None.

        Raises:
            NotApplicable: there are no images, or none can be read.
        """
        found = subject.part("pictures")
        sizes = found["sizes"]
        if sizes is None:
            raise NotApplicable("it needs images that can be read; none can")
        odd = {kind: sizes[kind] for kind in ("giants", "dwarfs", "long") if sizes[kind]["count"]}
        if not odd:
            return None
        words = {
            "giants": f"with more than {GIANT} times the median {sizes['pixels']:,.0f} pixels",
            "dwarfs": f"with less than a {GIANT}th of the median {sizes['pixels']:,.0f} pixels",
            "long": f"with one side more than {LONG:g} times the other",
        }
        said = [f"{plural(one['count'], 'image')} {words[kind]}" for kind, one in odd.items()]
        share = max(one["count"] for one in odd.values()) / found["images"]
        severity: Severity = "warning" if share >= WARN_SHARE else "tip"
        seen = f"{'; '.join(said)}: {percent(share)} of all at most."
        numbers = {kind: float(one["count"]) for kind, one in odd.items()} | {"median_pixels": sizes["pixels"]}
        rows = sorted({row for one in odd.values() for row in one["rows"]})
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, rows), self.answers)
