"""How does a model get better? Open by the book, then: diagnose → ask for edits → the most worthwhile → fit → gate.

Every decision is in the ledger before it is acted on, so a killed climb goes on where it stopped and comes to the same
end.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict

from naeum import values
from naeum.contract import Edit, Rung, Technique
from naeum.errors import NaeumError
from naeum.improve import gate, ladder, opening, planner
from naeum.improve.closing import close
from naeum.improve.examine import diagnosed, evidence, is_diagnosed
from naeum.improve.forecast import Forecast, belief, learned, seconds
from naeum.improve.ladder import rung_event, short
from naeum.improve.opening.around import FINISHING
from naeum.improve.planner import Plan
from naeum.improve.rung import climbed
from naeum.improve.site import Site
from naeum.improve.wishes import SKIP, Wished
from naeum.store import learners

OVERRUN = 1.5  # a fit may take this many times its forecast before it is cut short
LATEST = 0.93  # of the time: no fit of the loop runs past it, so that the run ends within its minutes
OPENING_SD = 0.5  # the book's steps may change the score by any amount: hardly shrunk

Order = Callable[[tuple[Plan, ...]], tuple[Plan, ...]]


def climb(site: Site, techniques: tuple[Technique, ...], order: Order = planner.by_worth) -> None:
    """Climb until time, rungs or ideas are used up, then close; Ctrl-C closes at once, the test part unopened.

    A wish from another shell to finish closes as time would; see `naeum.improve.wishes`.

    `order` says which of the planned edits comes first; others than the planner's own are there to measure it against.
    """
    try:
        _climbing(site, techniques, order)
    except KeyboardInterrupt:
        site.write("interrupted")
        site.wishes.closing = True
        site.say("note", text="Stopped by Ctrl-C: closing with the champion so far; the test part stays unopened.")
        close(site, techniques, interrupted=True)
        return
    site.wishes.closing = True
    close(site, techniques)


def _climbing(site: Site, techniques: tuple[Technique, ...], order: Order) -> None:
    """Rung after rung, until there is no more to try or someone wishes to finish."""
    while True:
        try:
            plan = _next(site, techniques, order)
            if plan is None:
                return
            _step(site, plan)
            site.wishes.heed()
        except Wished as wished:
            if wished.word != SKIP:  # to skip is heeded where a rung is fitted; here there is none
                site.say("note", text="Finishing as asked: closing with the champion so far.")
                return


def rungs_of(site: Site) -> tuple[Rung, ...]:
    """The rungs so far."""
    return ladder.rungs_of(site.ledger, site.folder, site.learner_kinds)


def _next(site: Site, techniques: tuple[Technique, ...], order: Order) -> Plan | None:
    """The decision that waits to be carried out, or a new one; None when the climb is over."""
    pending = _pending(site)
    if pending is not None:
        return pending
    rungs = rungs_of(site)
    if _enough(site, rungs):
        return None
    edit = opening.next_step(site, rungs)
    if edit is not None:
        plan = Plan(edit, _of_the_book(site, edit, rungs))
        return _decided(site, plan, len(rungs))
    champion = gate.choose(rungs, site.limits, site.metric.sign)
    if not is_diagnosed(site, champion):
        diagnosed(site, champion, rungs)
    plans = planner.proposals(site, evidence(site, champion, rungs), techniques)
    chosen = planner.choose(site, order(plans), champion)
    return None if chosen is None else _decided(site, chosen, len(rungs))


def _enough(site: Site, rungs: tuple[Rung, ...]) -> bool:
    """Whether the rungs or the wanted score are reached, or the time for fitting is over."""
    if site.options.rungs is not None and len(rungs) >= site.options.rungs:
        return True
    if rungs and site.options.stop_at is not None:
        best = gate.choose(rungs, site.limits, site.metric.sign)
        if site.metric.sign * (best.score - site.options.stop_at) >= 0:
            return True
    return site.timed and bool(rungs) and site.clock.elapsed() > LATEST * site.clock.budget


def _of_the_book(site: Site, edit: Edit, rungs: tuple[Rung, ...]) -> Forecast:
    """A step of the book has no belief worth the name, but for what is put around rungs; its seconds are forecast."""
    if rungs and edit.technique in ("blend", *FINISHING):
        return belief(site, edit, rungs, gate.choose(rungs, site.limits, site.metric.sign))
    return Forecast(0.0, OPENING_SD, seconds(site, edit.learner))


def _decided(site: Site, plan: Plan, number: int) -> Plan:
    """Write the decision down before it is acted on."""
    edit = plan.edit
    site.write(
        "decision",
        number=number,
        learner=learners.save(site.folder / "learners", edit.learner),
        learner_key=values.key(edit.learner),
        technique=edit.technique,
        reason=edit.reason,
        answers=edit.answers,
        parents=list(edit.parents),
        changed=list(edit.changed),
        forecast=asdict(plan.forecast),
    )
    return plan


def _pending(site: Site) -> Plan | None:
    """A decision without its rung: the process was killed, or Ctrl-C closed the climb, in between."""
    for event in reversed(list(site.ledger)):
        if event["event"] in ("rung", "failed"):
            return None
        if event["event"] == "decision":
            learner = learners.load(site.folder / "learners", event["learner"], site.learner_kinds)
            parents, changed = tuple(event["parents"]), tuple(event["changed"])
            edit = Edit(learner, changed, event["technique"], event["reason"], event["answers"], parents)
            return Plan(edit, Forecast(**event["forecast"]))
    return None


def _step(site: Site, plan: Plan) -> None:
    """Carry out one decision: a rung, or the reason why it could not be fitted."""
    rungs, edit = rungs_of(site), plan.edit
    champion = gate.choose(rungs, site.limits, site.metric.sign) if rungs else None
    what = {"technique": edit.technique, "reason": edit.reason, "seconds": plan.forecast.seconds}
    site.say("start", number=len(rungs), learner=short(edit.learner), **what)
    begun = site.clock.elapsed()
    try:
        rung = climbed(site, len(rungs), edit, champion, plan.forecast.to_json(), _until(site, plan))
    except Wished as wished:
        if wished.word != SKIP or not rungs:
            raise
        site.write("failed", number=len(rungs), technique=edit.technique, error="it was skipped by hand")
        site.say("note", text=f"{edit.technique} is skipped as asked; going on without.")
        return
    except (NaeumError, RuntimeError, ValueError, ArithmeticError, MemoryError) as error:
        # One edit that cannot be fitted must not end the climb; a full disk (OSError) must.
        reason = f"{type(error).__name__}: {error}"
        site.write("failed", number=len(rungs), technique=edit.technique, error=reason)
        site.say("note", text=f"{edit.technique} could not be fitted ({reason}); going on without.")
        if not rungs:
            raise
        return
    site.write(**rung_event(rung, site.folder))
    learned(site, rung, site.clock.elapsed() - begun)
    site.say("rung", rung=rung)


def _until(site: Site, plan: Plan) -> float:
    """The elapsed second at which a fit is cut short."""
    if not site.timed:
        return math.inf
    now, end = site.clock.elapsed(), LATEST * site.clock.budget
    return max(min(now + max(OVERRUN * plan.forecast.seconds, 5.0), end), now + 1.0)
