"""What holds each column: a card with its figure, its numbers and its outliers?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.report import words
from naeum.report.explored.figures import bars, draw, spread
from naeum.report.explored.figures.frame import compact, short
from naeum.report.explored.view import Seen
from naeum.report.markup import Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section

CARDS = 40  # columns with a card; of more a table is shown
LINES = 2_000  # columns in that table
FEW_VALUES = 50  # of a category that is shown where no value of a row may be: such values are not one row's
FARTHEST = 10  # outliers that a card lists


def columns(view: Seen) -> Section | None:
    """A card for each of the first columns, a table of the others."""
    found = view.columns
    if not found:
        return None
    target = view.profile.target
    names = sorted(found, key=lambda name: name != target)  # the target first, else the order of the file
    cards = [_card(view, place, name, found[name]) for place, name in enumerate(names[:CARDS])]
    rest = names[CARDS:]
    body = join(
        tag("div", *cards, class_="cards"),
        join(tag("h3", f"{words.count(len(rest), 'more column')}"), _table(rest[:LINES], found)) if rest else None,
    )
    return Section("columns", "Column by column", "Columns", body)


def _card(view: Seen, place: int, name: str, one: Mapping[str, Any]) -> Markup:
    role = f"{one['role']}, target" if name == view.profile.target else one["role"]
    drawn, caption = _drawn(view, place, name, one)
    return tag(
        "article",
        tag("h3", short(name, 60), " ", tag("span", role, class_="badge")),
        tag("p", _facts(view, one), class_="facts"),
        figure(drawn, caption),
        _outliers(view, one),
        class_="card",
    )


def _drawn(view: Seen, place: int, name: str, one: Mapping[str, Any]) -> tuple[str | None, str]:
    """The figure of a column and what it shows; none for texts and ids, and where it would show values of rows."""
    key = f"column{place}"
    if one["role"] == "number":
        return draw(key, f"how {name} is spread", spread.figure, one, rows=view.rows), _beyond(one)
    if one["role"] == "date" and one.get("year"):
        years = list(one["year"].items())[-bars.MOST :]
        made = draw(key, f"rows of {name} by year", bars.figure, [year for year, _ in years], [n for _, n in years])
        return made, "Rows by year, the latest."
    if one["role"] not in ("category", "boolean") or not one.get("top"):
        return None, ""
    if not view.rows and one["distinct"] > FEW_VALUES:
        return None, "Its values were left out (--no-rows)."
    top = one["top"]
    values, counts = [each["value"] for each in top], [each["rows"] for each in top]
    hidden = sum(counts[bars.MOST :]) + one.get("rest", 0)
    rest = f" {hidden:,} rows have other values." if hidden else ""
    return draw(key, f"values of {name}", bars.figure, values, counts), f"The most frequent values.{rest}"


def _beyond(one: Mapping[str, Any]) -> str:
    shape = one.get("histogram") or {}
    beyond = shape.get("below", 0) + shape.get("above", 0)
    said = "Histogram; above it the box of the quartiles, whiskers to 1.5 interquartile ranges, and outliers."
    return f"{said} {beyond:,} values lie beyond the axis." if beyond else said


def _facts(view: Seen, one: Mapping[str, Any]) -> str:
    said = [f"{one['distinct']:,} distinct" if one["exact"] else f"about {one['distinct']:,} distinct"]
    if one["missing"]:
        said.append(f"{words.percent(one['missing'] / max(view.profile.rows, 1))} missing")
    if one["role"] == "number" and one.get("mean") is not None:
        quantiles = one["quantiles"]
        said.append(f"mean {compact(one['mean'])} ± {compact(one['deviation'])}")
        said.append(
            f"median {compact(quantiles['0.5'])} ({compact(quantiles['0.25'])} to {compact(quantiles['0.75'])})"
        )
        said.append(f"from {compact(one['least'])} to {compact(one['most'])}")
        said.append(f"skew {compact(one['skew'])}")
        said += [f"{one['zeros']:,} zeros"] if one["zeros"] else []
        said += [f"{one['infinite']:,} infinite"] if one["infinite"] else []
    elif one["role"] == "text":
        said.append(f"{one['chars']:.0f} characters on average, {one['longest']:,} at most")
    elif one.get("least") is not None and one["role"] == "date":
        said.append(f"from {str(one['least'])[:10]} to {str(one['most'])[:10]}")
    if one.get("unfit"):
        said.append(f"{one['unfit']['count']:,} values of another type")
    return " · ".join(said)


def _outliers(view: Seen, one: Mapping[str, Any]) -> Markup | None:
    count = one.get("below", 0) + one.get("above", 0)
    if one["role"] != "number" or not count:
        return None
    share = words.percent(count / max(one["count"], 1))
    where = (
        f"{one['below']:,} below {compact(one['low_fence'])} and {one['above']:,} above {compact(one['high_fence'])}"
    )
    title = f"{words.count(count, 'outlier')} ({share}), {where}"
    if not view.rows:
        return tag("p", f"{title}.", class_="facts")
    lines = [(f"{each['row']:,}", f"{each['value']:,.6g}") for each in one["farthest"][:FARTHEST]]
    return folded(title, table(("row (from 0)", "value"), lines, (0, 1)))


def _table(names: list[str], found: Mapping[str, Mapping[str, Any]]) -> Markup:
    lines = []
    for name in names:
        one = found[name]
        known = one.get("mean") is not None
        numbers = [compact(one[key]) if known else "" for key in ("mean", "least", "most")]
        lines.append((short(name, 60), one["role"], f"{one['distinct']:,}", f"{one['missing']:,}", *numbers))
    return table(("column", "role", "distinct", "missing", "mean", "least", "most"), lines, (2, 3, 4, 5, 6))
