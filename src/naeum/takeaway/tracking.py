"""How is a ladder sent to a tracker so that a climb never fails by it?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from naeum.improve.ladder import Ladder
from naeum.report import write
from naeum.takeaway.record import record
from naeum.takeaway.trackers import TRACKERS

LONGEST = 300  # characters of another package's words


def track(ladder: Ladder, to: str, say: Callable[[str], None]) -> bool:
    """Send a ladder with its report; what goes wrong is one sentence.

    Args:
        ladder: of the run.
        to: one of TRACKERS.
        say: is told where it is, or why it is nowhere.

    Returns:
        Whether it was sent.
    """
    try:
        place = TRACKERS[to](record(ladder), _report(ladder), ladder.folder, bool(ladder.options.get("offline")))
    except Exception as error:  # whatever a tracker, its server or its version does: the model is made, and it counts
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST]
        say(f"The ladder was not sent to {to} ({reason}); the run itself is whole.")
        return False
    say(f"The ladder is in {place}.")
    return True


def _report(ladder: Ladder) -> Path | None:
    """The report as a file; none where it cannot be drawn."""
    try:
        return write(ladder, rows=not ladder.options.get("no_rows"))
    except (ValueError, KeyError, TypeError, RuntimeError):
        return None
