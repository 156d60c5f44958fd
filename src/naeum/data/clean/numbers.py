"""How do numbers that are written for people (1,234원, 12 kg, (5), 12 %) become numbers?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

import pyarrow as pa

from naeum.data.clean.step import column_of, replaced, texts_of
from naeum.data.spool import Column
from naeum.errors import InputError

WRITTEN = re.compile(
    r"^(?P<open>\()?\s*(?P<sign>[-+−])?\s*(?P<before>[^\d.,()\s+−-]{1,4})?\s*(?P<second>[-+−])?\s*"
    r"(?P<digits>\d[\d.,'’_\u00a0\u202f ]*|[.,]\d+)(?P<power>[eE][-+]?\d+)?\s*(?P<many>[천만억조])?\s*"
    r"(?P<after>[^\d\s().,][^()]{0,9})?\s*(?P<close>\))?$"
)
MANY = {"천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12}
SHARES = {"%": 0.01, "％": 0.01, "‰": 0.001}  # what a share of a hundred or a thousand is worth
GAPS = re.compile(r"['’_\u00a0\u202f ]")  # between thousands, whatever the decimal mark is
POINT, COMMA = ".", ","
LISTED = 4  # units that a message names


@dataclass(frozen=True)
class ParseNumbers:
    """Numbers with units, currencies, thousands or brackets become numbers; what is none becomes missing.

    12 % is 0.12, (5) is -5, 3만 원 is 30000. A unit other than the column's makes a cell missing: kilograms and pounds
    are no one number.

    Args:
        column: its name.
        unit: what stands around the numbers, such as kg or 원; "" for none; settled from the rows if not given.
        decimal: "." or ","; settled from the rows if not given.

    Example:
        >>> table = pa.table({"price": ["1,234원", "(5) ", "12,000 원", "none"]})
        >>> step = ParseNumbers("price").settled(table)
        >>> step.unit, step.decimal, step.apply(table)["price"].to_pylist()
        ('원', '.', [1234.0, -5.0, 12000.0, None])
    """

    column: str
    unit: str | None = None
    decimal: str = ""
    kind: ClassVar[str] = "parse_numbers"
    version: ClassVar[int] = 1

    def __post_init__(self) -> None:
        if self.decimal not in ("", POINT, COMMA):
            raise InputError(f"a decimal mark must be . or ,; got {self.decimal!r}; write one of them")

    def settled(self, table: pa.Table) -> ParseNumbers:
        """The unit and the decimal mark that the rows at hand are written with.

        Raises:
            InputError: nothing looks like a number, or there are several units or decimal marks.
        """
        column = column_of(table, self.column, "parse numbers")
        if _plain(column):
            return self if self.unit is not None and self.decimal else replace(self, unit="", decimal=POINT)
        if self.unit is not None and self.decimal:
            return self
        texts = Counter(text.strip() for text in texts_of(column) if text is not None)
        found = {text: match for text in texts if (match := WRITTEN.match(text))}
        if not found:
            example = f"such as {next(iter(texts))!r}" if texts else "all are missing"
            raise InputError(
                f"a column to read as numbers must hold some; {self.column} has none ({example}); leave it"
            )
        unit = self._unit(found, texts) if self.unit is None else self.unit
        return replace(self, unit=unit, decimal=self.decimal or self._mark(match["digits"] for match in found.values()))

    def apply(self, table: pa.Table) -> pa.Table:
        """The table with numbers in the column."""
        column = column_of(table, self.column, "parse numbers")
        if _plain(column):
            return table
        known: dict[str | None, float | None] = {None: None}
        for text in texts_of(column):
            if text not in known:
                known[text] = number(str(text), self.unit or "", self.decimal or POINT)
        return replaced(table, self.column, pa.array([known[text] for text in texts_of(column)], pa.float64()))

    def _unit(self, found: dict[str, re.Match[str]], texts: Counter[str]) -> str:
        """The one unit of the numbers; those without stand beside it."""
        counts: Counter[str] = Counter()
        for text, match in found.items():
            counts[_around(match)] += texts[text]
        units = [unit for unit, _ in counts.most_common() if unit and unit not in SHARES]
        if len(units) > 1:
            listed = ", ".join(units[:LISTED]) + (", …" if len(units) > LISTED else "")
            raise InputError(
                f"numbers of a column must have one unit; {self.column} has {listed}; name the one to keep, as in "
                f"{self.column}={units[0]}: cells with another become missing"
            )
        return units[0] if units else ""

    def _mark(self, written: Iterable[str]) -> str:
        """The decimal mark: what stands last where both do, or what no thousands can explain."""
        evidence = {mark for digits in written for mark in (POINT, COMMA) if _decimal(digits.strip(), mark)}
        if len(evidence) > 1:
            raise InputError(
                f"numbers of a column must have one decimal mark; {self.column} has . and ,; make them alike, or give "
                "the mark"
            )
        return evidence.pop() if evidence else POINT


def number(text: str, unit: str = "", decimal: str = POINT) -> float | None:
    """The number that a text tells; None where it tells none, or one of another unit.

    Example:
        >>> number("₩1,200", "₩"), number("1.234,5", decimal=","), number("12 %"), number("3 lb", "kg")
        (1200.0, 1234.5, 0.12, None)
    """
    match = WRITTEN.match(text.strip())
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["sign"] and match["second"]):
        return None
    around = _around(match)
    if around not in ("", unit) and around not in SHARES:
        return None
    plain = _value(match["digits"].strip(), decimal)
    if plain is None:
        return None
    value = float(f"{plain}{match['power'] or ''}")
    negative = (match["sign"] or match["second"]) in ("-", "−") or match["open"]
    value *= MANY.get(str(match["many"]), 1.0)
    share = SHARES.get(around, 1.0)
    value = round(value * share, 15) if share != 1.0 else value  # 0.07 is meant by 7 %, not 0.07000000000000001
    return -value if negative else value


def _plain(column: Column) -> bool:
    return bool(pa.types.is_integer(column.type) or pa.types.is_floating(column.type))


def _around(match: re.Match[str]) -> str:
    """Currency or unit of a number, whichever side it stands on."""
    return (match["before"] or "").strip() or (match["after"] or "").strip()


def _decimal(digits: str, mark: str) -> bool:
    """Whether a mark in a number can only stand before its decimals."""
    other = COMMA if mark == POINT else POINT
    if mark not in digits or digits.count(mark) > 1:
        return False
    if other in digits:
        return digits.rindex(mark) > digits.rindex(other)
    before, _, after = digits.partition(mark)
    return len(after) != 3 or len(before) > 3 or before in ("", "0")


def _value(digits: str, decimal: str) -> str | None:
    """Digits as Python writes them; None where thousands do not stand in threes."""
    whole, _, rest = digits.partition(decimal)
    thousands = COMMA if decimal == POINT else POINT
    gap = thousands if thousands in whole else (GAPS.search(whole) or [""])[0]
    parts = whole.split(gap) if gap else [whole]
    if len(parts) > 1 and not (0 < len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])):
        return None
    joined = "".join(parts) or "0"
    if not joined.isdecimal() or (rest and not rest.isdecimal()):
        return None
    return f"{joined}.{rest or '0'}"
