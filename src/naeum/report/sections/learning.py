"""What would twice the data bring?"""

from __future__ import annotations

from typing import Any

from naeum.report import figures, words
from naeum.report.markup import figure, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def learning(view: View) -> Section | None:
    """The learning curve with its law, its end and twice the data."""
    drawn = figures.draw("curve", view, "error against rows learned from, with the fitted power law")
    if drawn is None:
        return None
    said = "Measured with a cheap learner at growing sizes; dashed: what the law expects beyond the data."
    body = tag("div", figure(drawn, said), tag("div", tag("p", say(view.ladder.curve))), class_="beside")
    return Section("curve", "Would more data help?", "More data", body)


def say(curve: dict[str, Any]) -> str:
    """What twice the data and endless data would bring, in sentences."""
    now = float(curve["errors"][-1])
    said = []
    double = curve.get("at_double")
    if double is not None:
        bounds = words.interval(curve.get("at_double_low"), curve.get("at_double_high"))
        size = words.count(2 * int(curve["sizes"][-1]), "row")
        said.append(
            f"With twice the data ({size}) the error would go from {words.number(now)} to about "
            f"{words.number(double)} {bounds}".rstrip()
            + "."
        )
    end = curve.get("asymptote")
    if end is not None:
        bounds = words.interval(curve.get("asymptote_low"), curve.get("asymptote_high"))
        said.append(f"However much is added, it would not fall below about {words.number(end)} {bounds}".rstrip() + ".")
    return " ".join(said) or "The measured errors do not follow a law closely enough to look beyond the data."
