"""What is a step of the opening book?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from naeum.contract import Edit, Rung
from naeum.improve.site import Site


@dataclass(frozen=True)
class Skip:
    """Why a step of the book does not apply here."""

    reason: str


Step = Callable[[Site, tuple[Rung, ...]], "Edit | Skip"]
