"""What holds of a reference, so that it may be expected of what comes next?"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import replace

from naeum.data.expectations.between import Order, Readable, Rows
from naeum.data.expectations.cells import TODAY, Length, Missing, Pattern, Range, Type, Values
from naeum.data.expectations.columns import LETTERS, Characters, Distribution, Lengths, Shares, Unique, having
from naeum.data.expectations.rule import Rule
from naeum.data.expectations.shapes import shape_of
from naeum.data.kinds import Kind, literal, quoted
from naeum.data.relation import Relation, told_of

MOST_VALUES = 300  # of a set; above, a list is no longer something that a person edits
SIGHTINGS = 10  # of each value on average, so that the set is likely whole
POINTS = 20  # of a distribution: between them 5 % of the values each
SIZES = 2  # new data have from half to twice the rows: a convention, as one reference cannot tell how sizes vary
MOST_ORDERED = 12  # columns of a kind among which orders are looked for: their pairs grow with the square
TELLING = 0.05  # an order says something where so many rows would break it if the columns were unrelated
ENOUGH = 20  # values from which something is learned of them


def learned(data: Relation) -> tuple[Rule, ...]:
    """The expectations of a reference, in the order of its columns.

    Every one holds of the reference. Those with `of` allow for what chance does to new rows of the same source.
    """
    found = data.one({name: sql for column in data.kinds for name, sql in _first_look(column, data.kinds[column])})
    rules: list[Rule] = [
        Rows(max(1, data.rows // SIZES), data.rows * SIZES),
        Readable(len(data.broken), data.rows + len(data.broken)),
    ]
    for column, kind in data.kinds.items():
        mine = {name: found[f"{column}\n{name}"] for name in ("there", "distinct", "wrong")}
        rules += _of_column(data, column, kind, mine)
    rules += _orders(data)
    among = tuple(data.kinds)
    whole = Unique("", 0, data.rows, among)
    rules.append(Unique("", data.one(whole.measures())["repeated"], data.rows, among))
    return tuple(rules)


def _first_look(column: str, kind: Kind) -> list[tuple[str, str]]:
    text, rule = quoted(told_of(column)), Type(column, name=kind.name, format=kind.format)
    return [
        (f"{column}\nthere", f"count({text})"),
        (f"{column}\ndistinct", f"count(DISTINCT {text})"),
        (f"{column}\nwrong", rule.measures()["breaking"]),
    ]


def _of_column(data: Relation, column: str, kind: Kind, found: dict[str, int]) -> Iterator[Rule]:
    there, distinct = found["there"], found["distinct"]
    if there:
        yield Type(column, found["wrong"], there, kind.name, kind.format)
    yield Missing(column, data.rows - there, data.rows)
    if there < ENOUGH:
        return
    names_rows = distinct == there and kind.name in ("whole", "text")
    if names_rows:
        yield Unique(column, 0, there)
    few = distinct <= min(MOST_VALUES, there / SIGHTINGS)
    if few and kind.name in ("whole", "text", "truth"):
        yield from _few(data, column, kind)
    elif kind.name == "text":
        yield from _texts(data, column, there)
    elif kind.name in ("date", "time"):
        yield from _times(data, column, kind, there)
    elif not (names_rows and kind.name == "whole"):  # numbers that name rows go on rising
        yield from _numbers(data, column)


def _few(data: Relation, column: str, kind: Kind) -> Iterator[Rule]:
    value = quoted(told_of(column) if kind.name == "text" else column)
    query = f"SELECT {value} AS value, count(*) AS n FROM cells WHERE {value} IS NOT NULL GROUP BY 1 ORDER BY 1"
    counts = tuple((row["value"], row["n"]) for row in data.sql(query).to_pylist())
    yield Values(
        column,
        seen=sum(n == 1 for _, n in counts),
        of=sum(n for _, n in counts),
        values=tuple(value for value, _ in counts),
    )
    yield Shares(column, counts)


def _numbers(data: Relation, column: str) -> Iterator[Rule]:
    value = quoted(column)
    points, below, there = _points(data, value, f"isfinite({value}::DOUBLE)")
    if not points:
        return
    ends = data.one({"least": f"min({value})", "most": f"max({value})", "all": f"count({value})"})
    low, high = (None if math.isinf(ends[name]) else ends[name] for name in ("least", "most"))
    if low is not None or high is not None:
        yield Range(column, 0, ends["all"], low, high)
    yield Distribution(column, points, below, there)


def _points(data: Relation, value: str, among: str) -> tuple[tuple[float, ...], tuple[int, ...], int]:
    """Values at equal shares of the rows, how many lie at or below each, and how many there are."""
    shares = ", ".join(str(at / POINTS) for at in range(1, POINTS))
    query = f"SELECT quantile_disc({value}::DOUBLE, [{shares}]) AS points FROM cells WHERE {among}"
    found = data.sql(query).to_pylist()[0]["points"]
    if not found:
        return (), (), 0
    points = tuple(sorted(set(found)))
    counts = data.one(
        {
            str(at): f"count(*) FILTER (WHERE ({among}) AND {value} <= {literal(point)})"
            for at, point in enumerate(points)
        }
        | {"there": f"count(*) FILTER (WHERE {among})"}
    )
    return points, tuple(counts[str(at)] for at in range(len(points))), counts["there"]


def _times(data: Relation, column: str, kind: Kind, there: int) -> Iterator[Rule]:
    """Dates go on, so a newest one is no bound; that none lies ahead of the day is one, where it held."""
    value = quoted(column)
    ends = data.one({"low": f"min({value})", "ahead": f"max({value})::DATE > current_date + 1"})
    low = ends["low"]
    if isinstance(low, datetime.datetime):
        low = low.replace(tzinfo=None)
    yield Range(column, 0, there, low, None if ends["ahead"] else TODAY)


def _texts(data: Relation, column: str, there: int) -> Iterator[Rule]:
    text = quoted(told_of(column))
    length = f"length({text})"
    points, below, _ = _points(data, length, f"{text} IS NOT NULL")
    ends = data.one({"low": f"min({length})", "high": f"max({length})"})
    yield Length(column, 0, there, ends["low"], ends["high"])
    yield Lengths(column, points, below, there)
    counts = data.one({name: having(column, name) for name in LETTERS})
    yield Characters(column, tuple((name, n) for name, n in counts.items() if n), there)
    shape = shape_of(data, column)
    if shape:
        yield Pattern(column, 0, there, shape)


def _orders(data: Relation) -> Iterator[Rule]:
    """Pairs of columns of which one is never above the other, where unrelated columns would often be."""
    groups: dict[str, list[str]] = {}
    for column, kind in data.kinds.items():
        if kind.ordered:
            groups.setdefault("numbers" if kind.numeric else kind.name, []).append(column)
    rules = [Order(first=one, then=other) for columns in groups.values() for one, other in _pairs(columns)]
    measured = {f"{at} {name}": sql for at, rule in enumerate(rules) for name, sql in rule.measures().items()}
    found = data.one(measured)  # all pairs in one pass
    kept = [
        replace(rule, of=found[f"{at} of"])
        for at, rule in enumerate(rules)
        if found[f"{at} of"] >= ENOUGH and not found[f"{at} breaking"]
    ]
    points = {name: _spread(data, name) for name in sorted({name for rule in kept for name in rule.needs()})}
    yield from (rule for rule in kept if _by_chance(points[rule.first], points[rule.then]) >= TELLING)


def _pairs(columns: list[str]) -> Iterator[tuple[str, str]]:
    if len(columns) <= MOST_ORDERED:
        yield from ((one, other) for one in columns for other in columns if one != other)


def _spread(data: Relation, column: str) -> list[float]:
    """Values at equal shares of the rows; of dates, in seconds."""
    value = quoted(column)
    number = f"epoch({value}::TIMESTAMP)" if data.kinds[column].name in ("date", "time") else f"{value}::DOUBLE"
    return list(_points(data, number, f"{value} IS NOT NULL AND isfinite(({number})::DOUBLE)")[0])


def _by_chance(first: list[float], then: list[float]) -> float:
    """The share of rows that would break the order if the two columns had nothing to do with each other."""
    return sum(a > b for a in first for b in then) / max(len(first) * len(then), 1)
