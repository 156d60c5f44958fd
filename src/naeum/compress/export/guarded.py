"""Which of the two models of an exported folder answers each row of a long job: the main one, or its fallback?

Rows are asked in calls, as the program of the folder asks them. Where a call fails, its halves are asked, until the
rows that fail stand alone; a call that takes longer than its rows may is answered by the fallback as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from naeum.compress.export.exported import OnnxModel
from naeum.compress.reading.guard import Guard
from naeum.contract import Outputs

if TYPE_CHECKING:
    import pyarrow as pa

CALL = 256  # rows: enough to batch like lengths, so few that a slow row takes few others with it
MAIN, FALLBACK = "main", "fallback"
BY = "by"  # the column that says which of the two it was

Answer = Callable[["pa.Table"], Outputs]


@dataclass(frozen=True, eq=False)
class Guarded:
    """An exported folder that has a fallback.

    Args:
        guard: that waits for the main model.
        other: the fallback.
    """

    guard: Guard
    other: OnnxModel

    @classmethod
    def of(cls, model: Any) -> Guarded | None:
        """Of a model; None where it has no fallback."""
        if not isinstance(model, OnnxModel) or model.model.guard is None or model.model.other is None:
            return None
        return cls(model.model.guard, replace(model, model=model.model.other))

    def in_time(self, main: Answer) -> Answer:
        """What answers as the main model does, or raises `NotAnswered`."""

        def answer(rows: pa.Table) -> Outputs:
            asked = self.guard.asked(main, rows)
            if asked.why:
                raise NotAnswered(asked.why, late=not asked.wanted)
            return asked.found  # type: ignore[no-any-return]

        return answer

    def each(self, main: Answer, rows: pa.Table) -> Iterator[tuple[Outputs, str]]:
        """The answers to rows, piece by piece in their order, and which of the two gave them.

        Args:
            main: as `in_time` gives it, perhaps with a memory around it.
            rows: of any number.
        """
        for start in range(0, rows.num_rows, CALL):
            yield from self._call(main, rows.slice(start, CALL))

    def _call(self, main: Answer, rows: pa.Table) -> Iterator[tuple[Outputs, str]]:
        try:
            found = main(rows), MAIN
        except NotAnswered as error:
            if not error.late and rows.num_rows > 1:
                half = rows.num_rows // 2
                yield from self._call(main, rows.slice(0, half))
                yield from self._call(main, rows.slice(half))
                return
            found = self.other.predict(rows), FALLBACK
        yield found


class NotAnswered(Exception):
    """The main model failed, or is late."""

    def __init__(self, why: str, *, late: bool) -> None:
        super().__init__(why)
        self.late = late
