"""What does someone in another shell want of a climb that runs: to pause, to go on, to skip a rung, to finish?

A wish is one word in a file of the run folder. The climb looks for it between two steps of a training and between two
rungs, so it is heeded within seconds where a fit tells its steps, else when the fit ends.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from naeum.errors import InputError, RunInUse
from naeum.improve.clock import Clock
from naeum.store import lock, write_atomic

FILE = "wish"
PAUSE, GO, SKIP, FINISH = WORDS = ("pause", "go", "skip", "finish")
EVERY = 0.5  # seconds between two looks at the file


class Wished(KeyboardInterrupt):
    """Someone wants the fit to end: a fit is left as by Ctrl-C, and no one takes it for a failure."""

    def __init__(self, word: str) -> None:
        super().__init__(word)
        self.word = word


class Wishes:
    """The wishes that a climb heeds.

    Args:
        folder: of the run.
        clock: stands still during a pause.
        say: is told what is done about a wish.
    """

    def __init__(self, folder: Path, clock: Clock, say: Callable[[str], None]) -> None:
        self.path = folder / FILE
        self.clock = clock
        self.say = say
        self.closing = False  # then there is nothing to skip, and it finishes anyway
        self._looked = 0.0

    def forget(self) -> None:
        """Drop a wish that is as old as a process before this one."""
        self.path.unlink(missing_ok=True)

    def heed(self) -> None:
        """Wait while a pause is wished.

        Raises:
            Wished: the fit shall be skipped, or the climb finished.
        """
        if time.monotonic() - self._looked < EVERY:
            return
        self._looked = time.monotonic()
        word = self._word()
        if word == PAUSE:
            word = self._paused()
        if word in (SKIP, FINISH):
            self.forget()
            if not self.closing:
                raise Wished(word)

    def _paused(self) -> str:
        """Wait for another word than pause; the time does not count."""
        self.say("Paused; time stands still. Another shell lets it go on: naeum go RUN.")
        with self.clock.paused():
            while (word := self._word()) == PAUSE:
                time.sleep(EVERY)
        if word in ("", GO):
            self.say("Going on.")
            self.forget()
        return word

    def _word(self) -> str:
        try:
            return self.path.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return ""


def wish(folder: Path, word: str) -> None:
    """Leave a wish for the process that works in a run folder.

    Raises:
        InputError: the word is not known, or no process works there.
    """
    if word not in WORDS:
        raise InputError(f"a wish must be one of {', '.join(WORDS)}; got {word!r}; correct it")
    try:
        with lock(folder):
            pass
    except RunInUse:
        write_atomic(folder / FILE, word)
        return
    raise InputError(f"a process must work in {folder} to {word}; none does; start it with: naeum improve {folder}")
