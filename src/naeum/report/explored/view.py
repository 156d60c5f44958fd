"""What does the page of a profile look at, and may it show rows?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from naeum.explore import Profile


@dataclass(frozen=True, eq=False)
class Seen:
    """A profile as the page shows it; without `rows` no value of a single row is on it."""

    profile: Profile
    rows: bool = True

    def part(self, name: str) -> Any:
        """What a part of the analysis found; none where it did not apply."""
        return self.profile.parts.get(name)

    @property
    def columns(self) -> Mapping[str, Mapping[str, Any]]:
        """What is known of each column, in the order of the file."""
        found: Mapping[str, Mapping[str, Any]] = (self.part("columns") or {}).get("columns", {})
        return found

    def role(self, name: str) -> str:
        return self.profile.columns.get(name, "")
