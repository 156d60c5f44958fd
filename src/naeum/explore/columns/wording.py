"""How is a value of a column written in words?"""

from __future__ import annotations

import datetime as dt
from typing import Any

LONGEST = 80  # characters of a value that are kept for the screen and the report


def word(value: Any) -> str:
    """A value as its file wrote it: 3.0 is 3, midnight is a date.

    Example:
        >>> import datetime
        >>> word(3.0), word(0.25), word(True), word(datetime.datetime(2024, 1, 5)), word(None)
        ('3', '0.25', 'true', '2024-01-05', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else f"{value:.6g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
