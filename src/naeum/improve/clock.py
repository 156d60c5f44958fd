"""How many seconds has this climb used, over kills and pauses?

Time that the process was killed, the laptop slept or a base model was downloaded does not count.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from naeum.store import write_atomic

EVERY = 2.0  # seconds between two writes of the clock: the most that a kill can give back
# Between two looks at the clock lie steps of a training, or one fit. Where so many seconds pass with the processor at
# rest, the machine slept or the process was stopped (Ctrl-Z): some clocks go on then, and this does not count.
ASLEEP_SECONDS, ASLEEP_SHARE = 60.0, 0.05


class Clock:
    """Elapsed seconds of a run, kept in a file.

    Args:
        path: where the elapsed time is kept.
        budget: seconds the run may take; infinite for a run that counts rungs.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     clock = Clock(Path(folder) / "clock.json", budget=60)
        ...     0 < clock.left() <= 60
        True
    """

    def __init__(self, path: Path, budget: float = math.inf) -> None:
        self.path = path
        self.budget = budget
        self._before = float(json.loads(path.read_text())["elapsed"]) if path.exists() else 0.0
        self._start = time.monotonic()  # stands still while the machine sleeps, on most systems
        self._looked, self._worked = self._start, time.process_time()
        self._written = -math.inf

    def elapsed(self) -> float:
        """Seconds used so far, in this process and those before it."""
        now, worked = time.monotonic(), time.process_time()
        passed, busy = now - self._looked, worked - self._worked
        if passed > ASLEEP_SECONDS and busy < ASLEEP_SHARE * passed:
            self._start += passed - busy
        self._looked, self._worked = now, worked
        return self._before + now - self._start

    def left(self) -> float:
        """Seconds that are left of the budget, never below zero."""
        return max(0.0, self.budget - self.elapsed())

    def tick(self) -> None:
        """Keep the elapsed time, at most every two seconds."""
        if time.monotonic() - self._written >= EVERY:
            self.keep()

    def keep(self) -> None:
        """Keep the elapsed time now."""
        self._written = time.monotonic()
        write_atomic(self.path, json.dumps({"elapsed": round(self.elapsed(), 3)}))

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Time inside the block does not count (a download)."""
        before = self.elapsed()
        try:
            yield
        finally:
            now = time.monotonic()
            self._looked, self._worked = now, time.process_time()
            self._start = now - (before - self._before)
