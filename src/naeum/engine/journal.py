"""How does a long job of answers go on after a kill, as if nothing had happened?

Answers are appended to a file, chunk after chunk; every few seconds a mark says how many rows it holds for sure and
what answers are remembered. After a kill the file is cut at the mark and the job goes on there: no row is lost or
doubled, and as the memory is that of the mark, too, the answers are the very ones that an uninterrupted job gives.
"""

from __future__ import annotations

import json
import os
import shutil
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.store.files import flush, replacing
from naeum.values import canonical, digest

if TYPE_CHECKING:
    import pyarrow as pa

SECONDS = 20.0  # between two marks: what a kill may cost
ANSWERS, MARK, WORK = "answers", "mark.npz", "work.json"
SIZE = struct.Struct("<Q")  # bytes of the chunk that follows

Memory = Mapping[str, npt.NDArray[Any]]


@dataclass(eq=False)
class Journal:
    """The answers of one job so far.

    Args:
        folder: beside the file that is to be written; it is gone when the job is done.
        schema: of the answers.
        work: all that decides the answers. A journal of other work is thrown away.
        rows: that are answered for sure.
        memory: what was remembered at the mark.
        notes: what was decided when the job began, such as the engine; kept.
    """

    folder: Path
    schema: pa.Schema
    work: Any
    rows: int = 0
    memory: dict[str, npt.NDArray[Any]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    _bytes: int = 0
    _marked: float = field(default_factory=monotonic)

    @classmethod
    def opened(cls, folder: Path, schema: pa.Schema, work: Any) -> Journal:
        """The journal in a folder, at its mark; a new one where there is none of this work."""
        mark = digest(canonical(work))
        journal = cls(folder, schema, work)
        try:
            told = json.loads((folder / WORK).read_text(encoding="utf-8"))
            if told["mark"] != mark:
                raise ValueError
            journal.notes = told["notes"]
            journal._read_mark()
        except (OSError, ValueError, KeyError):
            journal._begin(mark)
        return journal

    def note(self, notes: Mapping[str, Any]) -> None:
        """Keep what was decided when the job began."""
        self.notes = dict(notes)
        self._write_work(digest(canonical(self.work)))

    def append(self, columns: Mapping[str, Any], memory: Any) -> None:
        """Add the answers of the next chunk; every SECONDS a mark is set, with the arrays that `memory()` gives."""
        import pyarrow as pa

        arrays = [pa.array(columns[one.name], one.type) for one in self.schema]
        batch = pa.record_batch(arrays, schema=self.schema)
        written = batch.serialize().to_pybytes()
        with (self.folder / ANSWERS).open("ab") as file:
            file.write(SIZE.pack(len(written)))
            file.write(written)
        self._bytes += SIZE.size + len(written)
        self.rows += batch.num_rows
        if monotonic() - self._marked >= SECONDS:
            self.mark(memory())

    def mark(self, memory: Memory) -> None:
        """From here on a killed job goes on here."""
        flush(self.folder / ANSWERS)
        with replacing(self.folder / MARK) as part:
            arrays: dict[str, Any] = {"at": np.array([self.rows, self._bytes], np.int64), **memory}
            np.savez(part, **arrays)
        self._marked = monotonic()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The answers of every chunk, in their order."""
        import pyarrow as pa

        with (self.folder / ANSWERS).open("rb") as file:
            while head := file.read(SIZE.size):
                yield pa.ipc.read_record_batch(pa.py_buffer(file.read(SIZE.unpack(head)[0])), self.schema)

    def end(self) -> None:
        """The job is done: nothing of the journal stays."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _read_mark(self) -> None:
        with np.load(self.folder / MARK, allow_pickle=False) as stored:
            self.memory = {name: stored[name] for name in stored.files if name != "at"}
            self.rows, self._bytes = (int(one) for one in stored["at"])
        path = self.folder / ANSWERS
        if path.stat().st_size < self._bytes:
            raise ValueError
        os.truncate(path, self._bytes)

    def _begin(self, mark: str) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / MARK).unlink(missing_ok=True)
        (self.folder / ANSWERS).write_bytes(b"")
        self.rows, self._bytes, self.memory, self.notes = 0, 0, {}, {}
        self._write_work(mark)

    def _write_work(self, mark: str) -> None:
        with replacing(self.folder / WORK) as part:
            part.write_text(json.dumps({"mark": mark, "notes": self.notes}), encoding="utf-8")


def place(out: Path) -> Path:
    """Where the journal of the job that writes `out` lies.

    Example:
        >>> place(Path("answers.csv")).name
        '.answers.csv.job'
    """
    return out.absolute().parent / f".{out.name}.job"
