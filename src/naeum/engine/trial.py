"""Which way to answer is the quickest here, for this model and rows like these? Measured, and remembered.

First every engine answers a sample on all threads in its usual batches; then the quickest, on as many rows as it
answers in a moment, which fill its batches, tries fewer threads and other numbers of batches at a time, then other
sizes of them, then the likeliest shares of threads once more. Ways take turns, so that a busy machine slows all of
them, and the best round of each counts. A way whose answers part from the reference by more than was promised is not
chosen, however quick it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import sets
from naeum.contract import Outputs
from naeum.data.spool import take
from naeum.engine import machine
from naeum.engine.ways import EXACT, Way, shares, sizes
from naeum.errors import NaeumError
from naeum.store.files import write_atomic
from naeum.values import canonical, digest

if TYPE_CHECKING:
    import pyarrow as pa

TOLERANCE = 1e-4  # of a score, over its size where that is above one: what float32 in another order may change
CHANGED = 0.01  # share of answers that an engine of lower precision may give otherwise than the reference
SAMPLE = 256  # rows that engines are tried on, spread evenly over those to be answered
FINER = 1_024  # rows, at most, that shares of threads and sizes of batches are tried on: few fill no batches
ROUNDS = 3  # the best of each counts
SECONDS = 15.0  # after which no further way and no further round is begun
CALL = 0.3  # seconds of a call on the sample, at most about: on a slow machine it is of fewer rows
FINER_CALL = 0.2  # seconds of a call by the quickest engine, about
LEAST_ROWS = 32  # of a sample
AT_ONCE = 3  # ways that are tried beside the best so far: each holds a model in memory
LIKELIEST = 4  # shares of threads that are tried again with the best batches
TRIAL = 3  # number of the trial: what an older one chose is tried anew
HOPELESS = 0.5  # a way that needs twice the time of the best after one round is not tried again

Answer = Callable[["pa.Table"], Outputs]
Opened = Callable[[Way], Answer]


@dataclass(frozen=True)
class Tried:
    """What a way did on the sample."""

    way: Way
    rows_per_second: float
    away: float  # largest difference of a score from the reference
    changed: float  # share of rows with another answer
    refused: str = ""  # why it is not to be chosen


@dataclass(frozen=True)
class Chosen:
    """The way that was chosen, and what was seen of all of them."""

    way: Way
    tried: tuple[Tried, ...]
    remembered: bool = False

    @property
    def said(self) -> str:
        """One line: what was chosen, how quick it is, and beside what."""
        best = next(one for one in self.tried if one.way == self.way)
        # of every other kind the quickest
        others: dict[str, Tried] = {}
        for one in sorted(self.tried, key=lambda one: one.rows_per_second):
            if one.way.kind != self.way.kind:
                others[one.way.kind] = one
        slower = ", ".join(
            f"{kind} {one.rows_per_second:,.0f}{' (refused)' if one.refused else ''}" for kind, one in others.items()
        )
        measured = "measured before" if self.remembered else "measured now"
        beside = f"; beside it {slower}" if slower else ""
        return f"Answering by {self.way.said}: {best.rows_per_second:,.0f} rows a second, {measured}{beside}."


def chosen(
    ways: Sequence[Way],
    opened: Opened,
    rows: pa.Table,
    *,
    home: Path,
    model: str,
    reference: Way | None = None,
    anew: bool = False,
) -> Chosen:
    """The quickest way that keeps what was promised, from the memory of this machine or by a trial of some seconds.

    Args:
        ways: of each engine and precision one, the reference among them.
        opened: gives what answers in a way; it may refuse with an error of naeum's.
        rows: to be answered; a sample is taken.
        home: folder in which choices are kept.
        model: digest of the model.
        reference: whose answers the others must give; None: the first.
        anew: whatever was chosen before.
    """
    of = _place(ways, home, model)
    known = None if anew else _remembered(of)
    if known is not None:
        return known
    found = tried(ways, opened, sample(rows, FINER), reference or ways[0])
    write_atomic(of, json.dumps({"way": found.way.to_json(), "tried": [asdict(one) for one in found.tried]}, indent=1))
    return found


def before(ways: Sequence[Way], *, home: Path, model: str) -> Chosen | None:
    """What `chosen` would give without a trial; None where it would try."""
    return _remembered(_place(ways, home, model))


def sample(rows: pa.Table, most: int = SAMPLE) -> pa.Table:
    """Rows spread evenly over a table, of which no more than a part is ever copied."""
    where = sets.unique(np.linspace(0, rows.num_rows - 1, min(most, rows.num_rows)).astype(np.int64))
    return take(rows, where)


def tried(ways: Sequence[Way], opened: Opened, rows: pa.Table, reference: Way) -> Chosen:
    """The choice by a trial now."""
    end, answer = perf_counter() + SECONDS, opened(reference)
    answer(rows.slice(0, 1))  # the first call sizes buffers
    taken = _seconds(answer, sample(rows, LEAST_ROWS))
    few = sample(rows, min(SAMPLE, max(LEAST_ROWS, int(LEAST_ROWS * CALL / max(taken, 1e-9)))))
    trial = _Trial(opened, few, answer(few), end)
    seen = trial.of(ways)
    best = _best(seen, reference).way
    # A few rows make too few batches to share among threads, the more so in the careful part of a cascade.
    more = sample(rows, int(FINER_CALL * seen[best].rows_per_second))
    if more.num_rows > few.num_rows and perf_counter() < end:
        trial = _Trial(opened, more, answer(more), end)
        best = _confirmed(trial, seen, reference)
    threads, cores = best.threads, machine.physical()

    def shared(way: Way) -> tuple[Way, ...]:
        return shares(replace(way, threads=threads), cores)

    for others in (shared, sizes, lambda way: shared(way)[:LIKELIEST]):
        best = _finer(trial, best, [way for way in others(best) if way not in seen], seen)
    return Chosen(best, tuple(seen.values()))


def _confirmed(trial: _Trial, seen: dict[Way, Tried], reference: Way) -> Way:
    """The best way of those seen that keeps what was promised on the rows of this trial, too."""
    for _ in range(len(seen)):
        best = _best(seen, reference).way
        seen |= trial.of([best])
        if not seen[best].refused:
            break
    return _best(seen, reference).way


def _finer(trial: _Trial, best: Way, others: Sequence[Way], seen: dict[Way, Tried]) -> Way:
    """The best way after some others were tried beside it, a few at a time; what was seen goes into `seen`."""
    for start in range(0, len(others), AT_ONCE):
        if perf_counter() >= trial.end:
            break
        found = trial.of([best, *others[start : start + AT_ONCE]])
        seen |= found
        best = _best(found, best).way
    return best


def _best(seen: Mapping[Way, Tried], reference: Way) -> Tried:
    holding = [one for one in seen.values() if not one.refused]
    if not holding:
        return seen.get(reference) or next(iter(seen.values()))
    return max(holding, key=lambda one: one.rows_per_second)


@dataclass(frozen=True, eq=False)
class _Trial:
    """What all ways of a trial have in common: rows, the answers that are wanted, and the second at which it ends."""

    opened: Opened
    rows: pa.Table
    wanted: Outputs
    end: float

    def of(self, ways: Sequence[Way]) -> dict[Way, Tried]:
        """What each way does, in turns; none is begun after the end, but for one round of the first."""
        answers: dict[Way, Answer] = {}
        found: dict[Way, Tried] = {}
        for way in ways:
            if perf_counter() >= self.end and found:
                break
            try:
                answers[way] = self.opened(way)
                # The first call, which sizes buffers, does not count.
                found[way] = _judged(way, answers[way](self.rows), self.wanted)
            except NaeumError as error:
                found[way] = Tried(way, 0.0, 0.0, 0.0, str(error))
                answers.pop(way, None)
        times = self._times(answers)
        return {way: replace(one, rows_per_second=_rate(self.rows, times.get(way))) for way, one in found.items()}

    def _times(self, answers: Mapping[Way, Answer]) -> dict[Way, float]:
        """Seconds of the best round of each."""
        times = {way: float("inf") for way in answers}
        for number in range(ROUNDS):
            if number and perf_counter() >= self.end:
                break
            quickest = min(times.values(), default=0.0)
            for way, answer in answers.items():
                if times[way] == float("inf") or times[way] * HOPELESS <= quickest:
                    times[way] = min(times[way], _seconds(answer, self.rows))
        return times


def _judged(way: Way, outputs: Outputs, wanted: Outputs) -> Tried:
    """How far the answers of a way part from those that are wanted, and whether that is too far."""
    own, other = wanted.scores, outputs.scores
    away = float((np.abs(own - other) / np.maximum(1.0, np.abs(own))).max(initial=0.0))
    changed = 0.0 if wanted.task.output == "number" else _changed(outputs, wanted)
    refused = ""
    if way.precision == EXACT and not away <= TOLERANCE:
        refused = f"scores part by {away:.2g}"
    elif not changed <= max(CHANGED, 1 / max(1, len(own))) or not np.isfinite(away):  # of few rows, one
        refused = f"{100 * changed:.1f} % of the answers are other ones"
    return Tried(way, 0.0, away, changed, refused)


def _changed(outputs: Outputs, wanted: Outputs) -> float:
    pairs = list(zip(outputs.labels, wanted.labels, strict=True))
    return sum(bool(one != other) for one, other in pairs) / max(1, len(pairs))


def _seconds(answer: Answer, rows: pa.Table) -> float:
    start = perf_counter()
    answer(rows)
    return perf_counter() - start


def _place(ways: Sequence[Way], home: Path, model: str) -> Path:
    """Where a choice is kept: by model, machine, and what there was to choose from."""
    told = [TRIAL, model, machine.fingerprint(), [one.to_json() for one in ways]]
    return Path(home) / f"{digest(canonical(told))}.json"


def _rate(rows: pa.Table, seconds: float | None) -> float:
    return 0.0 if seconds is None else rows.num_rows / max(seconds, 1e-9)


def _remembered(path: Path) -> Chosen | None:
    """What was chosen before; None where that is not there or not whole."""
    try:
        told: Any = json.loads(path.read_text(encoding="utf-8"))
        tried = tuple(Tried(**{**one, "way": Way.from_json(one["way"])}) for one in told["tried"])
        return Chosen(Way.from_json(told["way"]), tried, remembered=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None
