"""How good were the forecasts that decided what to try next?"""

from __future__ import annotations

from naeum.contract import Rung
from naeum.report import words
from naeum.report.markup import Content, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def forecasts(view: View) -> Section | None:
    """What was forecast of each edit before its fit, beside what came."""
    told = [rung for rung in view.ladder.rungs if words.forecast(rung) is not None]
    if not told:
        return None
    head = ("rung", "technique", "gain forecast", "gain", "inside ±2 sd", "seconds forecast", "seconds")
    inside = [bool(_inside(rung)) for rung in told if _inside(rung) is not None]
    said = f" {sum(inside)} of {len(inside)} outcomes lie within two standard deviations." if inside else ""
    body = join(
        tag("p", f"Before a fit the planner writes down what it should bring and cost.{said}"),
        table(head, [_line(view, rung) for rung in told], (0, 2, 3, 5, 6)),
    )
    return Section("forecasts", "Forecasts and outcomes", "Forecasts", body)


def _inside(rung: Rung) -> bool | None:
    spread = rung.forecast.get("gain_sd")
    return None if not spread else abs(rung.gain - rung.forecast["gain"]) <= 2 * spread


def _line(view: View, rung: Rung) -> tuple[Content, ...]:
    spread, inside = rung.forecast.get("gain_sd"), _inside(rung)
    return (
        str(rung.number),
        view.title(rung),
        words.signed(rung.forecast["gain"]) + (f" ± {words.number(spread)}" if spread else ""),
        words.signed(rung.gain),
        words.NO_NUMBER if inside is None else "yes" if inside else "no",
        words.seconds(rung.forecast.get("seconds")),
        words.seconds(rung.cost.get("seconds")),
    )
