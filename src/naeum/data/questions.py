"""Which columns are questions, passages and their answers, and where in its passage does each answer stand?

Answers come as SQuAD has them (a text with its start), as lists of those, as plain texts with or without a column of
starts, or as starts and ends. All become one form: a list of texts with places for each row, empty where the passage
does not answer, missing where nobody said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa

from naeum.data.lines import place
from naeum.data.rows import NUL, as_strings
from naeum.data.spool import Column
from naeum.errors import InputError
from naeum.passages import NOWHERE

QUESTIONS = ("question", "query", "질문")
PASSAGES = ("context", "passage", "paragraph", "지문", "본문")
ANSWERS = ("answers", "answer", "answer_text", "정답", "답")
STARTS = ("answer_start", "start", "answer_begin", "start_position")
IMPOSSIBLE = ("is_impossible", "impossible", "unanswerable")
TYPE = pa.list_(pa.struct([("text", pa.string()), ("start", pa.int32()), ("end", pa.int32())]))
LOOKED_AT = 200  # rows in which it is looked whether answers stand in passages
STANDING = 0.8  # share of answers that must, where only the names of the columns speak of questions
YES = ("true", "1", "yes")


@dataclass(frozen=True)
class Answer:
    """One answer as it was written; what is not known is None."""

    text: str | None = None
    start: int | None = None
    end: int | None = None


Told = tuple[pa.Table, dict[str, Any], tuple[str, ...]]  # the table, what the user said, and notes


def recognised(table: pa.Table, options: Mapping[str, Any], where: str) -> Told:
    """The table with its answers in one form (see TYPE), where it holds questions to passages; else as it is.

    Args:
        table: every column as it was read.
        options: what the user said, see `naeum.data.read.Options`.
        where: the source, for messages.

    Raises:
        InputError: the user asks for spans, and there is no passage in which answers stand.

    Example:
        >>> table = pa.table({"context": ["서울은 수도다"], "question": ["수도는?"], "answer": ["서울"]})
        >>> found, options, _ = recognised(table, {}, "qa.csv")
        >>> found["answer"].to_pylist(), options["text"]
        ([[{'text': '서울', 'start': None, 'end': None}]], ['question', 'context'])
    """
    task = options.get("task")
    output = options.get("output") if task is None else task.output
    names = table.column_names
    target = (task.target if task is not None else options.get("target")) or _named(ANSWERS, names)
    if output not in (None, "span") or target not in names:
        return table, dict(options), ()
    texts = _texts(options, target, names)
    if not set(texts) <= set(names):
        return table, dict(options), ()  # who infers the roles of columns says which name is wrong
    structured = _holds_answers(table.column(target))
    by_name = _named(QUESTIONS, texts) is not None and _named(PASSAGES, texts) is not None
    if output is None and not (structured or (by_name and target.lower() in ANSWERS)):
        return table, dict(options), ()
    found = answers(table, target)
    passage, share = _passage(table, texts, found)
    if output is None and not structured and share < STANDING:
        return table, dict(options), ()  # BoolQ has these columns too, and its answers are yes and no
    if passage is None:
        raise InputError(
            f"answers must stand in a passage; {where} has no text beside {target!r}; name the question and the "
            "passage with --text question,context"
        )
    asked = texts if options.get("text") is not None or task is not None else _asked(texts, passage)
    inputs = [*(name for name in asked if name != passage), passage]
    if task is not None:
        inputs = list(task.inputs)
    return _told(table, options, (target, inputs), found)


def _told(table: pa.Table, options: Mapping[str, Any], roles: tuple[str, list[str]], found: list[Any]) -> Told:
    """The table with its answers in their form, without the columns that say the same."""
    target, inputs = roles
    spent = [name for names in (STARTS, IMPOSSIBLE) if (name := _named(names, table.column_names)) and name != target]
    kept = table.drop_columns([name for name in spent if name not in inputs])
    at = kept.schema.get_field_index(target)
    kept = kept.set_column(at, target, pa.chunked_array([pa.array([_plain(row) for row in found], TYPE)]))
    said = {**options, "target": target, "text": inputs, "output": "span"}
    nothing = sum(row is not None and not row for row in found)
    notes = [f"output = span: answers of {target} stand in {inputs[-1]} (--output says otherwise)"]
    if inputs[:-1]:
        notes.append(f"question = {' and '.join(inputs[:-1])}, passage = {inputs[-1]} (--text QUESTION,PASSAGE)")
    if nothing:
        notes.append(f"rows whose passage does not answer: {nothing}")
    return kept, said, tuple(notes if options.get("part") is None else ())


def answers(table: pa.Table, target: str) -> list[tuple[Answer, ...] | None]:
    """(rows,) the answers of each row as they are written; empty: the passage does not answer; None: nobody said."""
    column, names = table.column(target), table.column_names
    starts = _cells(table, _named(STARTS, names), target)
    impossible = _cells(table, _named(IMPOSSIBLE, names), target)
    found: list[tuple[Answer, ...] | None] = []
    for value, start, never in zip(_values(column), starts, impossible, strict=True):
        row = _row(value)
        if never is not None and str(never).strip().lower() in YES:
            row = ()
        elif row is not None and len(row) == 1 and row[0].start is None and _is_whole(start):
            row = (Answer(row[0].text, int(str(start).strip().removesuffix(".0"))),)
        found.append(row)
    return found


def located(passages: Column, found: Column, name: str, where: str) -> tuple[list[Any], tuple[str, ...]]:
    """(rows,) lists of the places of answers in their passages, and what there is to say.

    Args:
        passages: (rows,) texts as they were cleaned.
        found: (rows,) answers, see TYPE.
        name: of the column of answers.
        where: the source, for messages.

    Raises:
        InputError: an answer is not in its passage, or stands there several times and nothing says which is meant.
    """
    rows: list[list[dict[str, int]] | None] = []
    moved = 0
    for at, (passage, given) in enumerate(zip(passages.to_pylist(), found.to_pylist(), strict=True)):
        if given is None:
            rows.append(None)
            continue
        spans = []
        for one in given:
            span, times = _find(passage or "", Answer(**one))
            if span is None:
                raise _not_there(Answer(**one), times, name, place(where, at))
            moved += one["start"] is not None and one["start"] >= 0 and one["start"] != span[0]
            spans.append({"start": span[0], "end": span[1]})
        rows.append([span for at, span in enumerate(spans) if span not in spans[:at]])
    note = f"answers that stand beside the place that was given, taken where they stand: {moved}"
    return rows, (note,) if moved else ()


def _find(passage: str, one: Answer) -> tuple[tuple[int, int] | None, int]:
    """The place of an answer, or none and how often it stands there."""
    if one.text is None:
        low, high = one.start or 0, one.end or 0
        return ((low, high), 1) if 0 <= low < high <= len(passage) else (None, 0)
    text = one.text.replace(NUL, "")
    if one.start is not None and one.start >= 0 and passage.startswith(text, one.start):
        return (one.start, one.start + len(text)), 1
    starts = list(_all(passage, text)) or list(_all(passage, text := text.strip()))
    if len(starts) == 1 or (starts and one.start is not None and one.start >= 0):
        start = min(starts, key=lambda at: abs(at - (one.start or 0)))  # the nearest to the place that was given
        return (start, start + len(text)), 1
    return None, len(starts)


def _all(passage: str, text: str) -> Iterator[int]:
    at = passage.find(text) if text else -1
    while at >= 0:
        yield at
        at = passage.find(text, at + 1)


def _not_there(one: Answer, times: int, name: str, line: str) -> InputError:
    told = f"{one.start} to {one.end}" if one.text is None else repr(one.text[:60])
    if times:
        return InputError(
            f"an answer must stand in its passage once, or say where it starts; {line} has in column {name!r} {told}, "
            f"which stands there {times} times; add a column answer_start"
        )
    return InputError(
        f"an answer must stand in its passage; {line} has in column {name!r} {told}, which does not; correct it, or "
        "leave it empty where the passage does not answer"
    )


def _named(known: Sequence[str], names: Sequence[str]) -> str | None:
    """The first of the names that is known."""
    lower = {name.strip().lower(): name for name in reversed(names)}
    return next((lower[one] for one in known if one in lower), None)


def _texts(options: Mapping[str, Any], target: str, names: Sequence[str]) -> list[str]:
    """The columns that may be questions and passages: those that were named, else all others."""
    task, given = options.get("task"), options.get("text")
    if task is not None:
        return list(task.inputs)
    if given is None:
        others = (*STARTS, *IMPOSSIBLE, *ANSWERS)
        taken = {options.get(role) for role in ("weight", "group", "time", "id", "folds")} | {target}
        return [name for name in names if name not in taken and name.lower() not in others]
    listed = [part.strip() for part in given.split(",")] if isinstance(given, str) and given not in names else given
    return [listed] if isinstance(listed, str) else list(listed)


def _asked(texts: Sequence[str], passage: str) -> list[str]:
    """The column of questions by its name; the passage alone where none has such a name."""
    question = _named(QUESTIONS, [name for name in texts if name != passage])
    return [] if question is None else [question]


def _passage(
    table: pa.Table, texts: Sequence[str], found: Sequence[tuple[Answer, ...] | None]
) -> tuple[str | None, float]:
    """The column in which most answers stand, and their share; the longest of those that hold equally many."""
    rows = list(islice((at for at, row in enumerate(found) if row), LOOKED_AT))
    best: tuple[float, bool, float, str | None] = (-1.0, False, -1.0, None)
    for name in texts:
        cells = _strings(table.column(name).take(rows)) if rows else []
        stand = [
            _find(cell or "", one) != (None, 0) for cell, at in zip(cells, rows, strict=True) for one in found[at] or ()
        ]
        share = sum(stand) / max(len(stand), 1)
        known = name.lower() in PASSAGES
        best = max(best, (share, known, sum(map(len, filter(None, cells))), name), key=lambda one: one[:3])
    return best[3], best[0]


def _holds_answers(column: Column) -> bool:
    """Whether a column holds answers with their places, in any of the forms that are read."""
    kind = column.type
    inner = kind.value_type if pa.types.is_list(kind) or pa.types.is_large_list(kind) else kind
    if pa.types.is_struct(inner):
        return _is_answer({field.name for field in inner})
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return False
    for value in islice((one for one in column.to_pylist() if one), LOOKED_AT):
        parsed = _parsed(value)
        some = parsed[0] if isinstance(parsed, list) and parsed else parsed
        if isinstance(some, dict):
            return _is_answer(set(some))
        if not isinstance(parsed, list) or parsed:
            return False
    return False


def _is_answer(names: set[str]) -> bool:
    return {"start", "end"} <= names or ("text" in names and bool(names & {"answer_start", "start"}))


def _row(value: Any) -> tuple[Answer, ...] | None:
    """The answers that one value holds; None where it is missing."""
    value = _parsed(value) if isinstance(value, str) else value
    if value is None:
        return None
    if isinstance(value, str):
        return (Answer(value),) if value.strip() else ()
    if isinstance(value, Mapping):
        return tuple(_of_mapping(value))
    if isinstance(value, (list, tuple)):
        rows = [_row(one) for one in value]
        return tuple(one for row in rows if row for one in row)
    return (Answer(str(value)),)


def _of_mapping(value: Mapping[str, Any]) -> Iterator[Answer]:
    starts, texts = value.get("answer_start", value.get("start")), value.get("text")
    if isinstance(texts, (list, tuple)):
        placed = list(starts) if isinstance(starts, (list, tuple)) else [None] * len(texts)
        for text, start in zip(texts, placed, strict=False):
            if text and str(text).strip():
                yield Answer(str(text), _whole(start))
    elif texts is not None:
        if str(texts).strip():
            yield Answer(str(texts), _whole(starts))
    elif starts is not None and _whole(starts) not in (None, NOWHERE):
        yield Answer(None, _whole(starts), _whole(value.get("end")))


def _parsed(value: str) -> Any:
    """What a string of JSON holds; the string itself where it is none."""
    if not value.lstrip().startswith(("{", "[")):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _plain(row: tuple[Answer, ...] | None) -> list[dict[str, Any]] | None:
    return None if row is None else [{"text": one.text, "start": one.start, "end": one.end} for one in row]


def _is_whole(value: Any) -> bool:
    return value is not None and str(value).strip().removesuffix(".0").lstrip("-").isdigit()


def _whole(value: Any) -> int | None:
    return int(str(value).strip().removesuffix(".0")) if _is_whole(value) else None


def _cells(table: pa.Table, name: str | None, target: str) -> list[Any]:
    return [None] * table.num_rows if name is None or name == target else _values(table.column(name))


def _values(column: Column) -> list[Any]:
    return list(column.to_pylist())


def _strings(column: Column) -> list[str | None]:
    return [value for chunk in column.chunks for value in as_strings(chunk).to_pylist()]
