"""What happened, in order? An append-only file that a kill cannot tear.

Each line is `checksum JSON`. A last line that a kill cut short is dropped when the ledger is opened; a bad line before
the end means that the file was damaged, and is refused.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from naeum.errors import StoreError


class Ledger:
    """Events of one run.

    Raises:
        StoreError: a line before the last one is damaged.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     ledger = Ledger(Path(folder) / "ledger.jsonl")
        ...     ledger.append({"event": "start"})
        ...     [event["event"] for event in Ledger(ledger.path)]
        ['start']
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._events: list[dict[str, Any]] = []
        self._sound = 0  # bytes up to the end of the last sound line
        if path.exists():
            self._read()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(tuple(self._events))

    def __len__(self) -> int:
        return len(self._events)

    def last(self, event: str) -> dict[str, Any]:
        """The newest event of a name; empty where there is none."""
        return next((one for one in reversed(self._events) if one["event"] == event), {})

    def append(self, event: Mapping[str, Any]) -> None:
        """Add one JSON-able event; it is on the disk when this returns."""
        text = json.dumps(event, ensure_ascii=False, sort_keys=True, allow_nan=False)
        line = f"{zlib.crc32(text.encode()):08x} {text}\n".encode()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("r+b" if self.path.exists() else "w+b") as file:
            file.seek(self._sound)
            file.truncate()  # what a kill left of a torn line
            file.write(line)
            file.flush()
            os.fsync(file.fileno())
        self._sound += len(line)
        self._events.append(json.loads(text))

    def _read(self) -> None:
        lines = self.path.read_bytes().splitlines(keepends=True)
        for number, line in enumerate(lines, start=1):
            event = _parse(line)
            if event is None:
                if number == len(lines):
                    return
                raise StoreError(
                    f"every line of {self.path} must match its checksum; line {number} of {len(lines)} does not; "
                    "restore the file from a backup or start a new run with --run"
                )
            self._events.append(event)
            self._sound += len(line)


def _parse(line: bytes) -> dict[str, Any] | None:
    checksum, _, text = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != f"{zlib.crc32(text):08x}".encode():
        return None
    event = json.loads(text)
    return event if isinstance(event, dict) else None
