"""naeum why: why was a rung tried, what did it change, why was it kept or not; why was a technique not tried?"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

import typer

from naeum import tongue, values
from naeum.cli.aloud import padded, tell
from naeum.cli.errors import said
from naeum.cli.flags import WITH
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.contract import Rung

BASES = "bases"  # asks for the choice of the base model


def why(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run."),
    what: str = typer.Argument(
        None, metavar="[NUMBER|TECHNIQUE|bases]", help="A rung, a technique, or bases. Default: every rung."
    ),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Answer in JSON, one object a line."),
    with_: list[str] | None = WITH,
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Say why a rung was tried, what it changed, and why it was kept or not; or why a technique was not tried."""
    with said(verbose):
        from naeum.cycle import open_run
        from naeum.report.view import View

        view = View(open_run(run, with_ or ()))
        answers = answer(view, what)
        if json:
            import json as writer

            for one in answers:
                print(writer.dumps(one, ensure_ascii=False))
        else:
            tell("\n\n".join(text(one) for one in answers))


def answer(view: Any, what: str | None) -> list[dict[str, Any]]:
    """One answer a rung or technique asked for.

    Raises:
        InputError: there is no such rung or technique.
    """
    rungs = view.ladder.rungs
    if what is None:
        return [of_rung(view, rung) for rung in rungs]
    if what.lstrip("#").isdigit():
        found = [rung for rung in rungs if rung.number == int(what.lstrip("#"))]
        if not found:
            raise InputError(
                f"a rung must be one of 0 … {len(rungs) - 1}; got {what}; see them all with: naeum why RUN"
            )
        return [of_rung(view, found[0])]
    if what == BASES:
        return of_bases(view)
    return of_technique(view, what.replace("-", "_"))


def of_rung(view: Any, rung: Rung) -> dict[str, Any]:
    """All that is known of a rung's why."""
    from naeum.report import words

    return {
        "rung": rung.number,
        "technique": rung.technique,
        "title": view.title(rung),
        "parents": list(rung.parents),
        "changed": list(words.changes(rung, view.ladder.rungs)),
        "reason": rung.reason,
        "answers": rung.answers,
        "metric": view.score_name,
        "score": rung.score,
        "interval": [rung.low, rung.high],
        "gain": rung.gain,
        "gain_interval": [rung.gain_low, rung.gain_high],
        "p_better": rung.p_better,
        "forecast": dict(rung.forecast) if words.forecast(rung) is not None else {},
        "cost": dict(rung.cost),
        "kept": rung.kept,
        "champion": rung.number == view.champion.number,
        "decision": rung.decision,
        "complete": rung.complete,
        "trials": [dict(trial) for trial in view.trials(rung)],
        "notes": list(view.ladder.remarks.get(rung.number, ())),
        "learner": values.to_json(rung.learner),
    }


def of_bases(view: Any) -> list[dict[str, Any]]:
    """The base models that were weighed, the likeliest first, with their points and reasons.

    Raises:
        InputError: none were: there is no text to read, or what reads it is not installed.
    """
    weighed = view.ladder.summary.get("weighed") or ()
    if not weighed:
        raise InputError(
            "base models must have been weighed to say why; this run has none: no text to read, or torch is missing"
        )
    return [{"base": one["name"], **one} for one in weighed]


def of_technique(view: Any, name: str) -> list[dict[str, Any]]:
    """The rungs a technique made, else why it made none."""
    rungs = [rung for rung in view.ladder.rungs if rung.technique == name]
    if rungs:
        return [of_rung(view, rung) for rung in rungs]
    from naeum.report import words

    failed = [
        {"reason": f"It was tried and could not be fitted: {event['error']}"}
        for event in view.ladder.events
        if event.get("event") == "failed" and event.get("technique") == name
    ]
    left = failed or [one for one in view.ladder.untried if one["technique"] == name]
    known = sorted({*view.titles, *(rung.technique for rung in view.ladder.rungs)})
    if not left and name not in known:
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
        guess = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        raise InputError(f"why must be asked of a rung's number or a technique; got {name!r}; {guess}")
    open_yet = "The run has not closed yet; what was left out is said when it closes."
    reason = left[0]["reason"] if left else open_yet
    return [{"technique": name, "title": words.title(name, view.titles), "tried": False, "reason": reason}]


def text(one: dict[str, Any]) -> str:
    """An answer in a few lines."""
    if "base" in one:
        place = "at hand" if one["at_hand"] else "to be fetched"
        said = "; ".join((*one["reasons"], *([one["breaks"]] if one["breaks"] else [])))
        return (
            f"{one['base']} ({place}, {one['size_mb']:.0f} MB, {one['licence']}): {one['points']:.2f} points\n  {said}"
        )
    if one.get("tried") is False:
        return f"{one['title']} ({one['technique']}) was not tried. {one['reason']}"
    from naeum.report import words

    state = "the champion" if one["champion"] else "kept" if one["kept"] else "not kept"
    made = f" from rung {', '.join(map(str, one['parents']))}" if one["parents"] else ""
    lines = [f"Rung {one['rung']}: {one['title']}{made}, {state}", f"  tried because  {one['reason']}"]
    lines += [f"  changed        {change}" for change in one["changed"]]
    bounds = words.interval(one["interval"][0], one["interval"][1], 4)
    lines.append(f"  {padded(tongue.said(one['metric'][:13]), 13)}  {words.number(one['score'], 4)} {bounds} on select")
    if one["parents"]:
        low, high = one["gain_interval"]
        gain = f"{words.signed(one['gain'], 4)} {words.signed_interval(low, high, 4)}"
        lines.append(f"  gain           {gain}, P(better) {words.number(one['p_better'], 2)}, estimated on select")
    lines += _forecast(one)
    lines.append(f"  cost           {_cost(one['cost'])}")
    lines += [] if one["complete"] else ["  cut short      by the clock; it is never reused"]
    lines.append(f"  decision       {one['decision']}")
    lines += [f"  note           {noted}" for noted in one["notes"]]
    lines += [f"  trial {at:<8} {_trial(trial)}" for at, trial in enumerate(one["trials"])]
    return "\n".join(lines)


def _forecast(one: dict[str, Any]) -> list[str]:
    from naeum.report import words

    told = one["forecast"]
    if told.get("gain") is None:
        return []
    spread = f" ± {words.number(told['gain_sd'], 4)}" if told.get("gain_sd") else ""
    return [f"  forecast       {words.signed(told['gain'], 4)}{spread} in {words.seconds(told.get('seconds'))}"]


def _trial(trial: dict[str, Any]) -> str:
    from naeum.report import words

    said = ", ".join(f"{name} {words.value(value)}" for name, value in trial["params"].items())
    return f"{said}: " + ("pruned" if trial.get("pruned") else words.number(abs(trial["score"]), 4))


def _cost(cost: dict[str, float]) -> str:
    from naeum.report import words

    return (
        f"{words.seconds(cost.get('seconds'))} to fit, {words.milliseconds(cost.get('latency_ms'))} a row, "
        f"{words.size(cost.get('size_mb'))} on disk"
    )
