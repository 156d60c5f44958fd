"""How does torch answer with a compiled network, where a trial finds that quicker?

Compiling takes half a minute and more, and brings nothing on processors (410 rows a second against 430 where it was
tried), so it is asked for by a long job on a GPU alone, and taken only where the trial of engines measured it quicker.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from naeum.contract import Outputs, Predictor
from naeum.errors import InputError
from naeum.extras import need

if TYPE_CHECKING:
    import pyarrow as pa

MOST = 2  # networks whose compiled form is kept

_WANTED: ContextVar[bool] = ContextVar("naeum_compiled", default=False)


@dataclass(frozen=True, eq=False)
class Compiled:
    """A predictor whose networks are compiled when it answers.

    Raises:
        InputError: when answering: torch cannot compile here.
    """

    inner: Predictor

    def predict(self, rows: pa.Table) -> Outputs:
        """What the inner one answers, up to rounding."""
        try:
            with wanted():
                return self.inner.predict(rows)
        except Exception as error:  # of a compiler or a driver: whatever it raises, torch as it is can answer
            reason = " ".join(str(error).split())[:120]
            raise InputError(
                f"torch must be able to compile a network to answer by it; it cannot here ({reason}); answer by "
                '--engine "as is"'
            ) from error


@contextmanager
def wanted() -> Iterator[None]:
    """Within it, networks that answer are compiled."""
    before = _WANTED.set(True)
    try:
        yield
    finally:
        _WANTED.reset(before)


def maybe(module: Any) -> Any:
    """The compiled form of a network where that is wanted, else the network.

    Example:
        >>> maybe("a network")
        'a network'
    """
    return _compiled(module) if _WANTED.get() else module


@lru_cache(MOST)
def _compiled(module: Any) -> Any:
    # Batches are of every length: compiled once for all of them.
    return need("torch", "compiling a network").compile(module, dynamic=True)
