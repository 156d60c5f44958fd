"""What will an edit cost, and what is it likely to bring? Said before it is fitted, kept beside what came.

The gain is a normal belief for each technique: a prior from recorded ladders, updated by what the technique brought in
this run (conjugate normal update, known variance). Seconds come from measured rates: those of rungs that were fitted,
else of a few warm steps, else of a nominal table.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from naeum import values
from naeum.contract import Edit, Rung
from naeum.improve.site import Site

FIXED = 2.0  # seconds that measuring any rung takes beside its training: answers, bootstrap, cost
# Spread of one observed relative gain around its technique's mean; makes one observation count a bit.
OBSERVED_SD = 0.05
TRIAL = 0.8  # trainings a trial of a search takes, a guess: each costs a quarter first, and some are pruned there
MEMBER = 0.5  # share of a member's gain that reaches the blend around it: a guess, until ladders are recorded
# Seconds a row (an epoch, for networks) where nothing was measured: cautious guesses for two cores, replaced by the
# first rung of each family.
NOMINAL = {
    "majority": 0.0,
    "tfidf_logistic": 6e-4,
    "nb_logistic": 6e-4,
    "probe": 4e-3,
    "finetuned": 1.2e-2,  # an epoch
    "char_convolution": 6e-3,  # an epoch
    "hashed_ngrams": 4e-4,  # an epoch
}


@dataclass(frozen=True)
class Forecast:
    """What is believed of an edit before it is tried."""

    gain: float  # mean, in the metric's units
    gain_sd: float
    seconds: float

    @property
    def worth(self) -> float:
        """E[max(gain, 0)] a second: what trying it brings when a loss is simply not kept."""
        return expected_improvement(self.gain, self.gain_sd) / max(self.seconds, 1e-3)

    def to_json(self) -> dict[str, float]:
        """As the ledger keeps it."""
        return {"gain": self.gain, "gain_sd": self.gain_sd, "seconds": round(self.seconds, 3)}


def expected_improvement(mean: float, sd: float) -> float:
    """E[max(g, 0)] for g ~ N(mean, sd²) (Jones, Schonlau & Welch 1998).

    Example:
        >>> round(expected_improvement(0.0, 1.0), 4)
        0.3989
    """
    if sd <= 0:
        return max(mean, 0.0)
    z = mean / sd
    return sd * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) + mean * 0.5 * (1 + math.erf(z / math.sqrt(2)))


def leaves(learner: Any, times: float = 1.0) -> tuple[tuple[Any, float], ...]:
    """The learners inside that train something of their own, with how often each is trained; equal ones count once.

    Example:
        >>> from naeum.model.floor import Majority
        >>> leaves(Majority())
        ((Majority(), 1.0),)
    """
    trials = getattr(learner, "trials", 0)
    inside = [child for child in _children(learner) if hasattr(child, "fit")]
    if not inside:
        return ((learner, times),)
    found: dict[Any, float] = {}
    for child in inside:
        for leaf, count in leaves(child, times * max(1.0, TRIAL * trials)):
            found[leaf] = max(found.get(leaf, 0.0), count)
    return tuple(found.items())


def _children(value: Any) -> list[Any]:
    """The values directly inside a value."""
    nearest = [(at, node) for at, node in values.nodes(value) if at]
    learners = [(at, node) for at, node in nearest if hasattr(node, "fit")]
    return [node for at, node in learners if not any(at.startswith(f"{other}.") for other, _ in learners)]


def work(leaf: Any, rows: int) -> float:
    """Units of work of a leaf: rows times epochs."""
    optimization = getattr(leaf, "optimization", None)
    return rows * (float(optimization.epochs) if optimization is not None else 1.0)


def family(leaf: Any) -> str:
    """Leaves with one rate: the same kind, base, tuning method and maximum length."""
    tuning = getattr(leaf, "tuning", None)
    parts = (leaf.kind, getattr(leaf, "base", ""), getattr(tuning, "kind", ""), getattr(leaf, "max_length", ""))
    return "/".join(str(part) for part in parts)


def rates(site: Site) -> dict[str, float]:
    """Seconds a unit of work, by family, from what was measured in this run; later measurements count."""
    found: dict[str, float] = {}
    if not site.timed:
        return found  # a run that counts rungs must not depend on how fast the machine was
    for event in site.ledger:
        if event["event"] == "rate":
            found[event["family"]] = float(event["seconds"])
    return found


def learned(site: Site, rung: Rung) -> None:
    """Write down how long a rung with one learner of its own really took, for the forecasts after it."""
    found = leaves(rung.learner)
    if site.timed and len(found) == 1 and found[0][0] == rung.learner:
        leaf = rung.learner
        folds = [fold.parts.fit for fold in site.executor.folds] or [site.split.parts.fit]
        done = sum(work(leaf, len(fit)) for fit in folds)
        rate = rung.cost["seconds"] / done if done else 0.0
        if done and (rung.complete or rate > rates(site).get(family(leaf), 0.0)):  # cut short it is a lower bound
            site.write("rate", family=family(leaf), seconds=rate)


def seconds(site: Site, learner: Any) -> float:
    """Seconds to fit and measure a learner; what the store already holds costs nothing."""
    known, parts = rates(site), site.split.parts
    fits = [fold.parts for fold in site.executor.folds] or [parts]
    total = FIXED
    for leaf, times in leaves(learner):
        for one in fits:
            fitted = site.executor.has(leaf, one, site.options.seed)
            rate = known.get(family(leaf), NOMINAL.get(leaf.kind, 1e-2))
            total += rate * work(leaf, len(one.fit)) * (times - fitted)
    return total


def belief(site: Site, edit: Edit, rungs: tuple[Rung, ...], champion: Rung) -> Forecast:
    """The belief about an edit: prior, updated by what its technique brought in this run."""
    from naeum.improve.techniques.priors import prior

    error = headroom(site, champion)
    start = prior(edit.technique)
    mean, variance = start.mean, start.sd**2
    for rung in rungs:
        if rung.technique == edit.technique and rung.forecast:
            seen = rung.gain / error
            weight = variance / (variance + OBSERVED_SD**2)
            mean, variance = mean + weight * (seen - mean), variance * (1 - weight)
    share = MEMBER if any("members" in path.split(".") for path in edit.changed) else 1.0
    return Forecast(share * mean * error, share * math.sqrt(variance) * error, seconds(site, edit.learner))


def headroom(site: Site, champion: Rung) -> float:
    """What a perfect model would gain over the champion, in the metric's units; gains are beliefs about its share."""
    best = site.metric.perfect
    return max(abs(best - champion.score), 1e-4)


def outcome_table(rungs: tuple[Rung, ...]) -> tuple[Mapping[str, float], ...]:
    """Forecast beside outcome of every edit that had a forecast."""
    return tuple(
        {
            "number": rung.number,
            "gain_forecast": rung.forecast["gain"],
            "gain_sd": rung.forecast["gain_sd"],
            "gain": rung.gain,
            "seconds_forecast": rung.forecast["seconds"],
            "seconds": rung.cost["seconds"],
        }
        for rung in rungs
        if rung.forecast
    )
