"""How does a part of the data lie in the run folder? As an Arrow file of its rows beside its arrays."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from naeum.contract import Dataset, Task
from naeum.store.files import replacing, write_atomic

TRUTH = "\x1ftruth"  # no column of a user is called that
ARRAYS = ("ids", "target", "weight", "group", "origin", "parent")


def save(folder: Path, data: Dataset) -> None:
    """Keep a part; one with the same key that is there already stays."""
    note = folder / "part.json"
    if note.exists() and json.loads(note.read_text())["key"] == data.key:
        return
    import pyarrow as pa
    from safetensors.numpy import save_file

    rows = data.rows if data.truth is None else data.rows.append_column(TRUTH, data.truth)
    with replacing(folder / "rows.arrow") as file, pa.ipc.new_file(str(file), rows.schema) as writer:
        writer.write_table(rows)
    arrays: dict[str, Any] = {name: np.ascontiguousarray(getattr(data, name)) for name in ARRAYS}
    if data.soft is not None:
        arrays["soft"] = data.soft
    with replacing(folder / "arrays.safetensors") as file:
        save_file(arrays, file)
    write_atomic(note, json.dumps({"key": data.key, "rows": len(data)}))


def load(folder: Path, task: Task) -> Dataset:
    """The part that lies in a folder, its rows memory-mapped."""
    import pyarrow as pa
    from safetensors.numpy import load_file

    rows = pa.ipc.open_file(pa.memory_map(str(folder / "rows.arrow"))).read_all()
    key = json.loads((folder / "part.json").read_text())["key"]
    truth = rows.column(TRUTH) if TRUTH in rows.column_names else None
    rows = rows.select(list(task.inputs))
    return Dataset(task=task, rows=rows, key=key, truth=truth, **load_file(folder / "arrays.safetensors"))
