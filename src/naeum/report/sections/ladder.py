"""How did the climb go: which rungs, from which, with which gain?"""

from __future__ import annotations

from typing import Any

from naeum.contract import Rung
from naeum.report import figures, words
from naeum.report.markup import Content, Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

SURE = 3  # decimals of a score
REFITTED, BAGGED = "Refitted on all rows but test", "As the mean of a model a fold"  # what is shipped
READING = (
    "A rung is a model that was fitted and measured. Each is an edit of the rungs it was made from, so every gain has "
    "a cause.",
    "Green marks the champion and all that it was made from. A full dot was kept, a hollow one was not.",
)


def ladder(view: View) -> Section:
    """The graph, the gains, the anytime curve, and every rung with its reason and decision."""
    graph = figures.draw("ladder", view, "the ladder of rungs, each with its score and what it changed")
    gains = figures.draw("gains", view, "the gain of every rung with its interval and its forecast")
    anytime = figures.draw("anytime", view, "the champion's score against time")
    looks = view.ladder.summary.get("looks")
    counted = f" The select part was looked at {words.count(int(looks), 'time')}." if looks else ""
    body = join(
        tag("div", figure(graph, "Score of each rung, with lines from the rungs it was made from."),
            tag("div", *(tag("p", said) for said in READING)), class_="beside"),
        tag("div",
            figure(gains, "Gain of each rung against the champion of its time. A gain whose line crosses zero may "
                   "be chance."),
            figure(anytime, "The best model at each moment. Full dots became champion."),
            class_="two"),
        tag("p", f"Gains on the select part are estimates: it was used to choose.{counted} The gains that are proven "
            "are those on the test part.", class_="note"),
        _proven(view),
        folded(f"All {words.count(len(view.ladder.rungs), 'rung')}: why each was tried, what was decided", _all(view)),
    )  # fmt: skip
    return Section("ladder", "The ladder", "Ladder", body)


def _proven(view: View) -> Markup:
    """The rungs that were scored together at the opening of the test part."""
    test = view.ladder.test
    if not test or not test.get("compared"):
        return Markup("")
    by_number = {rung.number: rung for rung in view.ladder.rungs}
    lines: list[tuple[Content, ...]] = []
    for one in test["compared"]:
        rung = by_number.get(int(one["rung"]))
        odds = one.get("p_holm")
        lines.append(
            (
                str(one["rung"]),
                view.title(rung) if rung else words.NO_NUMBER,
                words.number(one["value"], SURE),
                words.signed(one.get("gain"), SURE),
                words.signed_interval(one.get("gain_low"), one.get("gain_high"), SURE),
                words.NO_NUMBER if odds is None else "< 0.001" if odds < 0.001 else words.number(odds),
            )
        )
    head = ("rung", "technique", f"{view.score_name} on test", "champion's gain", "95 % interval", "p (Holm)")
    said = _remarks(test, bool(view.ladder.options.get("bag")))
    remarks = [tag("p", one, class_="note") for one in said]
    return join(tag("h3", "Proven on the test part"), table(head, lines, (0, 2, 3, 4, 5)), *remarks)


def _remarks(test: dict[str, Any], bag: bool) -> list[str]:
    """What else was scored at the opening: the refit on all rows, or the bag, and the test without leaked rows."""
    said = []
    refit, without = test.get("refit"), test.get("without_leaks")
    if refit and refit.get("gain") is not None:
        bounds = words.signed_interval(refit.get("gain_low"), refit.get("gain_high"), SURE)
        said.append(
            f"{BAGGED if bag else REFITTED}, with all tuning decided before, the champion scores "
            f"{words.number(refit['value'], SURE)}: {words.signed(refit['gain'], SURE)} {bounds} against the one "
            "that was measured on select."
        )
    if without and without.get("value") is not None:
        bounds = words.interval(without["low"], without["high"], SURE)
        said.append(
            "Without the test rows that (nearly) stand in the training rows, too: "
            f"{words.number(without['value'], SURE)} {bounds} on {words.count(int(without['rows']), 'row')}."
        )
    return said


def _all(view: View) -> Markup:
    return tag("ol", *(_rung(view, rung) for rung in view.ladder.rungs), class_="rungs", start="0")


def _rung(view: View, rung: Rung) -> Markup:
    state = "champion" if rung.number == view.champion.number else "kept" if rung.kept else "not kept"
    gain = f"gain {words.signed(rung.gain)} {words.signed_interval(rung.gain_low, rung.gain_high)}"
    facts = [f"{view.score_name} {words.number(rung.score)} {words.interval(rung.low, rung.high)}"]
    facts += [gain, f"P(better) {words.number(rung.p_better, 2)}"] if rung.parents else []
    facts.append(words.seconds(rung.cost.get("seconds")))
    facts += [] if rung.complete else ["cut short by the clock"]
    return tag(
        "li",
        tag("p", tag("strong", view.title(rung)), " ", tag("span", state, class_=f"badge {state.replace(' ', '-')}")),
        tag("p", "; ".join(words.changes(rung, view.ladder.rungs)), class_="changed"),
        tag("p", rung.reason),
        tag("p", " · ".join(facts), class_="facts"),
        tag("p", rung.decision, class_="decision"),
        *(tag("p", "Noted: ", said, class_="note") for said in view.ladder.remarks.get(rung.number, ())),
        _trials(view, rung),
    )


def _trials(view: View, rung: Rung) -> Markup:
    """The table of trials of a search."""
    trials = view.trials(rung)
    if not trials:
        return Markup("")
    names = list(dict.fromkeys(name for trial in trials for name in trial["params"]))
    lines: list[tuple[Content, ...]] = [
        (
            str(at),
            *(words.value(trial["params"].get(name)) for name in names),
            "pruned" if trial.get("pruned") else words.number(view.sign * trial["score"], 4),
        )
        for at, trial in enumerate(trials)
    ]
    said = words.count(len(trials), "trial")
    return folded(f"{said}, scored on tune", table(("trial", *names, "score"), lines, (0, len(names) + 1)))
