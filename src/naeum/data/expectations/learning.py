"""What holds of a reference, so that it may be expected of what comes next?

Three looks, each over all columns at once so that a wide table takes few passes: what each column is; its ends,
quantiles, values and letters; and how many rows lie at or below each quantile.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from naeum.data.expectations.between import Order, Readable, Rows
from naeum.data.expectations.cells import TODAY, Length, Missing, Pattern, Range, Type, Values
from naeum.data.expectations.columns import LETTERS, Characters, Distribution, Lengths, Shares, Unique, having
from naeum.data.expectations.parts import measured
from naeum.data.expectations.rule import Rule
from naeum.data.expectations.shapes import pattern_of, run_lengths, shape
from naeum.data.kinds import Kind, literal, quoted
from naeum.data.relation import Relation, told_of

MOST_VALUES = 300  # of a set; above, a list is no longer something that a person edits
SIGHTINGS = 10  # of each value on average, so that the set is likely whole
POINTS = 20  # of a distribution: between them 5 % of the values each
SIZES = 2  # new data have from half to twice the rows: a convention, as one reference cannot tell how sizes vary
MOST_ORDERED = 12  # columns of a kind among which orders are looked for: their pairs grow with the square
TELLING = 0.05  # an order says something where so many rows would break it if the columns were unrelated
ENOUGH = 20  # values from which something is learned of them
HELD = 50_000_000  # values that are held at a time to find quantiles: 400 MB

Measures = dict[str, str]
Look = Mapping[str, Any]


def learned(data: Relation) -> tuple[Rule, ...]:
    """The expectations of a reference, in the order of its columns.

    Every one holds of the reference. Those with `of` allow for what chance does to new rows of the same source.
    """
    first = _looked(data, {name: _first(name, kind) for name, kind in data.kinds.items()})
    sorts = {name: _sort(data.kinds[name], first[name]) for name in data.kinds}
    second = _looked(data, {name: _second(name, data.kinds[name], sort) for name, sort in sorts.items()})
    spreads = _looked(data, _quantiles(data, sorts), max(1, HELD // data.rows))
    third = _looked(data, {name: _third(name, sort, spreads[name], second[name]) for name, sort in sorts.items()})
    rules: list[Rule] = [
        Rows(max(1, data.rows // SIZES), data.rows * SIZES),
        Readable(len(data.broken), data.rows + len(data.broken)),
    ]
    for name, kind in data.kinds.items():
        found = {**first[name], **second[name], **spreads[name], **third[name]}
        rules += _of_column(name, kind, sorts[name], data.rows, found)
    rules += _orders(data, {name: found.get("points") or [] for name, found in spreads.items()})
    whole = Unique("", 0, data.rows, tuple(data.kinds))
    return (*rules, replace(whole, seen=data.one(whole.measures())["repeated"]))


def _looked(data: Relation, wanted: Mapping[str, Measures], most: int = 1_000) -> dict[str, dict[str, Any]]:
    """What was measured, by column and name."""
    return measured(data, wanted, {column: (column,) for column in wanted}, most)


def _first(column: str, kind: Kind) -> Measures:
    text, rule = quoted(told_of(column)), Type(column, name=kind.name, format=kind.format)
    wrong = rule.measures()["breaking"]
    return {"there": f"count({text})", "distinct": f"count(DISTINCT {text})", "wrong": wrong}


def _sort(kind: Kind, found: Look) -> str:
    """What is learned of a column: of its few values, its texts, its times, its numbers, or nothing more."""
    there, distinct = found["there"], found["distinct"]
    if there < ENOUGH:
        return "nothing"
    if distinct <= min(MOST_VALUES, there / SIGHTINGS) and kind.name in ("whole", "text", "truth"):
        return "few"
    if kind.name in ("date", "time"):
        return "times"
    if kind.name == "whole" and distinct == there:
        return "nothing"  # numbers that name rows go on rising
    return "texts" if kind.name == "text" else "numbers" if kind.numeric else "nothing"


def _second(column: str, kind: Kind, sort: str) -> Measures:
    value, text = quoted(column), quoted(told_of(column))
    if sort == "few":
        return {"counts": f"histogram({text if kind.name == 'text' else value})"}
    if sort == "times":
        return {"low": f"min({value})", "ahead": f"max({value})::DATE > current_date + 1"}
    if sort == "numbers":
        return {"low": f"min({value})", "high": f"max({value})", "values": f"count({value})"}
    if sort == "texts":
        length = {"low": f"min(length({text}))", "high": f"max(length({text}))"}
        return {**length, **shape(text), **{name: having(column, name) for name in LETTERS}}
    return {}


def _quantiles(data: Relation, sorts: Mapping[str, str]) -> dict[str, Measures]:
    """Values at equal shares of the rows: of numbers, of times in seconds, and of the lengths of texts."""
    shares = ", ".join(str(at / POINTS) for at in range(1, POINTS))
    made: dict[str, Measures] = {}
    for column, sort in sorts.items():
        number = _length(column) if sort == "texts" else _number(column, data.kinds[column])
        wanted = sort in ("texts", "numbers", "times") or (sort == "few" and data.kinds[column].ordered)
        made[column] = {"points": f"quantile_disc({number}, [{shares}])"} if wanted else {}
    return made


def _number(column: str, kind: Kind) -> str:
    """SQL of a finite number, NULL otherwise."""
    value = quoted(column)
    if kind.name in ("date", "time"):
        return f"epoch({value}::TIMESTAMP)"
    return f"(CASE WHEN isfinite({value}::DOUBLE) THEN {value}::DOUBLE END)"


def _length(column: str) -> str:
    return f"length({quoted(told_of(column))})"


def _third(column: str, sort: str, spread: Look, found: Look) -> Measures:
    if sort not in ("numbers", "texts"):
        return {}
    number = _length(column) if sort == "texts" else _number(column, Kind("number"))
    below = {
        f"below {at}": f"count(*) FILTER (WHERE {number} <= {literal(point)})"
        for at, point in enumerate(sorted(set(spread["points"] or [])))
    }
    more = run_lengths(quoted(told_of(column)), found) if sort == "texts" else {}
    return {**below, "finite": f"count({number})", **more}


def _of_column(column: str, kind: Kind, sort: str, rows: int, found: Look) -> Iterator[Rule]:
    there = found["there"]
    if there:
        yield Type(column, found["wrong"], there, kind.name, kind.format)
    yield Missing(column, rows - there, rows)
    if there >= ENOUGH and found["distinct"] == there and kind.name in ("whole", "text"):
        yield Unique(column, 0, there)
    if sort == "few":
        yield from _few(column, found)
    elif sort == "times":
        low = found["low"].replace(tzinfo=None) if isinstance(found["low"], datetime.datetime) else found["low"]
        # Dates go on, so a newest one is no bound; that none lies ahead of the day is one, where it held.
        yield Range(column, 0, there, low, None if found["ahead"] else TODAY)
    elif sort == "numbers":
        low, high = (None if math.isinf(found[name]) else found[name] for name in ("low", "high"))
        if low is not None or high is not None:
            yield Range(column, 0, found["values"], low, high)
        if found["finite"]:
            yield Distribution(column, *_points(found), found["finite"])
    elif sort == "texts":
        yield Length(column, 0, there, found["low"], found["high"])
        yield Lengths(column, *_points(found), there)
        yield Characters(column, tuple((name, found[name]) for name in LETTERS if found[name]), there)
        if pattern := pattern_of(found):
            yield Pattern(column, 0, there, pattern)


def _few(column: str, found: Look) -> Iterator[Rule]:
    counts = tuple(sorted(found["counts"]))
    once = sum(count == 1 for _, count in counts)
    yield Values(column, once, sum(count for _, count in counts), tuple(value for value, _ in counts))
    yield Shares(column, counts)


def _points(found: Look) -> tuple[tuple[float, ...], tuple[int, ...]]:
    points = tuple(float(point) for point in sorted(set(found["points"])))
    return points, tuple(found[f"below {at}"] for at in range(len(points)))


def _orders(data: Relation, points: Mapping[str, list[float]]) -> Iterator[Rule]:
    """Pairs of columns of which one is never above the other, where unrelated columns would often be."""
    groups: dict[str, list[str]] = {}
    for column, kind in data.kinds.items():
        if kind.ordered and points[column]:
            groups.setdefault("numbers" if kind.numeric else kind.name, []).append(column)
    rules = [
        Order(first=one, then=other)
        for columns in groups.values()
        if len(columns) <= MOST_ORDERED
        for one in columns
        for other in columns
        if one != other and _by_chance(points[one], points[other]) >= TELLING
    ]
    found = measured(
        data,
        {str(at): rule.measures() for at, rule in enumerate(rules)},
        {str(at): rule.needs() for at, rule in enumerate(rules)},
    )
    for rule, one in zip(rules, found.values(), strict=True):
        if one["of"] >= ENOUGH and not one["breaking"]:
            yield replace(rule, of=one["of"])


def _by_chance(first: list[float], then: list[float]) -> float:
    """The share of rows that would break the order if the two columns had nothing to do with each other."""
    return sum(a > b for a in first for b in then) / max(len(first) * len(then), 1)
