"""Of which kind is a column: whole numbers, numbers, truth values, dates, times or text, and how is it cast in SQL?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from naeum.errors import InputError

NAMES = ("whole", "number", "truth", "date", "time", "text")
ABSENT = ("na", "n/a", "nan", "null", "none")  # missing where all else is of one kind; in a text they are words
# Dates beside ISO 8601; day and month are only told apart where one of them is over 12.
DATES = ("%y.%m.%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y")
WHOLE = "[+-]?(0|[1-9][0-9]{0,17})([.]0*)?"  # 3.0 is whole; a leading zero makes a code, such as 007
CODE = "[+-]?0[0-9]+([.].*)?"


@dataclass(frozen=True)
class Kind:
    """What the values of a column are.

    Args:
        name: one of NAMES.
        format: of a date that is not ISO 8601, as strptime takes it.

    Raises:
        InputError: the name is not known.
    """

    name: str
    format: str = ""

    def __post_init__(self) -> None:
        if self.name not in NAMES:
            raise InputError(f"a kind must be one of {', '.join(NAMES)}; got {self.name!r}; correct its name")

    @property
    def ordered(self) -> bool:
        """Whether values have a size."""
        return self.name in ("whole", "number", "date", "time")

    @property
    def numeric(self) -> bool:
        """Whether values are numbers."""
        return self.name in ("whole", "number")


TEXT = Kind("text")


def quoted(name: str) -> str:
    """A name as SQL takes it.

    Example:
        >>> quoted('a "b"') == '"a ' + 2 * '"' + "b" + 3 * '"'
        True
    """
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """A value as SQL writes it.

    Example:
        >>> literal("it's"), literal(2.5), literal(True), literal(None)
        ("'it''s'", '2.5', 'true', 'NULL')
    """
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return f"'{value}'::DOUBLE"
    if isinstance(value, (int, float)):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def present(column: str, kind: Kind) -> str:
    """SQL of a cell as text, NULL where it is missing for its kind."""
    if kind.name == "text":
        return f"nullif({column}, '')"
    absent = ", ".join(literal(word) for word in ("", *ABSENT))
    return f"CASE WHEN lower(trim({column})) IN ({absent}) THEN NULL ELSE trim({column}) END"


def cast(text: str, kind: Kind) -> str:
    """SQL of the value of a trimmed text, NULL where it is not of the kind."""
    return _CASTS[kind.name](text, kind)


def _whole(text: str, kind: Kind) -> str:
    return f"CASE WHEN regexp_full_match({text}, '{WHOLE}') THEN try_cast({text} AS BIGINT) END"


def _truth(text: str, kind: Kind) -> str:
    return f"CASE lower({text}) WHEN 'true' THEN true WHEN 'false' THEN false END"


def _date(text: str, kind: Kind) -> str:
    if kind.format:
        return f"try_strptime({text}, {literal(kind.format)})::DATE"
    return f"CASE WHEN length({text}) <= 10 THEN try_cast({text} AS DATE) END"


_CASTS: dict[str, Callable[[str, Kind], str]] = {
    "whole": _whole,
    "number": lambda text, kind: f"try_cast({text} AS DOUBLE)",
    "truth": _truth,
    "date": _date,
    "time": lambda text, kind: f"try_cast({text} AS TIMESTAMP)",
    "text": lambda text, kind: text,
}


def native(duck: str) -> Kind | None:
    """The kind of a column that already has a type in DuckDB; None for a string, which may be of any kind."""
    base = duck.partition("(")[0].upper()
    if base == "VARCHAR":
        return None
    if base.endswith("INT") or base in ("INTEGER", "UINTEGER"):
        return Kind("whole")
    if base in ("DOUBLE", "FLOAT", "DECIMAL"):
        return Kind("number")
    if base.startswith("TIMESTAMP"):
        return Kind("time")
    return {"BOOLEAN": Kind("truth"), "DATE": Kind("date")}.get(base, TEXT)


def candidates(values: Sequence[str]) -> tuple[Kind, ...]:
    """The kinds that a column of strings may be of, the narrowest first, by how a few of its values look.

    Example:
        >>> [kind.name for kind in candidates(["3", "12"])], candidates(["서울"])[0].name
        (['whole', 'number', 'text'], 'text')
    """
    there = [value.strip() for value in values if value.strip().lower() not in ("", *ABSENT)]
    first = there[0] if there else "?"
    if first.lower() in ("true", "false"):
        return Kind("truth"), TEXT
    if not first[0].isdigit() and first[0] not in "+-." and first.lower() not in ("inf", "infinity"):
        return (TEXT,)
    numbers = (Kind("whole"), Kind("number"))
    dates = (Kind("date"), Kind("time"), *(Kind("date", form) for form in DATES if len(first) <= 10))
    digits = first.lstrip("+-").replace(".", "", 1).isdigit() and len(first) != 8
    return (*numbers, TEXT) if digits else (*numbers, *dates, TEXT)
