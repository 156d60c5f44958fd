"""How are data kept so that the same rows are read again after a kill, without being read into memory?

One Arrow IPC file, memory-mapped when it is opened, and one small manifest. Both are written beside their place and
moved there, the manifest last: what a manifest names is whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from naeum.contract import Dataset, Task
from naeum.data.parts import ARRAYS, Data, content_key
from naeum.data.spool import BATCH_ROWS, refuse_full_disk
from naeum.errors import StoreError
from naeum.store.files import replacing, write_atomic

ROWS, MANIFEST = "data.arrow", "data.json"
VERSION = 1


def snapshot(data: Data, folder: str | Path) -> Data:
    """Write `data` into `folder` and give it back memory-mapped from there.

    Raises:
        InputError: the disk is full.

    Example:
        >>> import tempfile
        >>> from naeum.data.read import read
        >>> data = read([{"text": "켜 줘", "label": "on"}, {"text": "꺼 줘", "label": "off"}])
        >>> kept = snapshot(data, tempfile.mkdtemp())
        >>> kept.key == data.key, kept.folder is not None
        (True, True)
    """
    folder = Path(folder)
    schema = pa.schema([(name, column.type) for name, column in _columns(data).items()])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (
            replacing(folder / ROWS) as path,
            pa.OSFile(str(path), "wb") as sink,
            pa.ipc.new_file(sink, schema) as writer,
        ):
            for batch in _batches(data, schema):
                writer.write_batch(batch)
        write_atomic(folder / MANIFEST, json.dumps(_manifest(data), ensure_ascii=False, indent=1))
    except OSError as error:
        refuse_full_disk(error, folder)
        raise
    return opened(folder)


def opened(folder: str | Path) -> Data:
    """The data that `snapshot` wrote into `folder`, memory-mapped.

    Raises:
        StoreError: there is no whole snapshot, it is of a newer version, or its rows are not those it names.
    """
    folder = Path(folder)
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest["version"] > VERSION:
            raise StoreError(f"the snapshot in {folder} must be of version {VERSION} or older; update naeum")
        table = pa.ipc.open_file(pa.memory_map(str(folder / ROWS), "r")).read_all()
    except (OSError, ValueError, KeyError, pa.ArrowException) as error:
        raise StoreError(
            f"a snapshot must be whole; the one in {folder} is missing or damaged ({str(error)[:80]}); read the data "
            f"again"
        ) from error
    data = _data(folder, manifest, table)
    if content_key(data.dataset) != manifest["key"]:
        raise StoreError(f"a snapshot must hold the rows it names; {folder / ROWS} was changed; read the data again")
    return data


def _columns(data: Data) -> dict[str, Any]:
    """Every column of the file: inputs as i0, i1, …, the others as o0, o1, …, and the arrays by name."""
    columns = {f"i{at}": column for at, column in enumerate(data.dataset.rows.columns)}
    columns |= {f"o{at}": column for at, column in enumerate(data.others.columns)}
    columns |= {name: pa.chunked_array([getattr(data.dataset, name)]) for name in ARRAYS}
    if data.dataset.truth is not None:
        columns["truth"] = data.dataset.truth
    if data.named is not None:
        columns["named"] = data.named
    for name in ("time", "folds"):
        if (array := getattr(data, name)) is not None:
            columns[name] = pa.chunked_array([array])
    return columns


def _batches(data: Data, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    columns = _columns(data)
    for start in range(0, len(data), BATCH_ROWS):
        pieces = [column.slice(start, BATCH_ROWS) for column in columns.values()]
        whole = [piece.chunk(0) if piece.num_chunks == 1 else pa.concat_arrays(piece.chunks) for piece in pieces]
        yield pa.record_batch(whole, schema=schema)


def _manifest(data: Data) -> dict[str, Any]:
    return {
        "version": VERSION,
        "key": data.key,
        "rows": len(data),
        "task": data.dataset.task.to_json(),
        "name": data.name,
        "columns": dict(data.columns),
        "others": data.others.column_names,
        "notes": list(data.notes),
        "broken": [list(item) for item in data.broken],
        "grouped": data.grouped,
        "source": dict(data.source),
    }  # fmt: skip


def _data(folder: Path, manifest: dict[str, Any], table: pa.Table) -> Data:
    task = Task.from_json(manifest["task"])
    rows = table.select([f"i{at}" for at in range(len(task.inputs))]).rename_columns(list(task.inputs))
    others = table.select([f"o{at}" for at in range(len(manifest["others"]))]).rename_columns(manifest["others"])
    arrays: dict[str, Any] = {name: np.asarray(table.column(name).to_numpy()) for name in ARRAYS}
    truth = table.column("truth") if "truth" in table.column_names else None
    named = table.column("named") if "named" in table.column_names else None
    there: dict[str, Any] = {"named": named} | {
        name: table.column(name).to_numpy() for name in ("time", "folds") if name in table.column_names
    }
    data = Data(
        Dataset(task, rows, key=manifest["key"], truth=truth, **arrays),
        manifest["name"],
        manifest["columns"],
        others,
        tuple(manifest["notes"]),
        tuple((line, reason) for line, reason in manifest["broken"]),
    )
    return replace(data, grouped=manifest["grouped"], folder=folder, source=manifest["source"], **there)
