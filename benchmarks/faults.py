"""Which ten faults are planted, to see whether expectations catch them?

They were written down before any bound was looked at, from what goes wrong in practice. Each takes a table of strings,
as a CSV file has them, and spoils it. PLACE says which columns a fault needs; a table that has none of that kind is
given one (see `with_places`): ids, a day on which something starts and one on which it ends, an amount.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

SHARE = 0.1  # of the rows that a fault touches, where it does not touch all
FIRST_DAY, DAYS = "2024-01-01", 365


@dataclass(frozen=True)
class Places:
    """The columns of a table that faults are planted in."""

    full: str  # without a missing value
    few: str  # of a few values, as text
    number: str
    swapped: tuple[str, str]
    text: str
    id: str
    start: str
    end: str


def with_places(frame: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The table with a row id, a start, an end and an amount, so that every fault has a place in it."""
    rng = np.random.default_rng(seed)
    start = pd.Timestamp(FIRST_DAY) + pd.to_timedelta(rng.integers(0, DAYS, len(frame)), unit="D")
    end = start + pd.to_timedelta(rng.integers(0, 30, len(frame)), unit="D")
    more = {
        "row_id": [f"R-{number:07d}" for number in rng.permutation(len(frame))],
        "start": start.strftime("%Y-%m-%d"),
        "end": end.strftime("%Y-%m-%d"),
        "amount": [f"{value:.2f}" for value in rng.lognormal(3, 0.5, len(frame))],
    }
    return frame.assign(**more)


def some(frame: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    """Places of a tenth of the rows."""
    return rng.choice(len(frame), max(1, round(SHARE * len(frame))), replace=False)


def nulls(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """A tenth of a full column is gone."""
    return _put(frame, at.full, some(frame, rng), "")


def new_category(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """A tenth of the rows have a value that was never there."""
    return _put(frame, at.few, some(frame, rng), "신규")


def shifted_mean(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """A column of numbers moves up by one of its standard deviations."""
    numbers = pd.to_numeric(frame[at.number])
    return frame.assign(**{at.number: _written(numbers + numbers.std())})


def swapped_columns(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Two columns change places under their names."""
    one, other = at.swapped
    return frame.assign(**{one: frame[other], other: frame[one]})


def truncated_rows(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """The file ends after a third of its rows."""
    return frame.iloc[: len(frame) // 3]


def duplicated_ids(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """A tenth of the rows carry the id of the row before."""
    where = some(frame.iloc[1:], rng) + 1
    ids = frame[at.id].to_numpy(copy=True)
    ids[where] = ids[where - 1]
    return frame.assign(**{at.id: ids})


def other_unit(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """A tenth of the numbers are in another unit: times 100."""
    where = some(frame, rng)
    return _put(frame, at.number, where, _written(pd.to_numeric(frame[at.number].iloc[where]) * 100).to_numpy())


def dates_wrong(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """A twentieth of the starts lie in the year 2099, and a twentieth of the ends before their start."""
    one, other = np.array_split(some(frame, rng), 2)
    ahead = _put(frame, at.start, one, "2099-01-01")
    before = pd.to_datetime(frame[at.start].iloc[other]) - pd.Timedelta(days=9)
    return _put(ahead, at.end, other, before.dt.strftime("%Y-%m-%d").to_numpy())


def text_cut_off(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Texts end after half of their characters, as in a field that was made too short."""
    cut = [text[: max(1, len(text) // 2)] for text in frame[at.text]]
    return frame.assign(**{at.text: cut})


def wrong_encoding(frame: pd.DataFrame, at: Places, rng: np.random.Generator) -> pd.DataFrame:
    """Hangul is written as CP949 and read as Latin-1; ASCII, which that leaves alone, is written as EBCDIC (CP037)."""
    hangul = frame[at.text].str.contains("[가-힣]").any()
    codec = "cp949" if hangul else "cp037"
    spoiled = [text.encode(codec, "replace").decode("latin-1") for text in frame[at.text]]
    clean = [text.translate({9: " ", 10: " ", 13: " ", 0: " "}) for text in spoiled]
    return frame.assign(**{at.text: clean})


FAULTS: tuple[Callable[[pd.DataFrame, Places, np.random.Generator], pd.DataFrame], ...] = (
    nulls, new_category, shifted_mean, swapped_columns, truncated_rows, duplicated_ids, other_unit, dates_wrong,
    text_cut_off, wrong_encoding,
)  # fmt: skip


def _put(frame: pd.DataFrame, column: str, where: np.ndarray, value: Any) -> pd.DataFrame:
    values = frame[column].to_numpy(dtype=object, copy=True)
    values[where] = value
    return frame.assign(**{column: values})


def _written(numbers: pd.Series) -> pd.Series:
    return numbers.map(lambda number: "" if pd.isna(number) else f"{number:g}")
