"""What is tried next? Among the edits that fit the time, the one with the largest E[max(gain, 0)] a second."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from naeum import values
from naeum.contract import Edit, Evidence, Rung, Task, Technique
from naeum.data.plan import FOLDS
from naeum.improve import forecast
from naeum.improve.forecast import Forecast
from naeum.improve.site import Site
from naeum.model.claims import claims

CLOSING = 0.15  # of the time is kept for closing: combine, open the test part, write the report
REFIT_MARGIN = 1.15  # the refit may take this many times its forecast before the time is judged too short
AFTER = 0.04  # of the time, after the refit: the report and the last writes
REFIT_MOST = 0.45  # of the time may be kept for the final refit on all rows; above it the refit is left out
# An edit must promise at least this much to be worth a rung, in the metric's units; and, where that is more, a tenth of
# what one row of select counts: below it nothing could be seen of it.
LEAST, LEAST_ROWS = 2e-5, 0.1


@dataclass(frozen=True)
class Plan:
    """An edit with its forecast."""

    edit: Edit
    forecast: Forecast


@dataclass(frozen=True)
class Untried:
    """A technique that was not tried, and why."""

    technique: str
    reason: str


def proposals(site: Site, evidence: Evidence, techniques: tuple[Technique, ...]) -> tuple[Plan, ...]:
    """Every edit of the champion that was not tried yet, with its forecast."""
    tried = {event["learner_key"] for event in site.ledger if event["event"] == "decision"}
    shares = forecast.member_shares(site, evidence.champion)
    found: dict[str, Plan] = {}
    for technique in techniques:
        if allowed(site, technique):
            for edit in technique.propose(evidence.champion, evidence):
                key = values.key(edit.learner)
                fresh = key not in tried and key not in found
                if fresh and claims(edit.learner, site.task) and not _twins(edit.learner):
                    belief = forecast.belief(site, edit, evidence.rungs, evidence.champion, shares)
                    found[key] = Plan(edit, _boosted(belief, technique, evidence))
    return tuple(found.values())


def _twins(learner: Any) -> bool:
    """Whether two members of one blend are equal: an edit that makes a member like its neighbour adds nothing."""
    groups = (node.members for _, node in values.nodes(learner) if hasattr(node, "members"))
    return any(len(set(members)) < len(members) for members in groups)


def by_worth(plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
    """The largest E[max(gain, 0)] a second first."""
    return tuple(sorted(plans, key=lambda plan: -plan.forecast.worth))


def choose(site: Site, plans: tuple[Plan, ...], champion: Rung) -> Plan | None:
    """The first plan that fits the time and promises enough."""
    for plan in plans:
        if _promises(site, plan) and fits(site, plan, champion):
            return plan
    return None


def _promises(site: Site, plan: Plan) -> bool:
    rows = sum(len(fold.scored) for fold in site.executor.folds) or len(site.split.select)
    least = max(LEAST, LEAST_ROWS / max(rows, 1))
    return forecast.expected_improvement(plan.forecast.gain, plan.forecast.gain_sd) >= least


def fits(site: Site, plan: Plan, champion: Rung) -> bool:
    """Whether the plan can end before the time that closing needs."""
    return not site.timed or plan.forecast.seconds + reserve(site, champion) <= site.clock.left()


def reserve(site: Site, champion: Rung) -> float:
    """Seconds kept for closing: its share, or the refit on all rows and what follows, where that is affordable."""
    test, refit = 2 * test_seconds(site, champion) + oof_seconds(site, champion), refit_seconds(site, champion)
    closing = max(CLOSING * site.clock.budget, test)
    if refit > REFIT_MOST * site.clock.budget:
        return closing
    return max(closing, REFIT_MARGIN * refit + test + AFTER * site.clock.budget)


def test_seconds(site: Site, rung: Rung) -> float:
    """Seconds that one rung needs to answer the test part."""
    rows = 0 if site.split.test is None else len(site.split.test)
    return rows / max(rung.cost.get("rows_per_second", 1.0), 1e-3)


def refit_seconds(site: Site, champion: Rung) -> float:
    """Seconds that the champion's recipe needs on fit + tune + select, once or, for a bag, once a fold."""
    parts, folds = site.split.parts, site.executor.folds
    if folds and site.options.bag:
        return 0.0  # the models of the folds are there
    rows = len(parts.fit) + len(parts.tune) + (0 if folds else len(site.split.select))
    seconds = forecast.training(forecast.rates(site), champion.learner, rows)
    return (FOLDS - 1) * seconds if site.options.bag else seconds


def oof_seconds(site: Site, champion: Rung) -> float:
    """Seconds for out-of-fold answers, where they are asked for and no model a fold is made for another reason."""
    if not site.options.oof or site.options.bag or site.executor.folds:
        return 0.0
    return (FOLDS - 1) * refit_seconds(site, champion)


def allowed(site: Site, technique: Technique) -> bool:
    """Whether the user's --only and --without, and the shape of the task, let a technique be tried."""
    named = not site.options.only or technique.name in site.options.only
    return named and technique.name not in site.options.without and _suits(technique, site.task)


def _suits(technique: Technique, task: Task) -> bool:
    return task.shape in technique.shapes and task.output in technique.outputs


def untried(
    site: Site, evidence: Evidence, techniques: tuple[Technique, ...], plans: tuple[Plan, ...]
) -> tuple[Untried, ...]:
    """Why each technique without a rung was not tried."""
    done = {rung.technique for rung in evidence.rungs}
    found = {event["technique"]: event["reason"] for event in site.ledger if event["event"] == "skipped"}
    found |= {technique.name: _why_not(site, technique, evidence, plans) for technique in techniques}
    for event in site.ledger:
        if event["event"] == "failed":
            found[event["technique"]] = f"It could not be fitted: {event['error']}."
    return tuple(Untried(name, reason) for name, reason in found.items() if name not in done)


def _why_not(site: Site, technique: Technique, evidence: Evidence, plans: tuple[Plan, ...]) -> str:
    if not _suits(technique, site.task):
        return f"It is not for tasks that answer {site.task.output}."
    if not allowed(site, technique):
        return "Left out by --only or --without."
    own = [plan for plan in plans if plan.edit.technique == technique.name]
    if not own:
        codes = ", ".join(technique.answers)
        return f"It does not apply to the champion here{f'; it answers {codes}' if codes else ''}."
    plan = by_worth(tuple(own))[0]
    best = plan.forecast
    text = f"It would take about {best.seconds:.0f} s for an expected {best.gain:+.4f}"
    if not fits(site, plan, evidence.champion):
        closing = reserve(site, evidence.champion)
        return f"{text}; {site.clock.left():.0f} s are left, of which {closing:.0f} s close the run."
    return f"{text}; others promised more a second." if _promises(site, plan) else f"{text}: too little for a rung."


def _boosted(belief: Forecast, technique: Technique, evidence: Evidence) -> Forecast:
    """A technique that answers what was found is believed to bring twice as much as one tried blindly."""
    codes = {finding.code for finding in evidence.findings}
    named = {name for finding in evidence.findings for name in finding.answers}
    if technique.name in named or codes & set(technique.answers):
        return dataclasses.replace(belief, gain=belief.gain * 2 if belief.gain > 0 else belief.gain / 2)
    return belief
