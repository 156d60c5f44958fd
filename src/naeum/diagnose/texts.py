"""What text does a row hold, and when do two rows hold the same?"""

from __future__ import annotations

import unicodedata

from naeum.contract import Dataset

BETWEEN = "\u241e"  # between the columns of a row: the sign for a record separator, which no text is likely to hold


def texts(dataset: Dataset) -> list[str]:
    """(rows,) the input columns of each row as one text; a missing cell is empty."""
    columns = [dataset.rows.column(name).to_pylist() for name in dataset.task.inputs]
    return [BETWEEN.join("" if cell is None else str(cell) for cell in row) for row in zip(*columns, strict=True)]


def plain(text: str) -> str:
    """The text without what people do not see as a difference: case, width, kinds and runs of spaces.

    Example:
        >>> plain("  Ｇood\\u00a0 좋아요 ")
        'good 좋아요'
    """
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
