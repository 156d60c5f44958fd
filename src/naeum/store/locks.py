"""How does only one process work in a run folder?

The operating system holds the lock, so a killed process never leaves one behind.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from naeum.errors import RunInUse


@contextmanager
def lock(folder: Path) -> Iterator[None]:
    """Hold `folder` for this process while the block runs.

    Raises:
        RunInUse: another process holds it.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, lock(Path(folder)):
        ...     (Path(folder) / "lock").exists()
        True
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+", encoding="utf-8") as file:
        if not _take(file):
            file.seek(0)
            raise RunInUse(
                f"one process may work in a run folder at a time; {folder} is in use by process {file.read() or '?'}; "
                "wait for it, stop it, or name another folder with --run"
            )
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def _take(file: IO[Any]) -> bool:
    if sys.platform == "win32":
        import msvcrt

        with contextlib.suppress(OSError):
            file.seek(2**20)  # beyond the text, so that others can read who holds it
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
