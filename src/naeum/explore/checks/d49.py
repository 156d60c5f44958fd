"""D49: were files not opened, and why?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import listed, plural
from naeum.explore.subject import Subject

SHOWN = 3  # reasons that the sentence names


@dataclass(frozen=True)
class LeftOut:
    """Fires on links out of the folder, paths out of the archive, locked members, bombs, unknown formats."""

    code: ClassVar[str] = "D49"
    title: ClassVar[str] = "files left out"
    answers: ClassVar[tuple[str, ...]] = ()  # no technique: put the files themselves there, in a format that is read

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None.

        Raises:
            NotApplicable: there are no images.
        """
        left_out = subject.part("pictures")["left_out"]
        if not left_out["count"]:
            return None
        reasons = [f"“{one['why']}” ({one['count']:,})" for one in left_out["reasons"]]
        verb = "was" if left_out["count"] == 1 else "were"
        seen = f"{plural(left_out['count'], 'file')} {verb} not opened: {listed(reasons, SHOWN)}."
        severity: Severity = "warning"
        return Finding(self.code, self.title, severity, seen, {"files": float(left_out["count"])}, (), self.answers)
