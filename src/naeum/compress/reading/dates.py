"""Which second does a written date tell? A part of the program `predict.py`, which imports no naeum.

ISO 8601 first, then the other forms that training tries, in its order. As in training, what a date says of its zone is
not looked at.
"""

from __future__ import annotations

import datetime
import re

from naeum.data.times import FORMATS

ISO = re.compile(
    r"(\d{4,6})([-/ ])(\d{1,2})\2(\d{1,2})"
    r"(?:[ T]+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{0,9}))?)?(?:Z| UTC| ?[+-]\d{1,2}(?::?\d{2})?)?)?",
    re.ASCII,
)
NOTHING = float("nan")


def stamped(text: str) -> float:
    """Seconds since 1970 of a date as it is written; NaN where it is none.

    Example:
        >>> stamped("1970-01-02"), stamped("1970년 1월 1일"), stamped("1970-01-01 01:00+09:00"), stamped("soon")
        (86400.0, 0.0, 3600.0, nan)
    """
    match = ISO.fullmatch(text.lstrip())
    if match:
        found = _counted(match)
        if found == found:
            return found
    for form in FORMATS:
        try:
            return _seconds(datetime.datetime.strptime(text, form))
        except ValueError:
            continue
    return NOTHING


def _counted(match: re.Match[str]) -> float:
    """The seconds of a date in ISO 8601; NaN where there is no such day or hour."""
    year, month, day = (int(match[at]) for at in (1, 3, 4))
    hour, minute, second = (int(match[at] or 0) for at in (5, 6, 7))
    try:
        whole = _seconds(datetime.datetime(year, month, day, hour, minute, second))
    except ValueError:
        return NOTHING
    return whole + float(f"0.{(match[8] or '0')[:6]}")


def _seconds(found: datetime.datetime) -> float:
    return (found - datetime.datetime(1970, 1, 1)) / datetime.timedelta(seconds=1)
