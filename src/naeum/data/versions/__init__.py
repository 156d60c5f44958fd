"""How do data keep their versions, and what changed between two?"""

from __future__ import annotations

from naeum.data.versions.difference import Diff, diff
from naeum.data.versions.log import Version, Versions, read_pointer

MEMBERS = (Diff, Version, Versions, diff, read_pointer)

__all__ = ["MEMBERS", "Diff", "Version", "Versions", "diff", "read_pointer"]
