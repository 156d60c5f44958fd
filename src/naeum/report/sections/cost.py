"""What does a score cost, and is there a cheaper model that is nearly as good?"""

from __future__ import annotations

from naeum.contract import Rung
from naeum.report import figures, words
from naeum.report.figures.pareto import frontier
from naeum.report.markup import figure, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def cost(view: View) -> Section | None:
    """Score against milliseconds and megabytes, and the rungs that nothing beats."""
    drawn = figures.draw("pareto", view, "score against milliseconds a row and megabytes")
    if drawn is None:
        return None
    measured = [rung for rung in view.ladder.rungs if rung.cost.get("latency_ms", 0) > 0]
    best = frontier(view, measured, "latency_ms")
    head = ("rung", "technique", view.score_name, "ms a row", "rows a second", "MB", "memory", "fitted in")
    body = join(
        tag(
            "div",
            figure(drawn, "Score against cost. A dashed line is a limit that was set."),
            tag(
                "div",
                tag("p", "Each dot is a rung. Along the line nothing is both cheaper and better."),
                tag("p", _cheaper(view, best)),
            ),
            class_="beside",
        ),
        table(head, [_line(view, rung) for rung in best], (0, 2, 3, 4, 5, 6, 7)),
    )
    return Section("cost", "Score against cost", "Cost", body)


def _cheaper(view: View, best: list[Rung]) -> str:
    """The cheapest rung whose interval reaches the champion's score, in a sentence."""
    champion = view.champion
    near = [
        rung for rung in best
        if rung.number != champion.number and rung.low <= champion.score <= rung.high
        and rung.cost["latency_ms"] < 0.8 * champion.cost.get("latency_ms", 0)
    ]  # fmt: skip
    if not near:
        return "No clearly faster rung comes near the champion."
    rung = near[0]
    times = champion.cost["latency_ms"] / rung.cost["latency_ms"]
    away = words.number(abs(champion.score - rung.score))
    return f"Rung {rung.number} ({view.title(rung)}) answers {times:.1f} times as fast, {away} below the champion."


def _line(view: View, rung: Rung) -> tuple[str, ...]:
    cost = rung.cost
    return (
        str(rung.number), view.title(rung), words.number(rung.score), words.milliseconds(cost.get("latency_ms")),
        f"{cost['rows_per_second']:,.0f}" if "rows_per_second" in cost else words.NO_NUMBER,
        words.size(cost.get("size_mb")), words.size(cost.get("memory_mb")), words.seconds(cost.get("seconds")),
    )  # fmt: skip
