"""How does whatever the user has become data with a task?"""

from __future__ import annotations

import codecs
import difflib
import glob
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypedDict, Unpack

import pyarrow as pa

from naeum.contract import Task
from naeum.data import formats, squad, tagged
from naeum.data.build import build
from naeum.data.delimited import Broken, read_delimited
from naeum.data.parts import Data
from naeum.data.sniff import Dialect, sniff
from naeum.errors import InputError

READERS = {
    "delimited": read_delimited,
    "jsonl": formats.read_jsonl,
    "json": formats.read_json,
    "parquet": formats.read_parquet,
    "arrow": formats.read_arrow,
    "xlsx": formats.read_xlsx,
    "conll": tagged.read_conll,
    "tokens": tagged.read_tokens,
    "squad": squad.read_squad,
}


class Options(TypedDict, total=False):
    """What a user may say about data. All are optional."""

    target: str | None  # column
    text: str | Sequence[str] | None  # column or columns, also as "a,b"
    columns: str | Sequence[str] | None  # further columns to learn from beside the text: names, or "all"
    also: str | Sequence[str] | None  # columns of further answers, which are no input
    output: str | None  # label, labels, number, tags or span
    task: Task | None  # of the training data, for a given part: its inputs and target are read as there
    weight: str | None  # column
    group: str | None  # column
    time: str | None  # column
    id: str | None  # column
    folds: str | None  # column
    positive: str | None  # class
    ordered: str | None  # the order of the classes: "low<medium<high", yes or no
    metric: str | None
    decide: str | None  # a rule of the user's own that says which answer scores give: file.py:function
    name: str | None
    part: str | None  # "valid" or "test": a given part, which may have one class only; a test file also no target
    delimiter: str | None  # the rest: how a text file is written, where sniffing errs
    quoting: bool | None
    header: bool | None
    encoding: str | None
    units: str | None  # of texts with marked entities: words or characters


def read(source: Any, **options: Unpack[Options]) -> Data:
    """Read a file, several files, a pattern, a DataFrame, an Arrow table, a Hugging Face Dataset or a list of dicts.

    Rows are streamed; a table of more than 128 MiB is memory-mapped from an unnamed temporary file.

    Raises:
        InputError: the source is not there, cannot be read, or has no usable text or target.

    Example:
        >>> data = read([{"text": "켜 줘", "label": "on"}, {"text": "꺼 줘", "label": "off"}])
        >>> data.dataset.task.classes, data.dataset.target.tolist()
        (('off', 'on'), [1, 0])
    """
    for key in options:
        if key not in Options.__annotations__:
            near = difflib.get_close_matches(key, Options.__annotations__, n=1)
            raise InputError(
                f"options must be among {', '.join(Options.__annotations__)}; got {key!r}; "
                + (f"did you mean {near[0]!r}?" if near else "leave it out")
            )
    if isinstance(source, (str, Path)) and (pictured := _pictured(source, options)) is not None:
        return pictured
    paths = paths_of(source)
    if paths is None:
        return build(formats.table_in_memory(source), [], {}, "the data", options)
    tables, broken, written = [], [], {}
    for path in paths:
        table, skipped, dialect = read_table(path, options)
        tables.append(table)
        broken += [(line, reason if len(paths) == 1 else f"{path.name}: {reason}") for line, reason in skipped]
        written[str(path)] = in_words(dialect)
    _same_columns(paths, tables)
    table = tables[0] if len(tables) == 1 else pa.concat_tables(tables, promote_options="permissive")
    return build(table, broken, written, str(paths[0]) if len(paths) == 1 else f"{len(paths)} files", options)


