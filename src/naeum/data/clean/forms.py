"""In which form is a text written: how are its letters put together, and where are its blanks?"""

from __future__ import annotations

import unicodedata


def normalised(text: str, form: str, lower: bool) -> str:
    """A text in a Unicode form, with single blanks and none around.

    Example:
        >>> normalised("  한글   GOOD ", "NFC", True)
        '한글 good'
    """
    normal = " ".join(unicodedata.normalize(form, text).split())  # type: ignore[arg-type]
    return normal.lower() if lower else normal
