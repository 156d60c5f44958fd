"""How does a climb end? Refit on all rows, open the test part once, and say what made the difference.

The recipe is refitted with all its tuning frozen (epochs, thresholds, temperature, weights) on fit + tune + select:
rows are not wasted. The one opening scores it beside the measured champion, and it is shipped unless that speaks
against it.
"""

from __future__ import annotations

import dataclasses
import math
import shutil
from typing import Any

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Outputs, Rung, Technique, subset
from naeum.errors import NaeumError
from naeum.improve import folded, gate, planner, telling
from naeum.improve.estimate import estimated
from naeum.improve.examine import diagnosed, evidence, is_diagnosed
from naeum.improve.executor import Fit
from naeum.improve.ladder import rungs_of
from naeum.improve.site import Site

AGAINST = 0.1  # P(refit better) below which the test speaks against shipping the refit
# Past champions that are scored beside the last one, the newest: each costs a pass over the test part.
COMPARED = 6


def close(site: Site, techniques: tuple[Technique, ...], *, interrupted: bool = False) -> None:
    """End the climb; what was done already is not done again."""
    events = [event["event"] for event in site.ledger]
    since = len(events) - 1 - events[::-1].index("run")
    done = set(events[since:])
    rungs = rungs_of(site.ledger, site.folder, site.learner_kinds)
    if not rungs or "done" in done:
        return
    champion = gate.choose(rungs, site.limits, site.metric.sign)
    if not interrupted and not is_diagnosed(site, champion):
        diagnosed(site, champion, rungs)
    if "refit" not in done and not interrupted:
        (_bag if site.options.bag else _refit)(site, champion)
    if "test" not in done and not interrupted and site.split.test is not None:
        _open(site, champion, rungs)
    if site.split.test is None and site.executor.folds:
        site.write("estimate", **estimated(site, rungs))
    _ship(site, champion)
    known = evidence(site, champion, rungs)
    untried = planner.untried(site, known, techniques, planner.proposals(site, known, techniques))
    site.write(
        "closing",
        champion=champion.number,
        why=telling.why(site, rungs, champion),
        forecast=telling.forecast(site, rungs, champion),
        untried=[dataclasses.asdict(one) for one in untried],
    )
    site.write("done")
    site.clock.keep()
    shutil.rmtree(site.folder / "scratch", ignore_errors=True)  # half-trained models of what was skipped or failed


def _refit(site: Site, champion: Rung) -> None:
    """The champion's recipe on every row but test, where time allows."""
    seconds = planner.refit_seconds(site, champion)
    left = _left(site, champion)
    if champion.number == 0 or seconds * planner.REFIT_MARGIN > left:
        _not_refitted(site, champion, "the floor needs none" if champion.number == 0 else _lacks(seconds, left))
        return
    site.say("close", text=f"Refitting rung {champion.number} on all rows but test (about {seconds:.0f} s).")
    parts, until = site.everything, site.clock.elapsed() + left
    try:
        learner = site.executor.fitted(champion.artifact).predictor.decided(champion.learner)
        again = site.executor.fit(learner, parts, site.options.seed, until)
    except (NaeumError, RuntimeError, ValueError, ArithmeticError, MemoryError) as error:
        # The measured champion is there and ships; a full disk (OSError) must end the run.
        _not_refitted(site, champion, f"{type(error).__name__}: {error}")
        return
    if not again.complete:
        _not_refitted(site, champion, "the time ended before it")
        return
    reason = f"Refitted on {len(parts.fit):,} rows with all tuning decided before."
    site.write("refit", artifact=again.key, number=champion.number, reason=reason)


def _bag(site: Site, champion: Rung) -> None:
    """A model a fold, and their mean, in place of the refit, where time and limits allow."""
    parts = site.everything
    seconds, left = planner.refit_seconds(site, champion), _left(site, champion)
    if champion.number == 0 or seconds * planner.REFIT_MARGIN > left:
        _not_bagged(site, champion, "the floor needs none" if champion.number == 0 else _lacks(seconds, left))
        return
    try:
        models = folded.folded(site, champion, parts.fit, site.clock.elapsed() + left)
    except (NaeumError, RuntimeError, ValueError, ArithmeticError, MemoryError) as error:
        _not_bagged(site, champion, f"{type(error).__name__}: {error}")
        return
    key, broken = folded.bagged(site, champion, models)
    if broken or not models.complete:
        _not_bagged(site, champion, f"it breaks a limit: {'; '.join(broken)}" if broken else "the time ended before it")
        return
    reason = f"The mean of {len(models.fits)} models, each fitted without a fold of {len(parts.fit):,} rows."
    site.write("refit", artifact=key, number=champion.number, reason=reason)


def _not_bagged(site: Site, champion: Rung, reason: str) -> None:
    site.say("note", text=f"No bag of fold models was made: {reason}.")
    site.write("refit", artifact="", number=champion.number, reason=f"No bag of fold models: {reason}.")


def _left(site: Site, champion: Rung) -> float:
    """Seconds for the refit: it and the measured champion must both still answer the test part."""
    return site.clock.left() - 2 * planner.test_seconds(site, champion) if site.timed else math.inf


