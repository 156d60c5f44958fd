"""Which versions of data were there, what made each, and how does one come back?

A store is a folder: a log of versions, and pieces of tables that are stored once however many versions have them. A
small pointer file beside the data names the version by its content; commit that to Git, or beside DVC.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from naeum import values
from naeum.data.formats import refuse_doubled, table_in_memory
from naeum.data.read import Options, paths_of, read_table
from naeum.data.spool import refuse_full_disk, spool
from naeum.data.versions.chunks import cell_hashes, cuts, fetched, piece_key, row_hashes, store
from naeum.errors import InputError, StoreError
from naeum.store.files import write_atomic
from naeum.store.ledger import Ledger
from naeum.store.locks import lock

FOLDER = ".naeum/data"  # where a store is looked for if none is named
LOG = "log.jsonl"
POINTER = ".naeum.json"  # what the name of a pointer file ends in
SHORTEST = 6  # digits of a content hash that name a version


@dataclass(frozen=True)
class Version:
    """One snapshot.

    Args:
        name: v1, v2, … in the order of the store.
        key: the hash of the content: columns with their types, and rows in their order.
        data: the name of the data set.
        parent: the version it came from; '' for the first.
        time: when it was saved, UTC.
        steps: what made it of its parent, as JSON.
        columns: name -> type.
        pieces: (key, rows) of its pieces in order.
        written: bytes that were new to the store.
    """

    name: str
    key: str
    data: str
    parent: str
    time: str
    note: str
    rows: int
    columns: Mapping[str, str]
    pieces: tuple[tuple[str, int], ...] = field(repr=False)
    steps: Any = None
    written: int = 0


class Versions:
    """The versions in a store.

    Example:
        >>> import tempfile
        >>> versions = Versions(tempfile.mkdtemp())
        >>> first = versions.save(pa.table({"a": ["가", "나"]}), name="t", note="as it came")
        >>> second = versions.save(pa.table({"a": ["가", "다"]}), name="t")
        >>> [one.name for one in versions.log()], second.parent, versions.table("v1")["a"].to_pylist()
        (['v1', 'v2'], 'v1', ['가', '나'])
    """

    def __init__(self, folder: str | Path = FOLDER) -> None:
        self.folder = Path(folder)

    def log(self, name: str | None = None) -> tuple[Version, ...]:
        """Every version, of one data set or of all, the oldest first."""
        found = tuple(_version(event) for event in Ledger(self.folder / LOG) if event["event"] == "version")
        return tuple(one for one in found if name is None or one.data == name)

    def find(self, what: str | Path | None = None) -> Version:
        """A version by its name, the beginning of its content hash, or its pointer file; the newest if none is named.

        Raises:
            InputError: there is none.
        """
        versions = self.log()
        if not versions:
            raise InputError(f"a store must hold versions; {self.folder} has none; save some with naeum data save FILE")
        if what is None:
            return versions[-1]
        text = str(what)
        if text.endswith(POINTER):
            text = read_pointer(Path(text))["key"]
        long = len(text) >= SHORTEST
        found = [one for one in versions if one.name == text or (long and one.key.startswith(text))]
        if not found:
            known = ", ".join(one.name for one in versions[-8:])
            raise InputError(f"a version must be one of the store {self.folder}: {known}; got {text!r}; correct it")
        return found[-1]

    def save(
        self,
        source: Any,
        *,
        name: str | None = None,
        note: str = "",
        steps: Any = None,
        parent: str | None = None,
        **how: Any,
    ) -> Version:
        """Keep data as the next version; the newest one of the same data set is given back where nothing changed.

        Args:
            source: a file, a DataFrame, an Arrow table or a list of dicts. Cells of text files stay text.
            name: of the data set; the name of the file if it is not given.
            note: why, in a sentence.
            steps: what made it of its parent, JSON-able (see data.clean.Recipe).
            parent: the version it came from; the newest of the same data set if it is not given.
            how: a text file is written, where sniffing errs.

        Raises:
            InputError: the data cannot be read, or the disk is full.
            RunInUse: another process saves.
        """
        table, found = _table(source, how)
        name = name or found
        with lock(self.folder):
            before = self.log(name)
            came_from = self.find(parent).name if parent else before[-1].name if before else ""
            pieces, written = self._keep(table)
            key = values.digest(values.canonical([_types(table), [key for key, _ in pieces]]))
            if before and before[-1].key == key:
                return before[-1]
            event = {
                "event": "version", "name": f"v{len(self.log()) + 1}", "key": key, "data": name,
                "parent": came_from, "note": note, "rows": table.num_rows, "columns": _types(table),
                "pieces": pieces, "steps": steps, "written": written,
                "time": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            }  # fmt: skip
            Ledger(self.folder / LOG).append(event)
            return _version(event)

    def table(self, what: str | Path | Version | None = None) -> pa.Table:
        """The rows of a version; large ones are memory-mapped.

        Raises:
            StoreError: a piece is missing or was changed.
        """
        version = what if isinstance(what, Version) else self.find(what)

        def batches() -> Iterator[pa.RecordBatch]:
            for key, _ in version.pieces:
                yield from fetched(self.folder, key)

        stream = batches()
        first = next(stream, None)
        if first is None:
            raise StoreError(f"a version must hold rows; {version.name} has none; save the data again")

        def all_batches() -> Iterator[pa.RecordBatch]:
            yield first
            yield from stream

        return spool(first.schema, all_batches())

    def point(self, version: Version, path: Path) -> Path:
        """Write the pointer file of a version beside `path`; small, the same for the same content."""
        place = path.with_name(path.name + POINTER)
        document = {
            "naeum": "data version", "key": version.key, "version": version.name, "data": version.data,
            "rows": version.rows, "columns": dict(version.columns),
        }  # fmt: skip
        write_atomic(place, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
        return place

    def _keep(self, table: pa.Table) -> tuple[list[tuple[str, int]], int]:
        """(key, rows) of each piece, and the bytes that were new."""
        cells = cell_hashes(table)
        pieces, written = [], 0
        try:
            for start, end in cuts(row_hashes(cells)):
                key = piece_key(table.schema, cells[start:end])
                written += store(self.folder, key, table.slice(start, end - start))
                pieces.append((key, end - start))
        except OSError as error:
            refuse_full_disk(error, self.folder)
            raise
        return pieces, written


def read_pointer(path: Path) -> dict[str, Any]:
    """What a pointer file says.

    Raises:
        InputError: it is none.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(found, dict) and isinstance(found.get("key"), str):
            return found
    except (OSError, ValueError):
        pass
    raise InputError(f"a pointer must be the JSON that naeum data save writes; {path} is not; restore it from Git")


def _table(source: Any, how: Mapping[str, Any]) -> tuple[pa.Table, str]:
    paths: Sequence[Path] | None = paths_of(source)
    if paths is None:
        table = table_in_memory(source)
        refuse_doubled(table.column_names)
        if not table.num_rows:
            raise InputError("data must hold rows; got none; add rows")
        return table.replace_schema_metadata(None), "data"
    if len(paths) != 1:
        raise InputError(f"a version must be one file; got {len(paths)}; put them together first")
    table, broken, _ = read_table(paths[0], Options(**how))  # type: ignore[typeddict-item]
    if broken:
        line, reason = broken[0]
        raise InputError(
            f"a version must hold every line; {paths[0]} has {len(broken)} that cannot be read, first line {line} "
            f"({reason}); mend them"
        )
    return table.replace_schema_metadata(None), paths[0].name


def _types(table: pa.Table) -> dict[str, str]:
    return {column.name: str(column.type) for column in table.schema}


def _version(event: Mapping[str, Any]) -> Version:
    settings = {name: value for name, value in event.items() if name != "event"}
    return Version(**{**settings, "pieces": tuple((key, rows) for key, rows in event["pieces"])})
