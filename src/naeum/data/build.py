"""How does a table with named roles become data: rows, ids, targets, weights, groups, and what there is to say?"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naeum import plugged
from naeum.contract import REAL, Dataset, Floats, Ids, InputKind, Ints, Task
from naeum.data import also, questions, times
from naeum.data.delimited import BROKEN_SHARE, Broken
from naeum.data.formats import refuse_doubled
from naeum.data.ids import hash_strings, row_ids
from naeum.data.inputs import clean_inputs, hash_input, units, unread
from naeum.data.near import merged
from naeum.data.parts import Data, keyed
from naeum.data.proposal import propose, remark
from naeum.data.roles import infer
from naeum.data.rows import NUL, clean_columns, string_column, string_columns
from naeum.data.schema import ROLES, Columns, no_such_column
from naeum.data.sniff import sniff
from naeum.data.streams import open_bytes
from naeum.data.target import UNLABELLED, canonical, distinct, positive_class, recode
from naeum.data.truth import Goal, goal, holds_lists
from naeum.data.units import of_task, written
from naeum.errors import InputError

SAMPLE_ROWS = 10_000  # rows, spread over the file, from which the roles of columns are inferred: about 0.1 s


def build(
    table: pa.Table, broken: list[Broken], written: Mapping[str, str], where: str, options: Mapping[str, Any]
) -> Data:
    """Data of a table.

    Args:
        table: every column as it was read.
        broken: rows that were skipped.
        written: path -> how it was written, in words; empty for data in memory.
        where: the source, for messages.
        options: what the user said, see `naeum.data.read.Options`.

    Raises:
        InputError: a column does not hold what must hold.
    """
    if not table.num_rows or not table.num_columns:
        raise InputError(f"data must hold rows; {where} has none; check what was passed")
    refuse_doubled(table.column_names)
    table, further = also.set_apart(table, options, where)
    table, options, told = questions.recognised(table, options, where)
    columns, notes = _roles(table, options, where)
    notes += told
    notes = [f"{Path(path).name}: {words}" for path, words in list(written.items())[:3]] + notes
    rows = _inputs(table, columns, options.get("task"))
    task, found = _task(table, columns, (rows, where), options, notes)
    group = _together(table, columns.group, task)
    time = None if columns.time is None else times.seconds(string_column(table, columns.time), columns.time, where)
    weight = _weights(table, columns.weight, where)
    ids = _ids(table, columns, rows, where, _numbers_of(weight, time, found))
    data = Dataset(
        task, rows, ids, found.codes, weight, "", ids.view(np.int64) if group is None else group,
        np.full(len(ids), REAL, np.uint8), ids, truth=found.truth,
    )  # fmt: skip
    notes += _remarks(table, data, columns, broken)
    notes += _undecoded(written, rows, options.get("encoding"))
    if further.num_columns:
        notes.append(f"learned beside the target, never an input: {', '.join(further.column_names)} (--also)")
    name = options.get("name") or (Path(next(iter(written))).name.split(".")[0] if written else "data")
    return Data(
        keyed(data),
        name,
        columns={name: columns.role(name) for name in table.column_names}
        | dict.fromkeys(further.column_names, also.ROLE),
        others=_others(table, further, columns),
        notes=tuple(notes),
        broken=tuple(broken),
        time=time,
        folds=_codes(table, columns.folds),
        grouped=group is not None,
        source=written,
        named=None if columns.id is None else string_column(table, columns.id),
    )


def _others(table: pa.Table, further: pa.Table, columns: Columns) -> pa.Table:
    """The columns that are no input and have no role of their own, further answers among them."""
    whole = also.with_columns(table, further)
    return string_columns(whole, [name for name in whole.column_names if columns.role(name) == "other"])


def _inputs(table: pa.Table, columns: Columns, known: Task | None) -> pa.Table:
    """The inputs; numbers of a given part in the units of the training data."""
    if not columns.typed:
        return clean_columns(table, columns.text)
    return clean_inputs(table, columns.kinds, None if known is None else of_task(known.units))


def _roles(table: pa.Table, options: Mapping[str, Any], where: str) -> tuple[Columns, list[str]]:
    asked = {role: options.get(role) for role in (*ROLES, "columns")}
    if options.get("task") is not None:
        return _known_roles(table, options["task"], asked, where)
    if options.get("part") is not None:  # what else the training file has need not be here
        asked = {role: name for role, name in asked.items() if role == "text" or name in table.column_names}
        if options["part"] == "test" and "target" not in asked:
            text = asked.get("text") or table.column_names[0]
            asked["target"] = None
            native = _native(table)
            columns, _ = infer(_sample(table, native), {**asked, "text": text}, where, False, native)
            return columns, [f"{where} has no target column: its rows are rows to predict"]
        asked["target"] = options.get("target")
    native = _native(table)
    return infer(_sample(table, native), asked, where, native=native)


def _known_roles(table: pa.Table, task: Task, asked: Mapping[str, Any], where: str) -> tuple[Columns, list[str]]:
    """The roles of a given part: its inputs and target are those of the task."""
    there = table.column_names
    single = {role: name for role, name in asked.items() if role in ROLES[2:] and name in there}
    texts = tuple(name for name, kind in task.columns.items() if kind == "text") if not task.kinds else ()
    columns = Columns(texts, task.target if task.target in there else None, **single, typed=_typed_of(task))
    for name in task.inputs:
        if name not in there:
            raise no_such_column("text" if task.columns[name] == "text" else "input", name, there, where)
    if columns.target is None:
        return columns, [f"{where} has no target column: its rows are rows to predict"]
    return columns, []


def _typed_of(task: Task) -> tuple[tuple[str, InputKind], ...]:
    return tuple(task.columns.items()) if task.kinds else ()


def _native(table: pa.Table) -> dict[str, InputKind]:
    """Kinds that the types of the columns settle."""
    found: dict[str, InputKind] = {}
    for name, kind in zip(table.column_names, table.schema.types, strict=True):
        if pa.types.is_dictionary(kind):
            kind = kind.value_type
        bytes_inside = pa.types.is_struct(kind) and kind.get_field_index("bytes") >= 0
        if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or bytes_inside:
            found[name] = "image"
        elif pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            found[name] = "date"
        elif pa.types.is_boolean(kind):
            found[name] = "category"
        elif pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            found[name] = "number"
        elif holds_lists(table.column(name)):
            found[name] = "words"
    return found


def _sample(table: pa.Table, native: Mapping[str, InputKind]) -> dict[str, list[str | None]]:
    """Values of rows spread over the table: files are often sorted by class. None of images."""
    step = max(1, table.num_rows // SAMPLE_ROWS)
    picked = table.take(np.arange(0, table.num_rows, step)) if step > 1 else table
    return {
        name: [] if native.get(name) == "image" else string_column(picked, name).to_pylist()
        for name in picked.column_names
    }


def _task(
    table: pa.Table, columns: Columns, source: tuple[pa.Table, str], options: Mapping[str, Any], notes: list[str]
) -> tuple[Task, Goal]:
    (rows, where), part, target, known = source, options.get("part"), columns.target, options.get("task")
    inputs, kinds = tuple(columns.kinds), tuple(columns.kinds.values()) if columns.typed else ()
    if columns.typed:
        notes += unread(table, rows, columns.kinds)
    if target is None:
        nothing = Goal("label", (), np.full(table.num_rows, UNLABELLED, np.int64))
        return known or Task(inputs, options.get("target") or "label", kinds=kinds), nothing
    asked = known.output if known is not None else options.get("output")
    beside = next((rows.column(name) for name, kind in columns.typed if kind == "words"), None)
    beside = rows.column(inputs[-1]) if asked == "span" and inputs else beside
    found = goal(table, target, where, asked, beside, whole=part is None, ordered=options.get("ordered"))
    notes += found.notes if part is None else ()
    positive = None
    if found.output == "label" and part is None:
        positive = positive_class(found.classes, options.get("positive"))
        if positive is not None and options.get("positive") is None:
            notes.append(f"positive class = {positive} (--positive CLASS says otherwise)")
    metric = known.metric if known is not None else _metric(found, options.get("metric"), part is None, notes)
    found_units = known.units if known is not None else written(units(table, columns.kinds)) if kinds else ()
    rule = known.decide if known is not None else plugged.pinned(options.get("decide") or "", "decision rule")
    return Task(
        inputs, target, found.classes, metric, found.output, positive, kinds, found.ordered, rule, found_units
    ), found


def _metric(found: Goal, asked: str | None, whole: bool, notes: list[str]) -> str:
    """What is improved, said with its reason; where the user named a metric, what speaks against it."""
    proposal, asked = propose(found), None if asked is None else plugged.pinned(asked)
    if whole and (said := remark(found, asked, proposal)):
        notes.append(said)
    return asked or proposal.metric


def _codes(table: pa.Table, name: str | None) -> Ints | None:
    """Values of a column numbered by their order; a missing value is a value of its own for each row."""
    if name is None:
        return None
    found, codes = distinct(string_column(table, name))
    words = canonical(found)
    order = {word: at for at, word in enumerate(sorted(set(words)))}
    numbers = recode(words, codes, order)
    missing = np.flatnonzero(numbers < 0)
    numbers[missing] = len(order) + np.arange(len(missing))
    return numbers


def _together(table: pa.Table, name: str | None, task: Task) -> Ints | None:
    """Rows that must not be parted: of one named group, and questions to one passage."""
    named = _codes(table, name)
    if task.output != "span":
        return named
    passage = _codes(table, task.inputs[-1])
    ties = tuple(one for one in (named, passage) if one is not None)
    return ties[0] if len(ties) == 1 else merged(table.num_rows, ties)


def _weights(table: pa.Table, name: str | None, where: str) -> Floats:
    if name is None:
        return np.ones(table.num_rows, np.float32)
    column = string_column(table, name)
    weights = times.numbers(column).astype(np.float32)
    bad = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if len(bad):
        raise InputError(
            f"weights must be numbers of 0 or more; column {name!r} of {where} has {column[int(bad[0])].as_py()!r} "
            f"in row "
            f"{bad[0] + 1} and {len(bad) - 1} more such rows; mend them or leave --weight out"
        )
    return weights


def _ids(table: pa.Table, columns: Columns, rows: pa.Table, where: str, numbers: list[Any]) -> Ids:
    """By the given id, else by the content of all columns with a role and how often it stood before."""
    if columns.id is not None:
        given = string_column(table, columns.id)
        repeated = len(given) - int(pc.count_distinct(given, mode="only_valid").as_py())
        if repeated:
            raise InputError(
                f"ids must be there and differ from row to row; column {columns.id!r} of {where} repeats or lacks "
                f"{repeated} of {len(given)}; mend them or leave --id out"
            )
        return row_ids([hash_strings(given)])
    parts = [hash_input(rows.column(name)) for name in rows.column_names]
    for name in (columns.target, columns.group, columns.folds):
        if name is None:
            continue
        found, codes = distinct(string_column(table, name))
        hashes = hash_strings(pa.chunked_array([[*canonical(found), None]], pa.string()))
        parts.append(hashes[codes])  # -1, a missing value, is the last one
    parts += [np.asarray(array, np.float64).view(np.uint64) for array in numbers]
    return row_ids(parts)


def _numbers_of(weight: Floats, time: Any, found: Goal) -> list[Any]:
    """The columns of numbers that name a row beside its inputs."""
    numbers = [weight] if time is None else [weight, time]
    if found.output == "number" and found.truth is not None:
        numbers.append(found.truth.to_numpy())
    return numbers


def _remarks(table: pa.Table, data: Dataset, columns: Columns, broken: list[Broken]) -> list[str]:
    notes = []
    if broken:
        listed = ", ".join(f"line {line} ({reason})" for line, reason in broken[:3])
        notes.append(
            f"warning: broken rows that were skipped: {len(broken)}: {listed}{', …' if len(broken) > 3 else ''}"
        )
    texts = [name for name, kind in columns.kinds.items() if kind == "text"]
    nul = sum(_count(pc.match_substring(string_column(table, name), NUL)) for name in texts)
    if nul:
        notes.append(f"texts that held NUL bytes, which were taken out: {nul}")
    empty = sum(_count(pc.equal(data.rows.column(name), pa.scalar(""))) for name in texts)
    if empty:
        notes.append(f"empty texts: {empty}")
    if columns.target is None:
        return notes
    missing = int((data.target < 0).sum())
    if missing:
        notes.append(f"rows without a target, used as unlabelled: {missing}")
    if data.task.output != "label":
        return notes
    counts = np.bincount(data.target[data.target >= 0], minlength=len(data.task.classes))
    lonely = [data.task.classes[at] for at in np.flatnonzero(counts == 1)]
    if lonely:
        listed = ", ".join(lonely[:5]) + (", …" if len(lonely) > 5 else "")
        notes.append(
            f"warning: classes with one row only, which cannot be both learned and tested: {len(lonely)} ({listed})"
        )
    return notes


def _count(mask: Any) -> int:
    return int(pc.sum(mask).as_py() or 0)


def _undecoded(written: Mapping[str, str], rows: pa.Table, encoding: str | None) -> list[str]:
    """Say where bytes were not of the encoding; refuse where that is more than a slip."""
    words = [column for column in rows.columns if pa.types.is_string(column.type)] if written else []
    odd = sum(_count(pc.match_substring(column, "\ufffd")) for column in words)
    if not odd or all(_decodes(Path(path), encoding) for path in written):
        return []
    if odd > max(1, BROKEN_SHARE * rows.num_rows):
        raise InputError(
            f"a text file must be written in one encoding; {odd} of {rows.num_rows} texts of {next(iter(written))} "
            f"hold "
            f"bytes that are not {encoding or 'of it'}; save it as UTF-8 or name its encoding with encoding="
        )
    return [f"warning: texts with bytes that could not be decoded, replaced by \ufffd: {odd}"]


def _decodes(path: Path, encoding: str | None) -> bool:
    dialect = sniff(path)
    decoder = codecs.getincrementaldecoder(encoding or dialect.encoding)()
    try:
        with open_bytes(path, dialect.compression) as stream:
            while block := stream.read(1 << 20):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