def _lacks(seconds: float, left: float) -> str:
    return f"it needs {seconds:.0f} s, {left:.0f} s are left"


def _not_refitted(site: Site, champion: Rung, reason: str) -> None:
    site.write("refit", artifact="", number=champion.number, reason=f"Not refitted on all rows: {reason}.")


def _open(site: Site, champion: Rung, rungs: tuple[Rung, ...]) -> None:
    """Open the test part: floor, past champions, the last one and its refit, scored together on paired rows."""
    test = site.split.test
    if test is None or not (test.target >= 0).any():
        return
    seen = sum(event["event"] == "test" for event in site.ledger) + 1
    site.say("close", text=f"Opening the test part ({len(test):,} rows; seen {seen} time{'s' if seen > 1 else ''}).")
    fits = {rung.number: site.executor.fitted(rung.artifact) for rung in _compared(site, rungs, champion)}
    answers = {number: site.executor.answers(fit, test) for number, fit in fits.items()}
    refit = _refitted(site)
    found: dict[str, Any] = {
        "metric": site.metric.name,
        "rows": int((test.target >= 0).sum()),
        "measured": _scored(site, answers[champion.number], test),
        "floor": _scored(site, answers[0], test),
        "compared": _paired(site, answers, champion, test),
        "refit": None,
    }
    best = answers[champion.number]
    if refit is not None:
        again = site.executor.answers(refit, test)
        found["refit"] = {**_scored(site, again, test), **_gain(site, again, best, test)}
        if found["refit"]["p_better"] >= AGAINST:
            best = again
    leaked = site.split.leaked.get("test")
    found |= {**_scored(site, best, test), **_gain(site, best, answers[0], test), "number": champion.number}
    found["without_leaks"] = None if leaked is None or not len(leaked) else _without(site, best, test, leaked)
    site.write("test", **found)
    site.say("test", test={**found, "seen": seen})


def _compared(site: Site, rungs: tuple[Rung, ...], champion: Rung) -> tuple[Rung, ...]:
    """Floor, past champions and the last one; of past ones the newest, as many as the time that is left can answer."""
    past = [rung for rung in gate.champions(rungs) if rung.number not in (0, champion.number)][-COMPARED:]
    left = site.clock.left() - 2 * planner.test_seconds(site, champion) if site.timed else math.inf
    chosen: list[Rung] = []
    for rung in reversed(past):
        left -= planner.test_seconds(site, rung)
        if left > 0:
            chosen.insert(0, rung)
    return (rungs[0], *chosen, *([champion] if champion.number else []))


def _refitted(site: Site) -> Fit | None:
    last = site.ledger.last("refit")
    return site.executor.fitted(last["artifact"]) if last.get("artifact") else None


def _scored(site: Site, outputs: Outputs, data: Dataset) -> dict[str, float]:
    from naeum.measure import bootstrap

    found = bootstrap(site.metric, outputs, data, seed=site.options.seed)
    return {"value": found.value, "low": found.low, "high": found.high}


def _gain(site: Site, better: Outputs, worse: Outputs, data: Dataset) -> dict[str, float]:
    from naeum.measure import paired

    found = paired(site.metric, better, worse, data, seed=site.options.seed)
    p = 2 * min(found.p_better, 1 - found.p_better)
    return {
        "gain": found.gain, "gain_low": found.low, "gain_high": found.high, "p": p, "p_better": found.p_better,
    }  # fmt: skip


def _paired(site: Site, answers: dict[int, Outputs], champion: Rung, test: Dataset) -> list[dict[str, float]]:
    """Every compared rung with the champion's proven gain over it; p values held together by Holm's method."""
    from naeum.measure import holm

    others = [number for number in answers if number != champion.number]
    gains = [_gain(site, answers[champion.number], answers[number], test) for number in others]
    adjusted: Any = holm([gain["p"] for gain in gains]) if gains else []
    return [
        {"rung": number, **_scored(site, answers[number], test), **gain, "p_holm": float(p)}
        for number, gain, p in zip(others, gains, adjusted, strict=True)
    ]


def _without(site: Site, outputs: Outputs, test: Dataset, leaked: Any) -> dict[str, float]:
    """The score without the test rows that (nearly) stand in fit, too."""
    kept = np.flatnonzero(~sets.isin(test.ids, leaked))
    if not len(kept):
        return {"rows": 0.0}
    part = subset(test, kept, f"{test.key}/without")
    answers = dataclasses.replace(outputs, scores=outputs.scores[kept])
    return {**_scored(site, answers, part), "rows": float(len(kept))}


def _ship(site: Site, champion: Rung) -> None:
    """Name the artifact that answers from now on."""
    refit = site.ledger.last("refit")
    test = site.ledger.last("test")
    again = refit.get("artifact") if refit.get("number") == champion.number else ""
    against = bool(again and (test.get("refit") or {}).get("p_better", 1.0) < AGAINST)
    artifact = again if again and not against else champion.artifact
    what = "bag of fold models" if site.options.bag else "refit on all rows"
    worse = f"The {what} scored worse on test; the measured one ships."
    reason = worse if against else refit.get("reason", "")
    site.write("ship", artifact=artifact, number=champion.number, reason=reason)
