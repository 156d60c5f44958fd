"""How is a row shown to a reader in one line?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def in_words(row: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    """A row as one line: texts as they are, words with blanks, cells with the names of their columns.

    Example:
        >>> in_words({"본문": "좋다", "나이": 22.0}, {"본문": "text", "나이": "number"})
        '좋다 / 나이 22'
    """
    said = []
    for name, kind in columns.items():
        cell = row[name]
        if kind == "text":
            said.append(str(cell))
        elif kind == "words":
            said.append(" ".join(cell or ()))
        elif kind != "image":
            missing = cell is None or cell != cell
            said.append(f"{name} {'–' if missing else f'{cell:g}' if isinstance(cell, float) else cell}")
    return " / ".join(said)
