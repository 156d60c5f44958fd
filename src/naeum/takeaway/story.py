"""How was the model found? The rungs that made it, in the words of the ladder, for comments and for markdown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from naeum.contract import Finding, Rung
from naeum.report import words


@dataclass(frozen=True)
class Step:
    """A rung on the way to the model.

    Args:
        number: of the rung.
        technique: the edit that made it.
        learner: what it is, in a few words.
        score: with its interval.
        gain: over the champion of its time, with its interval; empty for the first one.
        reason: why it was tried.
        finding: what it answers, as it was seen; empty where it answers none.
        numbers: the score and the ends of its interval.
    """

    number: int
    technique: str
    learner: str
    score: str
    gain: str
    reason: str
    finding: str
    numbers: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Story:
    """What is told about a model."""

    title: str
    metric: str
    steps: tuple[Step, ...]
    why: str = ""


def story(rungs: Sequence[Rung], number: int, metric: str, findings: Sequence[Finding] = (), why: str = "") -> Story:
    """The way to the rung of a number: it, the rungs that it was made from, and theirs.

    Example:
        >>> from naeum.model.floor import Majority
        >>> floor = Rung(0, Majority(), "floor", "the floor", (), (), "key", 0.5, 0.4, 0.6, 0.5, 0.5)
        >>> story([floor], 0, "accuracy").steps[0].score
        '0.500 [0.400, 0.600]'
    """
    seen = {finding.code: finding.seen for finding in findings}
    steps = tuple(_step(rungs[at], seen) for at in way(rungs, number))
    return Story(words.learner(rungs[number].learner), metric, steps, why)


def way(rungs: Sequence[Rung], number: int) -> list[int]:
    """The numbers of the rungs that a rung was made from, and its own, in order; the floor is always among them.

    Example:
        >>> from naeum.model.floor import Majority
        >>> made = [Rung(at, Majority(), "", "", at and (at - 1,) or (), (), "", 0, 0, 0, 0, 0) for at in range(3)]
        >>> way(made, 2)
        [0, 1, 2]
    """
    found, waiting = {0, number}, [number]
    while waiting:
        for parent in rungs[waiting.pop()].parents:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return sorted(found)


def _step(rung: Rung, seen: dict[str, str]) -> Step:
    gain = ""
    if rung.number:
        gain = f"{words.signed(rung.gain)} {words.signed_interval(rung.gain_low, rung.gain_high)}"
    answered = f"{rung.answers}: {seen[rung.answers]}" if rung.answers in seen else rung.answers
    score = f"{words.number(rung.score)} {words.interval(rung.low, rung.high)}"
    numbers = (rung.score, rung.low, rung.high)
    return Step(rung.number, rung.technique, words.learner(rung.learner), score, gain, rung.reason, answered, numbers)
