"""How is DuckDB opened so that it stays on this machine?"""

from __future__ import annotations

from typing import Any

THREADS = 2  # reading is bound by the disk and by the strings that are made, not by more threads


def connected() -> Any:
    """A DuckDB in memory that never fetches an extension from the network; use it as a context manager.

    Example:
        >>> with connected() as connection:
        ...     connection.execute("SELECT 1 + 1").fetchone()
        (2,)
    """
    import duckdb

    offline = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    return duckdb.connect(config={"threads": THREADS, **offline})
