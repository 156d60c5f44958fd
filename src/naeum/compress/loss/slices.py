"""Which rows belong together, so that one can ask whether they lose more than others?

By their answer, by their length, and by what can be seen in them. Names are made of numbers and of the user's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Dataset
from naeum.measure.entities import types
from naeum.measure.words import tag_codes

CLASS, LENGTH, SLICE = "class", "length", "slice"
KINDS = (CLASS, LENGTH, SLICE)
LEAST_ROWS = 5  # of a slice: of fewer nothing can be said
BANDS = 3  # of lengths, and of numbers
MOST_VALUES = 20  # of a column of categories: more are names
WORD = re.compile(r"\w+")
# What can be seen in a text: name, pattern.
SEEN: Mapping[str, re.Pattern[str]] = {
    "rows with numbers": re.compile(r"\d"),
    "rows with a question": re.compile(r"[?？]"),
    "rows in capitals": re.compile(r"\b[A-Z]{3,}\b"),
    "rows with Hangul": re.compile(r"[가-힣]"),
    "rows with signs beyond ASCII": re.compile(r"[^\x00-\x7f가-힣]"),
}

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Slice:
    """Some of the rows."""

    kind: str  # of KINDS
    name: str
    rows: Mask  # (rows,)


def slices(data: Dataset, fit: Dataset | None = None) -> tuple[Slice, ...]:
    """The slices of labelled rows that hold some rows and leave some out.

    Args:
        data: labelled rows.
        fit: rows that were learned from, for words that stand in none of them.
    """
    found = [*_classes(data), *_lengths(data), *_seen(data, fit), *_values(data)]
    return tuple(one for one in found if LEAST_ROWS <= one.rows.sum() < len(data))


def texts(data: Dataset) -> list[str] | None:
    """The text or the words of each row as one string; None where the rows hold neither."""
    columns = []
    for name, kind in data.task.columns.items():
        if kind in ("text", "words"):
            columns.append([_text(cell) for cell in data.rows.column(name).to_pylist()])
    return [" ".join(filter(None, cells)) for cells in zip(*columns, strict=True)] if columns else None


def _text(cell: Any) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else " ".join(map(str, cell))


def _classes(data: Dataset) -> Iterator[Slice]:
    """Rows by their true answer."""
    output, names = data.task.output, data.task.classes
    if output == "label":
        yield from (Slice(CLASS, name, data.target == code) for code, name in enumerate(names))
    elif output == "labels" and data.truth is not None:
        held = [set(one or ()) for one in data.truth.to_pylist()]
        for code, name in enumerate(names):
            yield Slice(CLASS, name, np.array([code in one for one in held], bool))
    elif output == "tags" and data.truth is not None:
        yield from _entities(data)
    elif output == "number" and data.truth is not None:
        numbers = np.asarray(data.truth.to_numpy(), np.float64)
        yield from _bands(CLASS, numbers, ("answers up to {}", "answers from {} to {}", "answers above {}"))


def _entities(data: Dataset) -> Iterator[Slice]:
    codes, offsets = tag_codes(data)
    for name in types(data.task.classes):
        own = [code for code, tag in enumerate(data.task.classes) if tag.partition("-")[2] == name]
        there = np.concatenate([[0], np.cumsum(sets.isin(codes, own))])
        yield Slice(CLASS, name, there[offsets[1:]] > there[offsets[:-1]])


def _lengths(data: Dataset) -> Iterator[Slice]:
    """Rows by their characters."""
    found = texts(data)
    if found is not None:
        sizes = np.array([len(text) for text in found], np.float64)
        told = ("rows of up to {} characters", "rows of {} to {} characters", "rows of more than {} characters")
        yield from _bands(LENGTH, sizes, told)


def _bands(kind: str, values: npt.NDArray[np.float64], told: Sequence[str]) -> Iterator[Slice]:
    """Three bands that hold about the same number of rows."""
    if not len(values):
        return
    low, high = (float(one) for one in np.quantile(values, (1 / BANDS, 2 / BANDS), method="lower"))
    yield Slice(kind, told[0].format(f"{low:g}"), values <= low)
    yield Slice(kind, told[1].format(f"{low:g}", f"{high:g}"), (values > low) & (values <= high))
    yield Slice(kind, told[2].format(f"{high:g}"), values > high)


def _seen(data: Dataset, fit: Dataset | None) -> Iterator[Slice]:
    """Rows by what stands in their text."""
    found = texts(data)
    if found is None:
        return
    for name, pattern in SEEN.items():
        yield Slice(SLICE, name, np.array([pattern.search(text) is not None for text in found], bool))
    learned = None if fit is None else texts(fit)
    if learned:
        known = {word.lower() for text in learned for word in WORD.findall(text)}
        new = [any(word.lower() not in known for word in WORD.findall(text)) for text in found]
        yield Slice(SLICE, "rows with words that no fit row has", np.array(new, bool))


def _values(data: Dataset) -> Iterator[Slice]:
    """Rows by the values of the columns of categories."""
    for name, kind in data.task.columns.items():
        if kind != "category":
            continue
        cells = data.rows.column(name).to_pylist()
        known = sorted({str(cell) for cell in cells if cell is not None})
        for value in known if len(known) <= MOST_VALUES else ():
            rows = np.array([cell is not None and str(cell) == value for cell in cells], bool)
            yield Slice(SLICE, f"{name} = {value}", rows)
