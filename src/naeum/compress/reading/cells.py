"""How does what somebody gives become the cells that a model reads: texts, words, numbers, categories, dates, images?

A row is a text, a list with the cell of each input column, or a dictionary of them by name. What is no number or no
date is missing, as in training. A part of the program `predict.py`, which imports no naeum.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.dates import stamped
from naeum.data.inputs import MEASURE, unit_of
from naeum.data.kinds import ABSENT
from naeum.data.units import factor, of_task

PLAINLY = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
LARGEST_WHOLE = 1e15  # of a number that is written without a point
TRUTHS = ("true", "false")


def tidied(rows: Sequence[Any], task: dict[str, Any]) -> list[list[Any]]:
    """The cells of each row, in the order of the input columns; its words, where words are tagged.

    Raises:
        ValueError: no row has one of the columns, or a number has a unit that the model did not learn.
    """
    if task["output"] == "tags":
        return [[valid(word) for word in _split(row)] for row in rows]
    names = task["inputs"]
    for name in names:
        if rows and isinstance(rows[0], dict) and not any(name in row for row in rows):
            raise ValueError(
                f"rows must have the columns {', '.join(names)}; none has {name!r}; give it, null if unknown"
            )
    listed = [_listed(row, names) for row in rows]
    kinds, units = task.get("kinds") or ["text"] * len(names), of_task(task.get("units", ()))
    makers = [maker(kind, name, units.get(name, "")) for name, kind in zip(names, kinds, strict=True)]
    return [[make(cell, at) for make, cell in zip(makers, row, strict=True)] for at, row in enumerate(listed, 1)]


def maker(kind: str, name: str, unit: str) -> Callable[[Any, int], Any]:
    """What makes a cell of a kind, given with the number of its row."""
    if kind == "number":
        return lambda cell, row: measured(cell, row, name, unit)
    if kind == "date":
        return lambda cell, row: dated(cell)
    if kind == "category":
        return lambda cell, row: category(cell)
    if kind == "image":
        return lambda cell, row: picture(cell)
    return lambda cell, row: valid(cell)


def valid(cell: Any) -> str:
    """A cell as valid Unicode; nothing where there is none."""
    text = "" if missing(cell) else str(cell)
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def measured(cell: Any, row: int, name: str, unit: str) -> float:
    """A number; NaN where it is none, or infinite.

    Raises:
        ValueError: it has a unit that cannot be turned into the one that was learned.

    Example:
        >>> measured("1,200 g", 1, "무게", "kg"), measured(" 3.5 ", 1, "나이", ""), measured("NA", 1, "나이", "")
        (1.2, 3.5, nan)
    """
    if missing(cell):
        return float("nan")
    if not isinstance(cell, str):
        found = cell.total_seconds() if isinstance(cell, datetime.timedelta) else float(cell)
        return found if np.isfinite(found) else float("nan")
    text = cell.strip()
    if PLAINLY.fullmatch(text):
        found = float(text)
        return found if np.isfinite(found) else float("nan")
    match = MEASURE.match(text)
    if match is None:
        return float("nan")
    times = 1.0 if unit_of(match) == "" else factor(unit_of(match), unit)
    if times is None:
        learned = f"in {unit}" if unit else "without a unit"
        raise ValueError(
            f"numbers must have the unit they were learned with; row {row} of column {name!r} has {text!r}, where the "
            f"model learned numbers {learned}; write it so"
        )
    return float(match["number"].replace(",", "")) * times


def dated(cell: Any) -> float:
    """Seconds since 1970 UTC; NaN where it is no date.

    Example:
        >>> dated("1970-01-02"), dated(datetime.date(1970, 1, 2)), dated(5), dated("soon")
        (86400.0, 86400.0, 5.0, nan)
    """
    if missing(cell):
        return float("nan")
    if isinstance(cell, np.datetime64):
        return float(cell.astype("datetime64[us]").astype(np.int64)) / 1e6
    if isinstance(cell, datetime.datetime):
        return (cell if cell.tzinfo else cell.replace(tzinfo=datetime.UTC)).timestamp()
    if isinstance(cell, datetime.date):
        return float((cell - datetime.date(1970, 1, 1)).days) * 86_400
    if not isinstance(cell, str):
        return measured(cell, 0, "", "")
    return stamped(cell)


def category(cell: Any) -> str | None:
    """A word without blanks around it; None where there is none.

    Example:
        >>> category(" 서울 "), category("NA"), category(True), category(3.0)
        ('서울', None, 'true', '3')
    """
    if missing(cell):
        return None
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", "replace")
    if isinstance(cell, (float, np.floating)):
        number = float(cell)
        cell = (
            str(int(number))
            if number.is_integer() and abs(number) < LARGEST_WHOLE
            else repr(number).replace("e-0", "e-")
        )
    word = str(cell).encode("utf-8", "replace").decode().replace("\x00", "").strip()
    lower = word.lower()
    return None if lower in ("", *ABSENT) else lower if lower in TRUTHS else word


def picture(cell: Any) -> bytes | None:
    """The bytes of an image, given as they are, or by the path of its file."""
    if isinstance(cell, dict):  # as Hugging Face writes them
        cell = cell.get("bytes")
    if missing(cell) or not cell:
        return None
    return bytes(cell) if isinstance(cell, (bytes, bytearray, memoryview)) else Path(cell).expanduser().read_bytes()


def missing(cell: Any) -> bool:
    """Whether there is nothing: None, NaN, or pandas' NaT and NA."""
    return cell is None or type(cell).__name__ in ("NAType", "NaTType") or (isinstance(cell, float) and cell != cell)


def _listed(row: Any, names: list[str]) -> list[Any]:
    """The cells of a row by the order of the columns."""
    if isinstance(row, dict):
        return [row.get(name) for name in names]
    if isinstance(row, (str, bytes)) or row is None or not isinstance(row, Sequence):
        return [row]
    return list(row)


def _split(row: Any) -> list[Any]:
    """The words of a row: a list of them, or a text."""
    if isinstance(row, dict):
        row = next(iter(row.values()), None)
    return row.split() if isinstance(row, str) else [] if row is None else list(row)
