"""Does a step of the book fit into the time, and with how many epochs?"""

from __future__ import annotations

import dataclasses
import shutil
import time
from typing import Any

import numpy as np

from naeum import extras
from naeum.contract import Edit, Parts, subset
from naeum.errors import NaeumError
from naeum.improve import forecast
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site
from naeum.model.claims import claims

# A share that holds fewer epochs than these is raised to LONG_SHARE. On SST-2 the third epoch brought 1.2 points (0.870
# to 0.882 on 1,564 held-out rows), the refit on a fifth more rows, for which there is then no time, 0.2 to 0.4 points
# on SST-2 and CLINC150; that the second epoch brings no less than the third is taken for granted.
SHORT_EPOCHS, LONG_SHARE = 2.0, 0.65
CHEAP_SHARE = 0.25  # of the time, for anything that cannot be stopped half-way: linear models, the feature pass
FIRST_SHARE = 0.6  # of the time, for the first of them: something useful must come of every run
TRIAL_ROWS = 600  # on which such a fit is timed first
TRIAL_SIZES = (0.1, 0.25, 1.0)  # times those rows: one to load what is needed, two to tell what grows with the rows
LEAST_SLOPE = 0.4  # of the trial's time at least grows with the rows: two short times scatter
TRIAL_MARGIN = 1.3  # times what the trial foretells: columns and steps grow a little with the rows
LEAST_EPOCHS = 1.0  # fewer hardly leave the warm-up


def cheap(site: Site, learner: Any, name: str, reason: str, share: float = CHEAP_SHARE) -> Edit | Skip:
    """An edit that cannot be stopped half-way, if it ends within a share of the time."""
    if _to_time(site, learner):
        timed(site, learner)
        seconds = forecast.seconds(site, learner)
        learned = any(event["event"] == "rung" and event["number"] for event in site.ledger)
        most = (share if learned else FIRST_SHARE) * site.clock.budget
        if seconds > most:
            return Skip(f"It would take about {seconds:.0f} s; at most {most:.0f} s are for it.")
    return Edit(learner, ("",), name, reason, parents=(0,))


def _to_time(site: Site, learner: Any) -> bool:
    """Not where rungs are counted, nor a learner that is not for the task: `next_step` leaves that one out."""
    return site.timed and claims(learner, site.task)


def timed(site: Site, learner: Any) -> None:
    """Time a fit on a few rows where the rate of its family is not known; written down before it is used."""
    family, parts = forecast.family(learner), site.split.parts
    if family in forecast.rates(site) or len(parts.fit) < 2 * TRIAL_ROWS:
        return
    rng, took, whole = np.random.default_rng(site.options.seed), [], len(parts.fit)
    context = site.executor.context(learner, parts, site.options.seed)
    try:
        for rows in TRIAL_SIZES:
            where = np.sort(rng.choice(whole, round(rows * TRIAL_ROWS), replace=False))
            few = Parts(subset(parts.fit, where, f"trial of {len(where)}"), subset(parts.tune, [], "none"))
            begun = time.monotonic()
            learner.fit(few, context)
            took.append((len(where), time.monotonic() - begun))
    except (NaeumError, ValueError, ArithmeticError):
        return  # a few rows may be too few, or of one class: the nominal rate stays
    finally:
        shutil.rmtree(context.scratch, ignore_errors=True)
    (less, short), (more, long) = took[1:]
    slope = max((long - short) / (more - less), LEAST_SLOPE * long / more)  # a part does not grow with the rows
    site.write("rate", family=family, seconds=TRIAL_MARGIN * (slope + max(long - slope * more, 0.0) / whole))


def scheduled(site: Site, learner: Any, most: tuple[float, float], name: str, reason: str) -> Edit | Skip:
    """`learner` with as many epochs as a share of the time holds, by a few measured warm steps, or as it wants at most.

    Args:
        most: (share of the time, epochs).
    """
    if not extras.there("torch"):
        return Skip("It trains with the package torch, which is not installed.")
    if not _to_time(site, learner):
        return Edit(learner, ("",), name, reason, parents=(0,))
    fits = max(len(site.executor.folds), 1)
    allowed = min(most[0] * site.clock.budget, 0.8 * site.clock.left()) / fits
    rate = measured_rate(site, learner)
    rows = len(site.split.parts.fit)
    epochs = min(allowed / (rate * rows), most[1])
    if epochs < SHORT_EPOCHS:
        allowed = min(LONG_SHARE * site.clock.budget, 0.8 * site.clock.left()) / fits
        epochs = min(allowed / (rate * rows), max(epochs, SHORT_EPOCHS))
    if epochs < LEAST_EPOCHS:
        one = rate * rows * fits
        return Skip(f"One epoch would take about {one:.0f} s; {allowed * fits:.0f} s are for it.")
    optimization = dataclasses.replace(learner.optimization, epochs=round(epochs, 1))
    learner = dataclasses.replace(learner, optimization=optimization)
    return Edit(
        learner, ("",), name, f"{reason} {optimization.epochs:g} epochs fit its share of the time.", parents=(0,)
    )


def measured_rate(site: Site, learner: Any) -> float:
    """Seconds a row and epoch, from warm steps; measured once a family and written down before it is used."""
    name = forecast.family(learner)
    known = forecast.rates(site)
    if name not in known:
        from naeum.train import cost

        context = site.executor.context(learner, site.split.parts, site.options.seed)
        seconds = cost.estimate(learner, site.split.parts, context)
        known[name] = seconds / forecast.work(learner, len(site.split.parts.fit))
        site.write("rate", family=name, seconds=known[name])
    return known[name]
