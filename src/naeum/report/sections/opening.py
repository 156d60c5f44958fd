"""What does a reader see first? The champion, its score against the floor, what made the difference, what is next."""

from __future__ import annotations

from typing import Any

from naeum.report import words
from naeum.report.markup import Markup, join, tag
from naeum.report.view import View


def opening(view: View) -> Markup:
    """The first screen."""
    return tag(
        "header",
        tag("p", _eyebrow(view), class_="eyebrow"),
        tag("p", f"The champion, rung {view.champion.number} of {len(view.ladder.rungs) - 1}", class_="which"),
        tag("h1", words.learner(view.champion.learner)),
        tag("div", _score(view), _story(view), class_="first"),
        _tiles(view),
        class_="opening",
    )


def _eyebrow(view: View) -> str:
    summary = view.ladder.summary
    said = [str(summary.get("name") or view.ladder.folder.name), words.count(int(summary.get("rows", 0)), "row")]
    said.append(_answers(view))
    said.extend(str(language) for language in list(summary.get("languages", ()))[:3])
    return " · ".join(said)


def _answers(view: View) -> str:
    """What a row is answered with: one of the classes, several labels, a number, tags."""
    task = view.ladder.task
    count = len(task.classes)
    if task.output == "number":
        return f"a number: {task.target}"
    if task.output == "span":
        return f"answers from {task.inputs[-1]}"
    named = {"labels": ("label", "labels"), "tags": ("tag", "tags")}.get(task.output, ("class", "classes"))
    return words.count(count, *named)


OVER = "over rows; another seed of training is not in it"  # what the interval covers


def _score(view: View) -> Markup:
    """The score with its interval: on test where it was opened, else the estimate on select."""
    test, champion = view.ladder.test, view.champion
    if test is None:
        found: dict[str, Any] = {"value": champion.score, "low": champion.low, "high": champion.high}
        where = f"estimated {view.score_name}: the test part has not been opened"
        if view.ladder.estimate:
            found = view.ladder.estimate
            where = f"cross-validated {view.score_name}: there are too few rows for a test part"
        if view.ladder.options.get("no_test"):
            kind = "cross-validated" if view.ladder.estimate else "estimated"
            where = f"{kind} {view.score_name}: the run keeps no test part (--no-test)"
    else:
        found = test
        times = "opened once" if test.get("seen", 1) == 1 else f"seen {test['seen']} times"
        where = f"{view.score_name} on {words.count(int(test['rows']), 'test row')} ({times})"
    return tag(
        "div",
        tag("p", words.number(found["value"]), class_="big"),
        tag("p", where, class_="where"),
        tag("p", f"95 % interval {words.interval(found['low'], found['high'])} {OVER}", class_="interval"),
        _scale(view, found, (test or {}).get("floor")),
        _against(view, test),
        class_="score",
    )


def _scale(view: View, found: dict[str, Any], floor: dict[str, Any] | None) -> Markup:
    """A line from the floor to a faultless score with the champion's interval on it."""
    start = float(floor["value"]) if floor else view.ladder.rungs[0].score
    end = view.metric.perfect if view.metric is not None else float(found["high"])
    if abs(end - start) < 1e-9:
        return Markup("")

    def at(value: float) -> float:
        return 100 * min(max((value - start) / (end - start), 0.0), 1.0)

    low, high = sorted((at(found["low"]), at(found["high"])))
    said = f"from the floor {words.number(start)} to {words.number(end)}"
    return tag(
        "div",
        tag("span", class_="reach", style=f"left:0;width:{at(found['value']):.1f}%"),
        tag("span", class_="band", style=f"left:{low:.1f}%;width:{max(high - low, 0.5):.1f}%"),
        tag("span", class_="dot", style=f"left:{at(found['value']):.1f}%"),
        tag("span", f"floor {words.number(start)}", class_="from"),
        tag("span", f"faultless {words.number(end, 0)}", class_="to"),
        class_="scale", role="img", aria_label=said,
    )  # fmt: skip


def _against(view: View, test: dict[str, Any] | None) -> Markup:
    if not test or not test.get("floor") or test.get("gain") is None:
        return Markup("")
    less = ""
    if view.metric is not None:
        before, after = view.metric.error(float(test["floor"]["value"])), view.metric.error(float(test["value"]))
        less = f" {words.percent(1 - after / before, 0)} of the floor's error is gone." if before > after else ""
    bounds = words.signed_interval(test.get("gain_low"), test.get("gain_high"))
    first = _first_model(view, test)
    return tag("p", f"{words.signed(test['gain'])} {bounds} against the floor, paired.{less}{first}", class_="against")


def _first_model(view: View, test: dict[str, Any]) -> str:
    """The gain over the first rung that reads: the floor of a single class is easily beaten."""
    past = [one for one in test.get("compared", ()) if 0 < int(one["rung"]) < view.champion.number]
    if not past:
        return ""
    first = min(past, key=lambda one: int(one["rung"]))
    rung = next((rung for rung in view.ladder.rungs if rung.number == int(first["rung"])), None)
    bounds = words.signed_interval(first.get("gain_low"), first.get("gain_high"))
    name = "" if rung is None else f", the {words.learner(rung.learner).lower()}"
    return f" {words.signed(first['gain'])} {bounds} against rung {first['rung']}{name}."


def _story(view: View) -> Markup:
    ladder = view.ladder
    return tag(
        "div",
        tag("h2", "What made the difference"),
        tag("p", ladder.why or _so_far(view)),
        tag("h2", "What is next"),
        tag("p", ladder.forecast or "The run has not come to its end: go on with it to learn what more would bring."),
        class_="story",
    )


def _so_far(view: View) -> str:
    """What a run that was cut off has come to."""
    floor, champion = view.ladder.rungs[0], view.champion
    if champion.number == 0:
        return "Nothing beyond the floor has been kept yet."
    return f"So far the run went from {words.number(floor.score)} at the floor to {words.number(champion.score)}."


def _tiles(view: View) -> Markup:
    cost, rungs = view.champion.cost, view.ladder.rungs
    kept = sum(rung.kept for rung in rungs)
    tiles = (
        (words.milliseconds(cost.get("latency_ms")), "a row, 95th percentile"),
        (words.size(cost.get("size_mb")), "on disk"),
        (words.size(cost.get("memory_mb")), "of memory"),
        (f"{cost.get('rows_per_second', 0):,.0f}" if "rows_per_second" in cost else words.NO_NUMBER, "rows a second"),
        (words.seconds(view.seconds), "for the whole climb"),
        (f"{kept} of {len(rungs)}", "rungs kept"),
    )
    return tag("dl", *(join(tag("div", tag("dt", name), tag("dd", number))) for number, name in tiles), class_="tiles")
