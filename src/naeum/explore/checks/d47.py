"""D47: are the images stored in several modes, turned or animated?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.errors import NotApplicable
from naeum.explore.checks.saying import ids, listed, plural
from naeum.explore.subject import Subject

WARN_SHARE = 0.01  # of the images: as many are read wrongly by a program that expects one mode


@dataclass(frozen=True)
class SeveralModes:
    """Fires where images differ in their channels, are to be turned as EXIF says, or hold several frames."""

    code: ClassVar[str] = "D47"
    title: ClassVar[str] = "several modes of images"
    answers: ClassVar[
        tuple[str, ...]
    ] = ()  # no technique: convert all to one mode, and apply EXIF, in training and in serving alike

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None.

        Raises:
            NotApplicable: there are no images, or none can be read.
        """
        found = subject.part("pictures")
        if not found["read"]:
            raise NotApplicable("it needs images that can be read; none can")
        modes, turned, animated = found["modes"], found["turned"], found["animated"]
        others = sum(one["images"] for one in modes[1:])
        if not others and not turned["count"] and not animated["count"]:
            return None
        said = []
        if others:
            said.append("modes: " + listed([f"{one['value']} ({one['images']:,})" for one in modes]))
        if turned["count"]:
            said.append(f"{plural(turned['count'], 'image is', 'images are')} stored turned (EXIF)")
        if animated["count"]:
            said.append(
                f"{plural(animated['count'], 'image holds', 'images hold')} several frames; the first was looked at"
            )
        most = max(others, turned["count"], animated["count"])
        severity: Severity = "warning" if most / found["images"] >= WARN_SHARE else "tip"
        seen = f"{'; '.join(said)}: up to {percent(most / found['images'])} of {found['images']:,} images."
        numbers = {"other_modes": float(others), "turned": float(turned["count"]), "animated": float(animated["count"])}
        rows = sorted({*turned["rows"], *animated["rows"]})
        return Finding(self.code, self.title, severity, seen, numbers, ids(subject, rows), self.answers)