def _pictured(source: str | Path, options: Options) -> Data | None:
    """Data of a folder or zip of images, or of a table with a column of their paths; none where it is neither."""
    from naeum.data.images import albums, learning  # which read tables of paths through this file

    part = options.get("part")
    found = albums.album(source, tested=part == "test")
    if found is None:
        return None
    table, notes = learning.rows_to_learn(found, part)
    given: dict[str, Any] = {**options, "name": options.get("name") or found.name}
    if found.table is None:  # a folder or a zip has these two columns and no other
        given["text"] = options.get("text") or learning.IMAGE
        if learning.LABEL in table.column_names:
            given["target"] = options.get("target") or learning.LABEL
    data = build(table, [], {}, str(source), given)
    return replace(data, notes=(*notes, *data.notes))


def paths_of(source: Any) -> list[Path] | None:
    """The files that `source` names; None where it is data in memory.

    Raises:
        InputError: there is no such file, or it is a folder.
    """
    if isinstance(source, (str, Path)):
        path = Path(source).expanduser()
        if path.is_dir():
            raise InputError(f"data must be a file; {path} is a folder; pass its files, as in '{path}/*.csv'")
        if path.exists():
            return [path]
        found = sorted(glob.glob(str(path), recursive=True))
        if not found:
            raise _no_such_file(path)
        return [Path(name) for name in found if Path(name).is_file()]
    if isinstance(source, (list, tuple)) and source and all(isinstance(item, (str, Path)) for item in source):
        return [path for item in source for path in paths_of(item) or []]
    return None


def read_table(path: Path, options: Options) -> tuple[pa.Table, list[Broken], Dialect]:
    """One file as a table with all its columns, the rows that were skipped, and how it was written."""
    try:
        dialect = sniff(path)
    except PermissionError as error:
        raise InputError(
            f"a data file must be readable; {path} may not be read by this user; change its permissions or copy it"
        ) from error
    said = {key: options.get(key) for key in ("delimiter", "quoting", "header", "encoding", "units")}
    given: dict[str, Any] = {key: value for key, value in said.items() if value is not None}
    if "encoding" in given:
        try:
            codecs.lookup(given["encoding"])
        except LookupError as error:
            raise InputError(
                f"encoding must be one that Python knows, as utf-8, cp949 or latin-1; got {given['encoding']!r}; "
                f"name one of these"
            ) from error
    dialect = replace(dialect, **given)
    table, broken = READERS[dialect.format](path, dialect)
    if not table.num_rows:
        raise InputError(f"a data file must hold rows; {path} has a header and nothing below it; add rows")
    return table, broken, replace(dialect, said=tagged.said(table))


def in_words(dialect: Dialect) -> str:
    """How a file was written, for the notes."""
    packed = f", {dialect.compression}" if dialect.compression else ""
    if dialect.format != "delimited":
        return f"{dialect.format}{packed}" + (f"; {dialect.said}" if dialect.said else "")
    marks = {"\t": "tabs", ",": "commas", ";": "semicolons", "|": "bars", "\x1f": "one column"}
    quotes = "quoted fields" if dialect.quoting else "literal quotes"
    header = "a header" if dialect.header else "no header (columns are column0, column1, …)"
    return f"{marks.get(dialect.delimiter, repr(dialect.delimiter))}, {quotes}, {header}, {dialect.encoding}{packed}"


def _same_columns(paths: Sequence[Path], tables: Sequence[pa.Table]) -> None:
    for path, table in zip(paths, tables, strict=True):
        if set(table.column_names) != set(tables[0].column_names):
            differ = sorted(set(table.column_names) ^ set(tables[0].column_names))
            raise InputError(
                f"files read together must have the same columns; {path} and {paths[0]} differ in "
                f"{', '.join(differ[:5])}; "
                f"read them apart or rename the columns"
            )


def _no_such_file(path: Path) -> InputError:
    folder = path.parent if path.parent.is_dir() else None
    near = difflib.get_close_matches(path.name, [item.name for item in folder.iterdir()] if folder else [], n=1)
    advice = f"did you mean {folder / near[0]}?" if folder and near else "check the path"
    return InputError(f"data must be a file that is there; there is no {path}; {advice}")
