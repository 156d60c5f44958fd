"""How does anything that holds texts become the input columns of a task?

The same cleaning at training and at prediction: missing texts are empty, NUL bytes are taken out, half surrogates are
replaced. Nothing else is changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from naeum.contract import Task
from naeum.data.formats import table_in_memory
from naeum.data.schema import no_such_column
from naeum.data.spool import Chunk, Column, batches_of, spool
from naeum.data.units import of_task
from naeum.errors import InputError

NUL = "\x00"


def rows_of(things: Any, task: Task) -> pa.Table:
    """The input columns of `task` from strings, a DataFrame, an Arrow table, a data set or a list of dicts.

    Returns:
        A table of len(things) rows whose columns are `task.inputs`: strings without a missing one where all are texts,
        else each of its kind (see `naeum.data.inputs`).

    Raises:
        InputError: a column is missing, or something is not of its kind.

    Example:
        >>> rows_of(["어디에 있나요?", None], Task(inputs=("text",))).to_pydict()
        {'text': ['어디에 있나요?', '']}
        >>> rows_of([{"age": "3", "sex": "여"}], Task(inputs=("age", "sex"), kinds=("number", "category"))).to_pydict()
        {'age': [3.0], 'sex': ['여']}
    """
    if isinstance(things, str):
        raise InputError("texts must come in a list; got one string; write [text]")
    if task.kinds and set(task.kinds) != {"text"}:
        from naeum.data.inputs import clean_inputs  # it stands on this file

        return clean_inputs(_typed_table(things, task), task.columns, of_task(task.units))
    if isinstance(things, pa.Table) or not _is_sequence(things) or (len(things) and isinstance(things[0], Mapping)):
        return clean_columns(table_in_memory(things), task.inputs)
    if len(task.inputs) != 1:
        raise _bare(task)
    texts = [_text(thing, at) for at, thing in enumerate(things)]
    return pa.table({task.inputs[0]: pa.array(texts, pa.string())})


def clean_texts(column: Chunk) -> Chunk:
    """One chunk of texts: strings, missing ones empty, without NUL bytes."""
    column = as_strings(column)
    if column.null_count:
        column = pc.fill_null(column, "")
    if pc.any(pc.match_substring(column, NUL)).as_py():
        column = pc.replace_substring(column, NUL, "")
    return column


def as_strings(column: Chunk) -> Chunk:
    """One chunk of any type as strings; missing values and NaN stay missing."""
    kind = column.type
    if pa.types.is_string(kind):
        return column
    if pa.types.is_null(kind):
        return pa.nulls(len(column), pa.string())
    if pa.types.is_dictionary(kind):
        return as_strings(column.dictionary_decode())
    if pa.types.is_floating(kind):
        column = pc.if_else(pc.is_nan(column), None, column)
    if pa.types.is_nested(kind):
        values = [
            None if value is None else json.dumps(value, ensure_ascii=False, default=str)
            for value in column.to_pylist()
        ]
        return pa.array(values, pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return pa.array(
            [None if value is None else value.decode("utf-8", "replace") for value in column.to_pylist()], pa.string()
        )
    return column.cast(pa.string())


def string_column(table: pa.Table, name: str) -> Column:
    """A column as strings, chunk by chunk."""
    column = table.column(name)
    return pa.chunked_array([as_strings(chunk) for chunk in column.chunks], pa.string())


def clean_columns(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """The named columns of a table as clean texts; large ones are memory-mapped."""
    for name in names:
        if name not in table.column_names:
            raise no_such_column("text", name, table.column_names, "the rows")
    schema = pa.schema([(name, pa.string()) for name in names])
    chosen = table.select(list(names)).replace_schema_metadata(None)
    if all(clean_texts(chunk) is chunk for column in chosen.columns for chunk in column.chunks):
        return chosen  # nothing to change, so nothing to copy

    def batches() -> Iterator[pa.RecordBatch]:
        for batch in batches_of(chosen):
            yield pa.record_batch([clean_texts(column) for column in batch.columns], schema=schema)

    return spool(schema, batches())


def string_columns(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """The named columns as strings; nothing is copied where they are strings already."""
    chosen = table.select(list(names))
    schema = pa.schema([(name, pa.string()) for name in names])
    if chosen.schema.types == schema.types:
        return chosen.replace_schema_metadata(None)
    batches = (pa.record_batch([as_strings(c) for c in batch.columns], schema=schema) for batch in batches_of(chosen))
    return spool(schema, batches)


def _typed_table(things: Any, task: Task) -> pa.Table:
    """Things as a table of whatever types they have."""
    if isinstance(things, Mapping) and things and all(_is_sequence(column) for column in things.values()):
        things = [dict(zip(things, row, strict=True)) for row in zip(*things.values(), strict=True)]
    if isinstance(things, pa.Table) or not _is_sequence(things):
        return table_in_memory(things)
    if not len(things):
        return pa.table({name: pa.nulls(0) for name in task.inputs})
    if isinstance(things[0], Mapping):
        for name in task.inputs:
            if not any(name in row for row in things):
                raise no_such_column("input", name, list(things[0]), "the rows")
        return pa.table({name: _array([row.get(name) for row in things]) for name in task.inputs})
    if len(task.inputs) != 1:
        raise _bare(task)
    return pa.table({task.inputs[0]: _array(list(things))})


def _array(values: list[Any]) -> Chunk:
    """Values as an array of their type; of several types as strings."""
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError, UnicodeEncodeError):
        return pa.array([None if value is None or value != value else _word(value) for value in values], pa.string())


def _word(value: Any) -> str:
    return str(value).encode("utf-8", "replace").decode()


def _bare(task: Task) -> InputError:
    return InputError(
        f"rows must have the columns {', '.join(task.inputs)}; got bare strings; pass a DataFrame or a list of dicts"
    )


def _is_sequence(things: Any) -> bool:
    return isinstance(things, (list, tuple)) or type(things).__name__ in ("ndarray", "Series")


def _text(thing: Any, at: int) -> str:
    if thing is None or (isinstance(thing, float) and thing != thing) or type(thing).__name__ == "NAType":
        return ""
    if not isinstance(thing, str):
        raise InputError(f"texts must be strings; got {type(thing).__name__} at position {at}; write str(…) around it")
    return thing.replace(NUL, "").encode("utf-8", "replace").decode()
