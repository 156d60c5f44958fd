"""On which tiny data is a learner tried? One world for each kind of task: rows whose truth can be learned.

A world is a module with `parts(n, seed)`, rows to fit and a third as many to tune on, and `odd()`, rows that must get
an answer however odd they are.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

from naeum.contract import Parts

if TYPE_CHECKING:
    import pyarrow as pa

WORLDS = ("korean", "english", "images", "tags", "spans", "pairs", "labels", "numbers", "table", "prices", "ordered")


class World(Protocol):
    """What the module of a world has."""

    def parts(self, n: int = 48, seed: int = 0) -> Parts: ...
    def odd(self) -> pa.Table: ...


def world(name: str) -> World:
    """The world of this name.

    Example:
        >>> world("english").parts(6).fit.task.classes
        ('a', 'b', 'c')
    """
    return cast(World, importlib.import_module(f"naeum.testing.worlds.{name}"))
