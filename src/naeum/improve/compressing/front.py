"""Which of several models is the best trade of score, time and size, under the limits that a user sets?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

LEAST = 1e-9  # what is nothing is not divided by
MEANT = {"latency_ms": "the latency", "size_mb": "the size"}  # what a limit is of


@dataclass(frozen=True)
class Point:
    """One model as it was measured here."""

    name: str
    score: float  # of the task's metric, on rows that decided nothing of it
    low: float  # 95 % interval over rows
    high: float
    latency_ms: float  # 95th percentile of single rows
    size_mb: float
    rung: int | None = None  # of the ladder
    gain: float = 0.0  # over the champion, on the same rows; below 0: it loses
    gain_low: float = 0.0  # 95 % interval
    gain_high: float = 0.0


@dataclass(frozen=True)
class Choice:
    """The point that is recommended, and why; or, where none holds the limits, the nearest ones."""

    point: Point | None
    why: str
    nearest: tuple[Point, ...] = ()


def front(points: Sequence[Point], sign: int) -> tuple[Point, ...]:
    """The points that no other beats in score, milliseconds and megabytes at once, the best score first.

    Example:
        >>> names = lambda found: [point.name for point in found]
        >>> a, b = Point("a", 0.9, 0, 1, 5.0, 90.0), Point("b", 0.9, 0, 1, 9.0, 90.0)
        >>> names(front((b, a, Point("c", 0.8, 0, 1, 1.0, 10.0)), 1))
        ['a', 'c']
    """
    kept = [one for one in points if not any(_beats(other, one, sign) for other in points)]
    return tuple(sorted(kept, key=lambda one: (-sign * one.score, one.latency_ms, one.size_mb)))


def chosen(points: Sequence[Point], own: Point, limits: Mapping[str, float], max_loss: float, sign: int) -> Choice:
    """The smallest and quickest point that holds the limits and loses no more than may be lost.

    Args:
        points: all that were measured, `own` among them.
        own: the champion as it is.
        limits: most "latency_ms" and "size_mb", where there are any.
        max_loss: of the score of `own`, relative.
        sign: +1 where a higher score is better.
    """
    holding = [one for one in points if not _missed(one, own, limits, max_loss, sign)]
    if not holding:
        nearest = sorted(points, key=lambda one: sum(_missed(one, own, limits, max_loss, sign).values()))[:3]
        told = [" and ".join(_said(_missed(one, own, limits, max_loss, sign))) for one in nearest]
        why = f"No point holds every limit; the nearest, {nearest[0].name}, misses {told[0]}."
        others = (f"{one.name} misses {missed}." for one, missed in zip(nearest[1:], told[1:], strict=True))
        todo = "Allow one of these, or give it more minutes."
        return Choice(None, " ".join((why, *others, todo)), tuple(nearest))
    best = min(holding, key=lambda one: (sum(_shares(one, own)), -sign * one.score))
    if best is own:
        return Choice(own, "The champion stays as it is: nothing smaller and quicker keeps its score within the loss.")
    size, time = _shares(best, own)
    return Choice(
        best,
        f"{best.name} takes {100 * size:.0f} % of the champion's megabytes and {100 * time:.0f} % of its time, and "
        f"loses {100 * lost(best, own, sign):.2g} % of its score (gain {best.gain:+.4f} "
        f"[{best.gain_low:+.4f}, {best.gain_high:+.4f}]).",
    )


def lost(point: Point, own: Point, sign: int) -> float:
    """The share of the champion's score that a point loses; below 0 where it is better."""
    return sign * (own.score - point.score) / max(abs(own.score), LEAST)


def _shares(point: Point, own: Point) -> tuple[float, float]:
    """Of the champion's size and time."""
    return point.size_mb / max(own.size_mb, LEAST), point.latency_ms / max(own.latency_ms, LEAST)


def _missed(point: Point, own: Point, limits: Mapping[str, float], max_loss: float, sign: int) -> dict[str, float]:
    """By which share each limit is missed; what holds is left out."""
    found = {name: getattr(point, name) / most - 1 for name, most in limits.items() if getattr(point, name) > most}
    over = lost(point, own, sign) - max_loss
    return found | ({"the loss": over} if over > 0 else {})


def _said(missed: Mapping[str, float]) -> Iterator[str]:
    """What is missed, and by how much."""
    for name, share in missed.items():
        part = f"{100 * share:.0f}" if share >= 0.01 else f"{100 * share:.1g}"  # of a loss, little counts
        yield f"{MEANT.get(name, name)} by {part} %"


def _beats(other: Point, one: Point, sign: int) -> bool:
    """Whether a point is at least as good in all three, and better in one."""
    pairs = (
        (sign * other.score, sign * one.score), (-other.latency_ms, -one.latency_ms), (-other.size_mb, -one.size_mb),
    )  # fmt: skip
    return all(left >= right for left, right in pairs) and any(left > right for left, right in pairs)
