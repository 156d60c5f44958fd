"""What is data once it was read, and how is a part of it made with a key of its own?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from naeum import values
from naeum.contract import Dataset, Ints
from naeum.data.spool import Column, take

ARRAYS = ("ids", "target", "weight", "group", "origin", "parent")  # of a Dataset: one entry a row


@dataclass(frozen=True, eq=False)
class Data:
    """A user's data: every row, labelled or not, and what was made of the columns."""

    dataset: Dataset
    name: str
    columns: Mapping[str, str]  # column -> role: text, target, weight, group, time, id, folds or other
    others: pa.Table  # the columns that are not used, for the leak check
    notes: tuple[str, ...] = ()  # what was inferred, and which flag says otherwise
    broken: tuple[tuple[int, str], ...] = ()  # line of the file (from 1) and why it was skipped
    time: npt.NDArray[np.float64] | None = None  # (rows,) larger is newer
    folds: Ints | None = None  # (rows,) the user's fold of each row, from 0
    grouped: bool = False  # whether the user named a group column
    folder: Path | None = None  # where the snapshot lies, if there is one
    source: Mapping[str, str] = field(default_factory=dict)  # path -> how it was written, in words
    named: Any = None  # pa.ChunkedArray (rows,): the ids that the user gave, as strings

    def __len__(self) -> int:
        return len(self.dataset)

    @property
    def key(self) -> str:
        return self.dataset.key

    def _repr_html_(self) -> str:
        from naeum import cards

        roles = cards.table(("column", "role"), self.columns.items())
        notes = "".join(f"<li>{cards.note(note)}</li>" for note in self.notes)
        return f"<h4>{cards.text(self.name)}</h4>{self.dataset._repr_html_()}{roles}<ul>{notes}</ul>"


def part(data: Dataset, where: npt.NDArray[Any], **changed: Any) -> Dataset:
    """The rows at the rising positions `where`, with a key of their own; a large part is memory-mapped, not copied.

    Args:
        data: where the rows come from.
        where: (part rows,) positions, rising.
        changed: arrays over all rows of `data` that replace its own, such as group.
    """
    at = np.asarray(where, np.int64)
    arrays: dict[str, Any] = {name: changed.get(name, getattr(data, name))[at] for name in ARRAYS}
    soft = None if data.soft is None else data.soft[at]
    truth = None if data.truth is None else data.truth.take(at)
    return keyed(replace(data, rows=take(data.rows, at), soft=soft, truth=truth, **arrays))


def joined(datasets: tuple[Dataset, ...]) -> Dataset:
    """Datasets of one task, one after the other."""
    arrays: dict[str, Any] = {name: np.concatenate([getattr(data, name) for data in datasets]) for name in ARRAYS}
    softs = [data.soft for data in datasets if data.soft is not None]
    soft = np.concatenate(softs) if len(softs) == len(datasets) else None
    truths = [chunk for data in datasets if data.truth is not None for chunk in data.truth.chunks]
    truth = None if datasets[0].truth is None else pa.chunked_array(truths, datasets[0].truth.type)
    rows = pa.concat_tables([data.rows for data in datasets])
    return keyed(replace(datasets[0], rows=rows, soft=soft, truth=truth, **arrays))


def keyed(data: Dataset) -> Dataset:
    """`data` under the key of its content."""
    return replace(data, key=content_key(data))


def content_key(data: Dataset) -> str:
    """32 hexadecimal digits: equal for equal task, rows, targets, weights and groups, however they are chunked."""
    hasher = hashlib.blake2b(digest_size=16)
    hasher.update(values.canonical(data.task.to_json()).encode())
    for array in (data.ids, data.target, data.weight, data.origin, data.parent):
        hasher.update(np.ascontiguousarray(array).data)
    hasher.update(first_seen(data.group).data)  # which rows stand together, not what the group is called
    if data.soft is not None:
        hasher.update(np.ascontiguousarray(data.soft).data)
    for name in data.rows.column_names:
        hasher.update(_column_digest(data.rows.column(name)))
    if data.truth is not None:
        hasher.update(_column_digest(data.truth))
    return hasher.hexdigest()


def first_seen(groups: Ints) -> Ints:
    """Groups numbered from 0 in the order in which they appear.

    Example:
        >>> first_seen(np.array([7, 3, 7, 9])).tolist()
        [0, 1, 0, 2]
    """
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.ascontiguousarray(rank[inverse])


def _column_digest(column: Column) -> bytes:
    """Equal for equal values, however they are chunked."""
    lengths, content = hashlib.blake2b(digest_size=16), hashlib.blake2b(digest_size=16)
    kind = column.type
    if column.null_count and not pa.types.is_floating(kind):
        for chunk in column.chunks:  # one byte a row: bits would depend on where chunks begin
            lengths.update(np.asarray(chunk.is_null().to_numpy(zero_copy_only=False), np.uint8).data)
    if pa.types.is_list(kind):
        for chunk in column.chunks:
            sizes = pc.fill_null(pc.list_value_length(chunk), 0)
            lengths.update(np.ascontiguousarray(sizes.to_numpy(zero_copy_only=False), np.int64).data)
        content.update(_column_digest(pa.chunked_array([chunk.flatten() for chunk in column.chunks], kind.value_type)))
    elif pa.types.is_struct(kind):
        for at in range(kind.num_fields):
            inner = [pc.struct_field(chunk, at) for chunk in column.chunks]
            content.update(_column_digest(pa.chunked_array(inner, kind.field(at).type)))
    elif pa.types.is_floating(kind) or pa.types.is_integer(kind):
        for chunk in column.chunks:
            numbers = chunk.cast(pa.float64()).to_numpy(zero_copy_only=False)  # a missing one is NaN
            content.update(np.ascontiguousarray(np.where(np.isnan(numbers), np.nan, numbers)).data)
    else:
        _digest_strings(column, lengths, content)
    return lengths.digest() + content.digest()


def _digest_strings(column: Column, lengths: Any, content: Any) -> None:
    """Feed the lengths and the bytes of strings, or of binary cells, to two hashes."""
    wide_kind = pa.large_binary() if pa.types.is_binary(column.type) else pa.large_string()
    for chunk in column.chunks:
        if not len(chunk):
            continue
        wide = chunk.cast(wide_kind)
        wide = pc.fill_null(wide, b"" if pa.types.is_binary(column.type) else "") if wide.null_count else wide
        _, ends, data = wide.buffers()
        offsets = np.frombuffer(ends, np.int64)[wide.offset : wide.offset + len(wide) + 1]
        lengths.update(np.ascontiguousarray(np.diff(offsets)).data)
        if data is not None:
            content.update(memoryview(data)[offsets[0] : offsets[-1]])
