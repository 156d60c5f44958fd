"""How does a champion become smaller and quicker? Step by step, each a rung, until the user's limits hold."""

from __future__ import annotations

from naeum.improve.compressing.course import Compressed, Wish, compress
from naeum.improve.compressing.front import Choice, Point
from naeum.improve.compressing.shipping import ship

__all__ = ["Choice", "Compressed", "Point", "Wish", "compress", "ship"]
