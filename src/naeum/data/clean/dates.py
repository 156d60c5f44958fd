"""How do dates in one or in several formats become times?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

import pyarrow as pa

from naeum.data.clean.step import column_of, replaced, texts_of
from naeum.errors import InputError

ISO = "ISO 8601"
FORMATS = (
    ISO, "%Y.%m.%d", "%y.%m.%d", "%Y. %m. %d.", "%Y/%m/%d", "%Y%m%d", "%Y년 %m월 %d일", "%d.%m.%Y", "%d/%m/%Y",
    "%m/%d/%Y", "%d %b %Y", "%b %d, %Y", "%Y.%m.%d %H:%M", "%Y/%m/%d %H:%M:%S",
)  # fmt: skip
DAY_OR_MONTH = ("%d/%m/%Y", "%m/%d/%Y")
LEAST = 0.01  # a format that adds fewer of the dates is taken for slips of the pen


@dataclass(frozen=True)
class ParseDates:
    """Dates in one or several formats become times; what is no date becomes missing.

    Args:
        column: its name.
        formats: as strptime takes them, in the order in which they are tried; settled from the rows if none is given.

    Example:
        >>> table = pa.table({"d": ["2026-01-02", "2026년 1월 3일", "someday"]})
        >>> step = ParseDates("d").settled(table)
        >>> step.formats, step.apply(table)["d"].to_pylist()[1].day
        (('ISO 8601', '%Y년 %m월 %d일'), 3)
    """

    column: str
    formats: tuple[str, ...] = ()
    kind: ClassVar[str] = "parse_dates"
    version: ClassVar[int] = 1

    def settled(self, table: pa.Table) -> ParseDates:
        """The formats that the rows at hand are written in, the most frequent first.

        Raises:
            InputError: nothing looks like a date, or day and month cannot be told apart.
        """
        texts = [text for text in texts_of(column_of(table, self.column, "parse dates")) if text is not None]
        if self.formats:
            return self
        left, chosen = texts, []
        while left:
            counts = {form: sum(parsed(text, (form,)) is not None for text in left) for form in FORMATS}
            best = max(FORMATS, key=lambda form: counts[form])
            if counts[best] < max(1, LEAST * len(texts)):
                break
            if best in DAY_OR_MONTH and counts[DAY_OR_MONTH[0]] == counts[DAY_OR_MONTH[1]]:
                raise InputError(
                    f"day and month must be told apart; {self.column} has none over 12, as in {left[0]!r}; "
                    f"name the format, as in {self.column}={DAY_OR_MONTH[0]}"
                )
            chosen.append(best)
            left = [text for text in left if parsed(text, (best,)) is None]
        if not chosen:
            example = f"such as {texts[0]!r}" if texts else "all are missing"
            raise InputError(
                f"dates must be in a format that is known; {self.column} has none ({example}); "
                f"name one, as in {self.column}=%d-%m-%Y"
            )
        return replace(self, formats=tuple(chosen))

    def apply(self, table: pa.Table) -> pa.Table:
        """The table with times in the column."""
        column = column_of(table, self.column, "parse dates")
        if pa.types.is_temporal(column.type):
            return table
        times = [None if text is None else parsed(text, self.formats) for text in texts_of(column)]
        return replaced(table, self.column, pa.array(times, pa.timestamp("us")))


def parsed(text: str, formats: Sequence[str]) -> datetime.datetime | None:
    """The time that a text is in the first format that fits; None where none does.

    Example:
        >>> parsed("15.03.29", ("%y.%m.%d",)).year
        2015
    """
    for form in formats:
        try:
            if form == ISO:
                bare = text.strip()
                if len(bare) < 10 or bare[4] != "-":  # 20260102 has a format of its own
                    continue
                return datetime.datetime.fromisoformat(bare).replace(tzinfo=None)
            return datetime.datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None
