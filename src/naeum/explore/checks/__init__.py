"""Which checks of data are there?"""

from __future__ import annotations

from naeum.contract import Check

CHECKS: tuple[Check, ...] = ()

__all__ = ["CHECKS"]
