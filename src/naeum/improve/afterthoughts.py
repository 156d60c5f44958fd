"""What may a user still decide when rungs are there: other limits, a rung to ship, a word beside a rung?

Nothing is fitted: each is one event in the ledger, and the ladder reads it from then on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.errors import InputError
from naeum.improve import gate
from naeum.improve.ladder import LEDGER, Ladder
from naeum.store import Ledger, lock

LIMITS = ("max_latency_ms", "max_size_mb", "max_memory_mb")


def choose(ladder: Ladder, limits: Mapping[str, float | None]) -> None:
    """Choose the champion again among the rungs that are there, under these limits; a limit that is not named is none.

    Raises:
        InputError: a limit is not known or not above zero; no rung holds them.
        RunInUse: a process works in the run folder.
    """
    strange = [name for name in limits if name not in LIMITS]
    wrong = [value for value in limits.values() if value is not None and value <= 0]
    if strange or wrong:
        raise InputError(
            f"limits must be among {', '.join(LIMITS)} and above 0; got {(strange or wrong)[0]!r}; correct it"
        )
    held = {name.removeprefix("max_"): float(value) for name, value in limits.items() if value is not None}
    held = ladder.judged(held)
    if ladder.rungs and all(gate.breaks(rung.cost, held) for rung in ladder.rungs):
        nearest = min(ladder.rungs, key=lambda rung: (len(gate.breaks(rung.cost, held)), rung.number))
        raise InputError(
            f"a rung must hold the limits; none of {len(ladder.rungs)} does: rung {nearest.number} takes "
            f"{'; '.join(gate.breaks(nearest.cost, held))}; allow more, or go on with: naeum improve {ladder.folder}"
        )
    _write(ladder, "choose", limits={name: limits.get(name) for name in LIMITS})


def pin(ladder: Ladder, number: int | None) -> None:
    """Ship this rung, whatever the gate says; None lets the gate say again.

    Raises:
        InputError: there is no such rung.
        RunInUse: a process works in the run folder.
    """
    if number is not None:
        _refuse_unknown(ladder, number)
    _write(ladder, "pin", number=number)


def remark(ladder: Ladder, number: int, text: str) -> None:
    """Note a word beside a rung: `naeum why` and the report show it.

    Raises:
        InputError: there is no such rung, or no word.
        RunInUse: a process works in the run folder.
    """
    _refuse_unknown(ladder, number)
    if not text.strip():
        raise InputError("a note must have words; got none; write them in quotes")
    _write(ladder, "remark", number=number, text=text.strip())


def _refuse_unknown(ladder: Ladder, number: int) -> None:
    if not 0 <= number < len(ladder.rungs):
        raise InputError(
            f"a rung must be one of 0 … {len(ladder.rungs) - 1}; got {number}; see them all with: naeum why "
            f"{ladder.folder}"
        )


def _write(ladder: Ladder, event: str, **what: Any) -> None:
    with lock(ladder.folder):
        Ledger(ladder.folder / LEDGER).append({"event": event, "elapsed": ladder.seconds, **what})
