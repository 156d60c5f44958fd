"""Does a challenger become the champion?

The select part is read here only. A challenger wins if the probability that it is better is at least 0.8 and the user's
limits hold; between near ties the cheaper one wins. What is believed of a gain is shrunk towards what edits like it
usually bring, because the best of many noisy scores is too good to be true (Efron & Morris 1975).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from naeum.contract import Rung

# P(gain > 0) from which a challenger is believed; one wrong promotion in five is the most that is accepted.
ENOUGH = 0.8
TIE = 0.2  # below it the challenger is worse; between the two lies a near tie, and cost decides
CHEAPER = 0.8  # a near tie must cost at most this share of the champion's latency or size to win


@dataclass(frozen=True)
class Decision:
    """Whether a challenger was kept, and why in one sentence."""

    kept: bool
    sentence: str


def breaks(cost: Mapping[str, float], limits: Mapping[str, float]) -> tuple[str, ...]:
    """The limits that a cost breaks, each as a phrase.

    Example:
        >>> breaks({"latency_ms": 3.0}, {"latency_ms": 2.0})
        ('3.00 ms a row where 2 is allowed',)
    """
    units = {"latency_ms": "ms a row", "size_mb": "MB on disk", "memory_mb": "MB of memory"}
    return tuple(
        f"{cost[name]:.2f} {units[name]} where {limit:g} is allowed"
        for name, limit in limits.items()
        if cost.get(name, 0.0) > limit
    )


def decide(
    challenger: Rung, champion: Rung | None, limits: Mapping[str, float], *, truer: float = 0.5, timed: bool = True
) -> Decision:
    """Judge a measured challenger whose gain and p_better are against the champion.

    Args:
        truer: P(its probabilities, or intervals, are truer): between near ties that wins before the lower cost does,
            where the score is not lower.
        timed: a run that counts rungs must give the same ladder again, so its near ties look at size alone.
    """
    broken = breaks(challenger.cost, limits)
    if champion is None:
        return Decision(True, "It is the floor that everything else is measured against.")
    if broken:
        return Decision(False, f"It breaks a limit: {'; '.join(broken)}. It stays on the ladder as a possible teacher.")
    if breaks(champion.cost, limits):
        return Decision(True, "It holds the limits, which the champion so far does not.")
    odds = f"P(better) = {challenger.p_better:.2f}"
    if challenger.p_better >= ENOUGH:
        return Decision(True, f"It is better than rung {champion.number}: {odds}, at least {ENOUGH:g}.")
    if challenger.p_better <= TIE:
        return Decision(False, f"It is not better than rung {champion.number}: {odds}.")
    if truer >= ENOUGH and challenger.gain >= 0:
        text = f"A near tie with rung {champion.number} ({odds}), and it says more truly how sure it is"
        return Decision(True, f"{text} ({truer:.2f}).")
    if truer > TIE and _cheaper(challenger, champion, timed):
        return Decision(True, f"A near tie with rung {champion.number} ({odds}), and the cheaper of the two.")
    return Decision(False, f"A near tie with rung {champion.number} ({odds}), and not clearly cheaper.")


def champions(rungs: Sequence[Rung]) -> tuple[Rung, ...]:
    """Every rung that was champion at some time, in order."""
    return tuple(rung for rung in rungs if rung.kept)


def choose(rungs: Sequence[Rung], limits: Mapping[str, float], sign: int = 1) -> Rung:
    """The champion of the recorded decisions under these limits: the last kept rung that holds them.

    New limits choose again among the rungs that are there: if no kept rung holds them, the best scored one that does;
    if none does, the one that breaks the fewest. `sign` is -1 for a metric of which less is better.
    """
    kept = [rung for rung in champions(rungs) if not breaks(rung.cost, limits)]
    if kept:
        return kept[-1]
    return min(rungs, key=lambda rung: (len(breaks(rung.cost, limits)), -sign * rung.score, rung.number))


def _cheaper(challenger: Rung, champion: Rung, timed: bool) -> bool:
    """Whether the challenger is clearly faster or smaller, and not worse in the other."""
    ours, theirs = challenger.cost, champion.cost
    if not ours or not theirs:
        return False
    smaller = ours["size_mb"] <= CHEAPER * theirs["size_mb"]
    if not timed:
        return smaller
    faster = ours["latency_ms"] <= CHEAPER * theirs["latency_ms"] and ours["size_mb"] <= theirs["size_mb"]
    return faster or (smaller and ours["latency_ms"] <= theirs["latency_ms"])
