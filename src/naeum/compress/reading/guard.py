"""Who answers in time: the main model or its fallback? A part of the program `predict.py`, which imports no naeum."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Queue
from typing import Any

SHOWN = 200  # characters of a reason


class Guard:
    """Asks a main model, and answers by another where it fails or takes longer than `limit_ms` a row.

    The main model computes one call at a time: while one that took too long is still at work, the calls that come
    wait for it as long as their own limit allows.
    """

    def __init__(self, other: Callable[[Any], list[dict[str, Any]]], limit_ms: float) -> None:
        self.other, self.limit_ms = other, limit_ms
        self.work: Queue[Any] = Queue()
        self.starting = threading.Lock()
        self.worker: threading.Thread | None = None

    def __call__(self, main: Callable[[Any], list[dict[str, Any]]], rows: list[Any]) -> list[dict[str, Any]]:
        """The answers of one of the two, which each says in "by"."""
        asked = self.asked(main, rows)
        if asked.why:
            return [{**one, "by": "fallback", "why": asked.why} for one in self.other(rows)]
        return [{**one, "by": "main"} for one in asked.found]

    def asked(self, main: Callable[[Any], Any], rows: Any) -> Asked:
        """A call of the main model, after it came to its end or took too long."""
        self._started()
        asked = Asked(main, rows)
        self.work.put(asked)
        if not asked.done.wait(self.limit_ms * max(1, len(rows)) / 1000):
            asked.wanted, asked.why = False, f"the main model took longer than {self.limit_ms:g} ms a row"
        elif asked.error is not None:
            asked.why = f"the main model failed: {asked.error}"[:SHOWN]
        return asked

    def _started(self) -> None:
        with self.starting:
            if self.worker is None:
                self.worker = threading.Thread(target=self._serve, daemon=True)
                self.worker.start()

    def _serve(self) -> None:
        while True:
            asked = self.work.get()
            if asked.wanted:  # nobody waits for the others any more
                asked.answer()


class Asked:
    """One call of the main model, and what came of it."""

    def __init__(self, main: Callable[[Any], Any], rows: Any) -> None:
        self.main, self.rows, self.wanted = main, rows, True
        self.found: Any = None
        self.why = ""  # another must answer
        self.error: Exception | None = None
        self.done = threading.Event()

    def answer(self) -> None:
        """Ask the main model."""
        try:
            self.found = self.main(self.rows)
        except Exception as error:
            self.error = error
        self.done.set()


def failing(error: Exception) -> Callable[[Any], Any]:
    """A model that could not be opened: it fails when it is asked."""

    def asked(rows: Any) -> Any:
        raise RuntimeError(f"it cannot be opened ({error})") from error

    return asked
