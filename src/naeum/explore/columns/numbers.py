"""How is a column of numbers spread: quartiles, moments, histogram, and which values lie far out?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from naeum.explore.held import beyond, moments, values_in
from naeum.explore.subject import Subject
from naeum.explore.table import ROW, quoted

AT_ONCE = (8, 100)  # columns of one query, fewest and most
VALUES_AT_ONCE = 40_000_000  # exact quantiles hold all values of a column in memory: 320 MB
QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
FENCE = 1.5  # interquartile ranges beyond the quartiles from which a value is an outlier (Tukey 1977)
FAR = 5.0  # interquartile ranges from which the axis of a histogram is cut, and what lies beyond is only counted
BINS = (8, 40)  # fewest and most bars
DRAWN = 60  # outliers that are drawn beside the whiskers: more would be one line
LISTED = 20  # outliers that are listed, the farthest first


def numbers(subject: Subject, names: Sequence[str], detailed: frozenset[str]) -> dict[str, dict[str, Any]]:
    """For each column: mean, deviation, quantiles, skew, zeros, fences, outliers; of `detailed` ones also a histogram
    and the farthest rows."""
    found: dict[str, dict[str, Any]] = {}
    many = min(max(VALUES_AT_ONCE // max(subject.table.rows, 1), AT_ONCE[0]), AT_ONCE[1])
    for start in range(0, len(names), many):
        part = names[start : start + many]
        found |= _moments(subject, part)
        _fences(subject, {name: found[name] for name in part})
    for name in names:
        if name in detailed and found[name]["mean"] is not None:
            found[name]["histogram"] = histogram(subject, name, found[name])
            found[name]["farthest"] = _farthest(subject, name, found[name])
            found[name]["outlying"] = _outlying(subject, name, found[name])
    return found


def finite(subject: Subject, name: str) -> str:
    """SQL: the column with null for what is infinite."""
    column = quoted(name)
    return f"CASE WHEN isfinite({column}::DOUBLE) THEN {column} END" if subject.known[name]["infinite"] else column


def _moments(subject: Subject, names: Sequence[str]) -> dict[str, dict[str, Any]]:
    if subject.table.held is not None:
        ends = {name: {key: subject.known[name][key] for key in ("infinite", "least", "most")} for name in names}
        return {name: {**moments(values_in(subject.table, name), QUANTILES), **ends[name]} for name in names}
    quantiles = ", ".join(map(str, QUANTILES))
    asked = []
    for name in names:
        x = f"({finite(subject, name)})::DOUBLE"
        asked += [f"avg({x})", f"stddev_pop({x})", f"quantile_cont({x}, [{quantiles}])", f"count_if({x} = 0)"]
        asked += [f"count_if({x} < 0)"]
    answer = subject.table.one(f"SELECT {', '.join(asked)} FROM {subject.table.narrow(names)}")
    found = {}
    for at, name in enumerate(names):
        mean, deviation, spread, zeros, negative = answer[5 * at : 5 * at + 5]
        known = subject.known[name]
        found[name] = {
            "mean": mean, "deviation": deviation, "zeros": int(zeros), "negative": int(negative),
            "infinite": int(known["infinite"]), "least": known["least"], "most": known["most"],
            "quantiles": dict(zip(map(str, QUANTILES), spread or [None] * len(QUANTILES), strict=True)),
        }  # fmt: skip
    return found


def _fences(subject: Subject, found: dict[str, dict[str, Any]]) -> None:
    """Outliers beyond 1.5 interquartile ranges, where the whiskers end, and the skew."""
    names = [name for name, one in found.items() if one["mean"] is not None]
    for name, told in zip(names, _beyond(subject, {name: found[name] for name in names}), strict=True):
        below, above, low_end, high_end, skew = told
        low, high = fences(found[name])
        found[name] |= {
            "below": int(below), "above": int(above), "low_fence": low, "high_fence": high,
            "whiskers": [low_end, high_end], "skew": skew if found[name]["deviation"] else 0.0,
        }  # fmt: skip


def _beyond(subject: Subject, found: dict[str, dict[str, Any]]) -> list[Sequence[Any]]:
    """For each column: values below and above the fences, the outermost between them, the skew."""
    if subject.table.held is not None:
        return [beyond(values_in(subject.table, name), one, *fences(one)) for name, one in found.items()]
    asked, names = [], list(found)
    for name in names:
        low, high = fences(found[name])
        x, one = f"({finite(subject, name)})::DOUBLE", found[name]
        scale = one["deviation"] or 1.0
        asked += [f"count_if({x} < {low!r})", f"count_if({x} > {high!r})"]
        asked += [f"min(CASE WHEN {x} >= {low!r} THEN {x} END)", f"max(CASE WHEN {x} <= {high!r} THEN {x} END)"]
        asked += [f"avg((({x} - {one['mean']!r}) / {scale!r}) ** 3)"]
    answer = subject.table.one(f"SELECT {', '.join(asked)} FROM {subject.table.narrow(names)}") if asked else ()
    return [answer[5 * at : 5 * at + 5] for at in range(len(names))]


def fences(one: dict[str, Any]) -> tuple[float, float]:
    """Where outliers begin on either side.

    Example:
        >>> fences({"quantiles": {"0.25": 10.0, "0.75": 20.0}})
        (-5.0, 35.0)
    """
    first, third = float(one["quantiles"]["0.25"]), float(one["quantiles"]["0.75"])
    return first - FENCE * (third - first), third + FENCE * (third - first)


def histogram(subject: Subject, name: str, one: dict[str, Any]) -> dict[str, Any]:
    """Counts of equally wide bars from `low` to `high`, and how many values lie beyond where the axis is cut."""
    low, high = _axis(one)
    whole = subject.known[name]["whole"]
    bars = bar_count(one, subject.known[name]["count"], low, high)
    if whole and high - low < BINS[1]:
        low, bars, high = low - 0.5, round(high - low) + 1, high + 0.5
    width = (high - low) / bars
    x = f"({finite(subject, name)})::DOUBLE"
    place = f"least(greatest(floor(({x} - {low!r}) / {width!r}), -1), {bars})::INT"
    place = f"CASE WHEN {x} = {high!r} THEN {bars - 1} ELSE {place} END"
    source = subject.table.narrow([name])
    query = f"SELECT {place} AS b, count(*) AS n FROM {source} WHERE {x} IS NOT NULL GROUP BY 1"
    counted = {int(row["b"]): int(row["n"]) for row in subject.table.sql(query).to_pylist()}
    return {
        "low": low, "high": high, "counts": [counted.get(at, 0) for at in range(bars)],
        "below": counted.get(-1, 0), "above": counted.get(bars, 0),
    }  # fmt: skip


def bar_count(one: dict[str, Any], count: int, low: float, high: float) -> int:
    """How many bars (Freedman & Diaconis 1981), within bounds that stay readable."""
    spread = float(one["quantiles"]["0.75"]) - float(one["quantiles"]["0.25"])
    if spread <= 0 or high <= low:
        return BINS[0]
    width = 2 * spread / max(count, 1) ** (1 / 3)
    return int(min(max(math.ceil((high - low) / width), BINS[0]), BINS[1]))


def _axis(one: dict[str, Any]) -> tuple[float, float]:
    first, third = float(one["quantiles"]["0.25"]), float(one["quantiles"]["0.75"])
    spread = third - first
    low, high = float(one["least"]), float(one["most"])
    if spread > 0:
        low = max(low, first - FAR * spread)
        high = min(high, third + FAR * spread)
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def _farthest(subject: Subject, name: str, one: dict[str, Any]) -> list[dict[str, Any]]:
    """The outliers farthest out: number of the row, value."""
    if not one["below"] + one["above"]:
        return []
    low, high = one["low_fence"], one["high_fence"]
    x = f"({finite(subject, name)})::DOUBLE"
    source = subject.table.narrow([name])
    query = (
        f'SELECT "{ROW}" AS row, {x} AS value FROM {source} WHERE {x} < {low!r} OR {x} > {high!r} '
        f'ORDER BY greatest({low!r} - {x}, {x} - {high!r}) DESC, "{ROW}" LIMIT {LISTED}'
    )
    return [{"row": int(each["row"]), "value": float(each["value"])} for each in subject.table.sql(query).to_pylist()]


def _outlying(subject: Subject, name: str, one: dict[str, Any]) -> list[float]:
    """Outliers on the axis of the histogram, drawn from all, for the box plot."""
    if not one["below"] + one["above"]:
        return []
    low, high = one["histogram"]["low"], one["histogram"]["high"]
    x = f"({finite(subject, name)})::DOUBLE"
    source = subject.table.narrow([name])
    query = (
        f"SELECT DISTINCT {x} AS value FROM {source} WHERE ({x} < {one['low_fence']!r} OR {x} > {one['high_fence']!r}) "
        f"AND {x} BETWEEN {low!r} AND {high!r} ORDER BY hash({x}) LIMIT {DRAWN}"
    )
    return sorted(float(each["value"]) for each in subject.table.sql(query).to_pylist())
