"""Which columns go together, and which tell the target?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.report import words
from naeum.report.explored.figures import against, bars, draw, heat, pairs
from naeum.report.explored.view import Seen
from naeum.report.markup import Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section

CAUSE = (
    "Columns that go together need not cause each other: a third one may move both, and among many pairs some go"
    " together by chance."
)
MEASURES = {
    "pearson": "Pearson", "spearman": "Spearman", "cramers_v": "Cramér's V", "correlation_ratio": "correlation ratio",
}  # fmt: skip
MAPS = (("pearson", "numbers", "numbers"), ("spearman", "numbers", "numbers"), ("cramers_v", "words", "categories"))
TELLING = (
    "Mutual information of each column with the target, less what chance would bring; of numbers in twenty bins of"
    " equally many rows."
)
TOLD = 8  # telling columns with a bar


def target(view: Seen) -> Section | None:
    """What tells the target: mutual information, and the target against each of the most telling columns."""
    found = view.part("relations")
    if not found or not found.get("telling"):
        return None
    told = [one for one in found["telling"] if one["explained"] > 0][:TOLD]
    names, shares = [one["column"] for one in told], [100 * one["explained"] for one in told]
    drawn = draw("telling", "how much each column tells of the target", bars.figure, names, shares)
    cards = []
    for place, one in enumerate(found.get("against", ())):
        label = f"the target against {one['column']}"
        made = draw(f"against{place}", label, against.figure, one, rows=view.rows)
        if made:
            cards.append(tag("article", tag("h3", one["column"]), figure(made, _caption(one, view)), class_="card"))
    share = f"Share of the entropy of {view.profile.target} that each column alone takes away, in percent."
    beside = tag("div", tag("p", TELLING), _rules(found), tag("p", _drawn(found), class_="note"))
    body = join(
        tag("div", figure(drawn, share), beside, class_="beside"),
        tag("div", *cards, class_="cards") if cards else None,
    )
    return Section("target", f"What tells {view.profile.target}", "Target", body)


def relations(view: Seen) -> Section | None:
    """Heat maps, the strongest pairs, and the pair plot."""
    found = view.part("relations")
    if not found:
        return None
    maps = []
    for name, names, kind in MAPS:
        if found.get(name):
            label, signed = f"{MEASURES[name]} of every pair of {kind}", kind == "numbers"
            made = draw(f"heat{name.partition('_')[0]}", label, heat.figure, found[names], found[name], signed=signed)
            maps.append(figure(made, f"{label[:1].upper()}{label[1:]}."))
    ratios = found.get("ratio")
    if ratios and ratios[0]:
        label = "Correlation ratio: the share of each number's variance that lies between categories"
        made = draw("heatratio", label, heat.figure, found["words"], ratios, found["numbers"], signed=False)
        maps.append(figure(made, f"{label}."))
    body = join(
        tag("p", CAUSE),
        tag("p", _drawn(found), class_="note"),
        tag("div", *maps, class_="two"),
        _strong(found),
        _pairs(view, found),
    )
    return Section("relations", "Which columns go together", "Relations", body)


def _strong(found: Mapping[str, Any]) -> Markup | None:
    if not found["strong"]:
        return tag("p", "No pair of columns goes together strongly.")
    lines = [
        (" and ".join(one["columns"]), MEASURES[one["measure"]], words.number(one["value"])) for one in found["strong"]
    ]
    listed = table(("columns", "measure", "value"), lines, (2,))
    return folded(f"The strongest pairs ({len(lines)})", listed, opened=len(lines) <= TOLD)


def _pairs(view: Seen, found: Mapping[str, Any]) -> Markup | None:
    points = found.get("points")
    if not points:
        return None
    if not view.rows:
        return tag("p", "The pair plot shows single rows and was left out (--no-rows).", class_="note")
    drawn = draw("pairs", "scatter plots of the most telling numbers", pairs.figure, points)
    shown = min(points["rows"], pairs.DRAWN)
    more = f" {shown:,} rows were drawn at random." if shown < view.profile.rows else ""
    return join(
        tag("h3", "The most telling numbers against each other"),
        figure(drawn, f"Scatter plots, and histograms on the diagonal; colours are classes.{more}", "heat"),
    )


def _rules(found: Mapping[str, Any]) -> Markup | None:
    scored = [one for one in found["telling"] if "accuracy" in one][:TOLD]
    if not scored:
        return None
    lines = [(one["column"], words.percent(one["accuracy"]), words.percent(one["majority"])) for one in scored]
    return folded("How well one column alone answers", table(("column", "right", "most frequent class"), lines, (1, 2)))


def _caption(one: Mapping[str, Any], view: Seen) -> str:
    kind = one["kind"]
    if kind == "points":
        return f"{view.profile.target} against {one['column']}, {len(one['x']):,} rows drawn at random."
    if kind == "shares":
        return f"Shares of the classes for each value of {one['column']}."
    return "Median, quartiles, and 5 % to 95 % of the rows."


def _drawn(found: Mapping[str, Any]) -> str:
    verb = "was" if found["left_out"] == 1 else "were"
    left = f" {words.count(found['left_out'], 'column')} {verb} left out of the maps." if found["left_out"] > 0 else ""
    rows = f"of {found['rows']:,} rows drawn at random" if found["sampled"] else "of all rows"
    return f"Computed {rows}.{left}"
