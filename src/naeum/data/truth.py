"""What is learned of each row: a class, several labels, a number, a tag a word, or a span; and how is it coded?"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naeum import sets
from naeum.contract import Ints, OutputKind
from naeum.data import questions
from naeum.data.inputs import as_one, lists, numbers, parsed
from naeum.data.kinds import ABSENT
from naeum.data.order import in_order
from naeum.data.rows import string_column
from naeum.data.schema import NUMBER
from naeum.data.spool import Column
from naeum.data.target import UNLABELLED, distinct, encode, quantities
from naeum.errors import InputError

OUTPUTS: tuple[OutputKind, ...] = ("label", "labels", "number", "tags", "span")
SEPARATORS = (";", "|", ",", "/")  # between labels in one string, tried in this order
SHOWN = 8  # classes of an order that are listed in a note
TRUTH_TYPE = pa.list_(pa.int32())  # of labels and tags
SPAN_TYPE = pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())]))
ENDS = ("start", "end")  # what the columns of the scores of a span are called


@dataclass(frozen=True, eq=False)
class Goal:
    """The targets of all rows.

    Args:
        output: what kind of answer is learned.
        classes: their names, in the order of their codes.
        codes: (rows,) the class; 0 where the answer is no single class; -1 without a target.
        truth: (rows,) targets that are no single class, see `naeum.contract.Dataset`.
        ordered: whether the classes stand in their order.
        notes: what was inferred.
    """

    output: OutputKind
    classes: tuple[str, ...]
    codes: Ints
    truth: Column | None = None
    ordered: bool = False
    notes: tuple[str, ...] = ()


def goal(
    table: pa.Table,
    name: str,
    where: str,
    asked: str | None,
    beside: Column | None = None,
    whole: bool = True,
    ordered: str | None = None,
) -> Goal:
    """What a target column says.

    Args:
        table: with the target as it was read.
        name: of the target.
        where: the source, for messages.
        asked: the output that the user named; None where it is inferred.
        beside: what the answers are about: the words that are tagged, or the passages in which spans lie.
        whole: whether this is all there is to learn from; a given part may have one class or none.
        ordered: what the user said of the classes' order, see `naeum.data.order`.

    Raises:
        InputError: the column does not hold what the output needs.

    Example:
        >>> found = goal(pa.table({"y": ["1.5", None, "2"]}), "y", "a.csv", "number")
        >>> found.truth.to_pylist(), found.codes.tolist()
        ([1.5, None, 2.0], [0, -1, 0])
    """
    if asked is not None and asked not in OUTPUTS:
        raise InputError(f"the output must be one of {', '.join(OUTPUTS)}; got {asked!r}; name one of these")
    output, why = (asked, "") if asked is not None else infer(table, name, beside is not None)
    notes: tuple[str, ...] = (f"output = {output}, as {why} (--output says otherwise)",) if why else ()
    if output == "number":
        return _numbers(table.column(name), name, where, whole, notes)
    if output == "labels":
        return _labels(table.column(name), name, where, whole, notes)
    if output == "tags":
        return _tags(table.column(name), beside, name, where, notes)
    if output == "span":
        return _spans(table.column(name), beside, name, where)
    column = string_column(table, name)
    classes, codes = encode(column, name, where, whole)
    counted = asked == "label" and len(classes) > 2 and all(NUMBER.match(word) for word in classes)
    order = in_order(classes, name, "yes" if counted and ordered is None else ordered) if whole else None
    if order is not None:
        place = {word: at for at, word in enumerate(order)}
        codes = np.append([place[word] for word in classes], UNLABELLED)[codes]
        shown = order if len(order) <= SHOWN else (*order[: SHOWN - 1], "…", order[-1])
        said = "" if ordered is not None else " (--ordered no says otherwise)"
        notes += (f"classes are ordered: {' < '.join(shown)}{said}",)
    return Goal("label", order or classes, codes, None, order is not None, notes)


def infer(table: pa.Table, name: str, worded: bool) -> tuple[OutputKind, str]:
    """The kind of answer that a target column asks for, and why, in words; no reason for one class a row."""
    column = table.column(name)
    if column.type == questions.TYPE:
        return "span", f"{name} holds answers with their places"
    if holds_lists(column):
        return ("tags", f"{name} holds a list as long as the words") if worded else ("labels", f"{name} holds lists")
    values, codes = distinct(string_column(table, name))
    if quantities(values, int((codes >= 0).sum())):
        return "number", f"{name} holds quantities ({len(values):,} distinct numbers)"
    return "label", ""


def holds_lists(column: Column) -> bool:
    """Whether a column is one of lists of words, or of strings that are all lists of words."""
    kind = column.type
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        inner = kind.value_type
        return pa.types.is_string(inner) or pa.types.is_large_string(inner)
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)) or not len(column):
        return False
    there = pc.drop_null(column)
    if not len(there) or not pc.all(pc.starts_with(there, "[")).as_py():
        return False
    try:
        found = [parsed(value) for value in there.to_pylist()]
    except (ValueError, SyntaxError):
        return False
    return all(isinstance(one, list) and all(isinstance(word, str) for word in one) for one in found)


def recoded(truth: Column, given: Sequence[str], known: Sequence[str]) -> Column:
    """Lists of codes into the classes `given` as codes into `known`, which has them all."""
    if list(given) == list(known) or not given:
        return truth
    place = {word: at for at, word in enumerate(known)}
    table = pa.array([place[word] for word in given], pa.int32())
    arrow: Any = pa.ListArray
    chunks = [
        arrow.from_arrays(_offsets(chunk), table.take(chunk.flatten()), mask=chunk.is_null()) for chunk in truth.chunks
    ]
    return pa.chunked_array(chunks, truth.type)


def _numbers(column: Column, name: str, where: str, whole: bool, notes: tuple[str, ...]) -> Goal:
    found = numbers(column)
    words = as_one(column).filter(pa.array(np.isnan(found))).drop_null().to_pylist()
    odd = [word for word in words if word.strip().lower() not in ("", *ABSENT)]
    if odd:
        raise InputError(
            f"the target must hold plain numbers, or numbers with one unit; column {name!r} of {where} has {odd[0]!r} "
            f"and {len(odd) - 1} more that are none; mend them, or learn classes with --output label"
        )
    known = np.isfinite(found)
    if whole and (not known.any() or len(sets.unique(found[known])) < 2):
        raise InputError(
            f"the target must hold two different numbers or more; column {name!r} of {where} has "
            f"{'none' if not known.any() else found[known][0]} in {known.sum()} rows; name another with --target"
        )
    truth = pa.chunked_array([pa.array(found, pa.float64(), from_pandas=True)])
    return Goal("number", (), np.where(known, 0, UNLABELLED).astype(np.int64), truth, notes=notes)


def _labels(column: Column, name: str, where: str, whole: bool, notes: tuple[str, ...]) -> Goal:
    if holds_lists(column):
        found = lists(column, name).to_pylist()
    else:
        words = as_one(column).to_pylist()
        separator = _separator(words)
        if separator:
            notes += (f"labels in {name} are read with {separator!r} between them",)
        found = [_split(word, separator, name, where, at) for at, word in enumerate(words)]
    rows = [None if row is None else [word.strip() for word in row if word and word.strip()] for row in found]
    classes = tuple(sorted({word for row in rows if row for word in row}))
    if whole and len(classes) < 2:
        raise InputError(
            f"the target must have two labels or more; column {name!r} of {where} has {', '.join(classes) or 'none'}; "
            f"name another with --target"
        )
    return _listed("labels", classes, [None if row is None else list(dict.fromkeys(row)) for row in rows], notes)


def _tags(column: Column, words: Column | None, name: str, where: str, notes: tuple[str, ...]) -> Goal:
    found = lists(column, name).to_pylist()
    if words is None:
        raise InputError(f"tags must stand beside words; {where} has no column of lists of words; name it with --text")
    sizes = [None if row is None else len(row) for row in words.to_pylist()]
    for at, (row, size) in enumerate(zip(found, sizes, strict=True)):
        if row is not None and len(row) != (size or 0):
            raise InputError(
                f"each word must have one tag; row {at + 1} of {where} has {size or 0} words and {len(row)} tags in "
                f"column {name!r}; mend that row"
            )
    classes = tuple(sorted({tag for row in found if row for tag in row}))
    return _listed("tags", classes, found, notes)


def _spans(column: Column, passages: Column | None, name: str, where: str) -> Goal:
    if passages is None or column.type != questions.TYPE:
        raise InputError(
            f"answers must stand beside passages; column {name!r} of {where} holds {column.type} and no passage is "
            "named; name the question and the passage with --text question,context"
        )
    rows, notes = questions.located(passages, column, name, where)
    known = np.array([row is not None for row in rows], np.bool_)
    truth = pa.chunked_array([pa.array(rows, SPAN_TYPE)])
    return Goal("span", ENDS, np.where(known, 0, UNLABELLED).astype(np.int64), truth, notes=notes)


def _listed(output: OutputKind, classes: tuple[str, ...], rows: Sequence[Any], notes: tuple[str, ...]) -> Goal:
    place = {word: at for at, word in enumerate(classes)}
    coded = [None if row is None else [place[word] for word in row] for row in rows]
    known = np.array([row is not None for row in rows], np.bool_)
    codes = np.where(known, 0, UNLABELLED).astype(np.int64)
    return Goal(output, classes, codes, pa.chunked_array([pa.array(coded, TRUTH_TYPE)]), notes=notes)


def _separator(words: Sequence[str | None]) -> str:
    """What stands between labels: the mark that most values have, "" where none has any."""
    there = [word for word in words if word and not word.lstrip().startswith("[")]
    counts = Counter(mark for word in there for mark in SEPARATORS if mark in word)
    return max(SEPARATORS, key=lambda mark: counts[mark]) if counts else ""


def _split(word: str | None, separator: str, name: str, where: str, at: int) -> list[str] | None:
    if word is None or not word.strip():
        return None
    if not word.lstrip().startswith("["):
        return re.split(re.escape(separator), word) if separator else [word]
    try:
        found = ast.literal_eval(word.strip())
    except (ValueError, SyntaxError):
        found = None
    if not isinstance(found, list):
        raise InputError(
            f"labels must be a list or words with one mark between them; column {name!r} of {where} has "
            f'{word[:60]!r} in row {at + 1}; write a;b or ["a", "b"]'
        )
    return [str(one) for one in found]


def _offsets(chunk: Any) -> Any:
    sizes = pc.fill_null(pc.list_value_length(chunk), 0).to_numpy(zero_copy_only=False)
    return pa.array(np.concatenate([[0], np.cumsum(sizes)]), pa.int32())
