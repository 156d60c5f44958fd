"""What will an edit cost, and what is it likely to bring? Said before it is fitted, kept beside what came.

The gain is a normal belief for each technique: a prior (see techniques/priors.py), updated by what it brought in this
run (conjugate normal update; the noise of what was seen is that of its paired interval). Seconds come from
measured rates: those of rungs that were fitted, else of a few warm steps, else of a nominal table.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from naeum import values
from naeum.contract import Edit, Parts, Rung
from naeum.improve.site import Site
from naeum.improve.techniques.editing import bare

# Seconds that measuring any rung takes beside its training (answers, bootstrap, cost), until one was measured here.
FIXED = 4.0
MEASURING = "measuring"  # the name of that among the rates
TRY_SD = 0.02  # spread of the tries of one technique in one run around their mean, of the relative gain: a guess
TRIAL = 0.8  # trainings a trial of a search takes, a guess: each costs a quarter first, and some are pruned there
Z95 = 1.96  # half the width of a 95 % interval, in standard errors
LEAST_REACH = 0.05  # of a member that counts nothing: a better one may come to count
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
    "sequence_network": 4e-3,  # an epoch
    "sequence_tagger": 6e-3,  # an epoch
    "table_network": 3e-5,  # an epoch
    "word_vectors": 3e-3,
    "tfidf_ridge": 6e-4,
    "pair_probe": 8e-3,
    "cross_encoder": 2e-2,  # an epoch
    "bi_encoder": 2e-2,  # an epoch
    "crf": 8e-3,
    "word_probe": 8e-3,
    "tuned_tagger": 1.2e-2,  # an epoch
    "span_ranker": 1e-2,
    "span_reader": 6e-2,  # an epoch
    "pair_linear": 2e-3,
    "prototypes": 4e-3,
    "contrastive": 1.2e-2,  # an epoch
    "image_linear": 2e-3,
    "table_linear": 2e-4,
    "boosting": 1e-3,
    "light_boosting": 5e-4,
    "forest": 1e-3,
    "adaboost": 2e-3,
    "image_network": 3e-3,  # an epoch
    "layers_of_teacher": 1e-2,  # an epoch
    "bottleneck": 1.5e-2,  # an epoch
}


@dataclass(frozen=True)
class Forecast:
    """What is believed of an edit before it is tried."""

    gain: float  # mean, in the metric's units
    gain_sd: float
    seconds: float
    reach: float = 1.0  # the share of the gain that comes through the blend around the edit

    @property
    def worth(self) -> float:
        """E[max(gain, 0)] a second: what trying it brings when a loss is simply not kept."""
        return expected_improvement(self.gain, self.gain_sd) / max(self.seconds, 1e-3)

    def to_json(self) -> dict[str, float]:
        """As the ledger keeps it."""
        return {"gain": self.gain, "gain_sd": self.gain_sd, "seconds": round(self.seconds, 3), "reach": self.reach}


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


def _children(value: Any) -> list[Any]:
    """The values directly inside a value."""
    nearest = [(at, node) for at, node in values.nodes(value) if at]
    learners = [(at, node) for at, node in nearest if hasattr(node, "fit")]
    return [node for at, node in learners if not any(at.startswith(f"{other}.") for other, _ in learners)]


def work(leaf: Any, rows: float) -> float:
    """Units of work of a leaf: rows times epochs."""
    optimization = getattr(leaf, "optimization", None)
    if optimization is None:
        return rows
    return rows * float(optimization.course.stop_after or optimization.epochs)


def family(leaf: Any) -> str:
    """Leaves with one rate: the same kind, base, tuning method or network, maximum length and rows of a step."""
    how, optimization = getattr(leaf, "tuning", getattr(leaf, "network", None)), getattr(leaf, "optimization", None)
    parts = [leaf.kind, getattr(leaf, "base", ""), getattr(how, "kind", ""), getattr(leaf, "max_length", "")]
    return "/".join(str(part) for part in (*parts, getattr(optimization, "batch_size", "")))


def rates(site: Site) -> dict[str, float]:
    """Seconds a unit of work, by family, from what was measured in this run; later measurements count."""
    found: dict[str, float] = {}
    if not site.timed:
        return found  # a run that counts rungs must not depend on how fast the machine was
    for event in site.ledger:
        if event["event"] == "rate":
            found[event["family"]] = float(event["seconds"])
    return found


def learned(site: Site, rung: Rung, took: float) -> None:
    """Write down how long a rung really took, for the forecasts after it.

    Args:
        took: seconds of fitting and measuring. The training rate is that of a rung with one learner of its own.
    """
    if site.timed:
        site.write("rate", family=MEASURING, seconds=max(took - rung.cost["seconds"], 0.0))
    leaf = rung.learner
    if site.timed and not _children(leaf):
        folds = [fold.parts.fit for fold in site.executor.folds] or [site.split.parts.fit]
        done = sum(work(leaf, len(fit)) for fit in folds)
        rate = rung.cost["seconds"] / done if done else 0.0
        if done and (rung.complete or rate > rates(site).get(family(leaf), 0.0)):  # cut short it is a lower bound
            site.write("rate", family=family(leaf), seconds=rate)


def seconds(site: Site, learner: Any) -> float:
    """Seconds to fit and measure a learner; what the store already holds costs nothing."""
    known, fits = rates(site), [fold.parts for fold in site.executor.folds] or [site.split.parts]

    def there(parts: Parts) -> Callable[[Any], bool]:
        return lambda node: site.executor.has(node, parts, site.options.seed)

    return known.get(MEASURING, FIXED) + sum(training(known, learner, len(one.fit), there(one)) for one in fits)


def training(
    known: Mapping[str, float], learner: Any, rows: float, fitted: Callable[[Any], bool] | None = None
) -> float:
    """Seconds to train all that a learner is made of on so many rows; equal parts are trained once.

    Args:
        known: seconds a unit of work, by family.
        fitted: whether a learner was fitted on these very rows; None: nothing was, and a search has decided, as when
            a champion is refitted.

    Example:
        >>> from naeum.model.floor import Majority
        >>> training({}, Majority(), 1000)
        0.0
    """
    found: dict[tuple[Any, bool], float] = {}

    def walk(node: Any, times: float, rows: float, plain: bool) -> None:
        if plain and fitted is not None and fitted(node):
            return
        besides = getattr(node, "besides", ())  # what else it trains, with how many passes over the rows
        for other, passes in besides:
            walk(other, times * passes, rows, False)
        inside = [child for child in _children(node) if child not in [other for other, _ in besides]]
        if not inside:
            rate = known.get(family(node), NOMINAL.get(node.kind, 1e-2))
            found[node, plain] = max(found.get((node, plain), 0.0), rate * work(node, rows) * times)
        more = getattr(node, "rows_factor", None)  # of a learner whose inner one learns from other rows than its own
        trials = getattr(node, "trials", 0) if fitted is not None else 0
        for child in inside:
            walk(child, times * max(1.0, TRIAL * trials), rows * (more or 1.0), plain and more is None and not trials)

    walk(learner, 1.0, rows, True)
    return sum(found.values())


def member_shares(site: Site, champion: Rung) -> tuple[float, ...]:
    """How much each member of the champion's blend counts, together one; nothing where the champion is no blend."""
    at, learner = bare(champion.learner)
    if learner.kind != "blend":
        return ()
    predictor: Any = site.executor.fitted(champion.artifact).predictor
    pool = predictor.inner if at else predictor
    shares = [0.0] * len(learner.members)
    for place, weight in zip(pool.places, pool.weights, strict=True):
        shares[place] = weight / sum(pool.weights)
    return tuple(shares)


def reach(edit: Edit, shares: tuple[float, ...]) -> float:
    """The share of an edit's gain that comes through the blend around it: what the edited members count there.

    Example:
        >>> from naeum.model.floor import Majority
        >>> reach(Edit(Majority(), ("inner.members.1.c",), "ngrams", ""), (0.8, 0.2))
        0.2
    """
    outer = (path.partition("members.")[2].split(".")[0] for path in edit.changed)  # a blend inside counts as one
    touched = {int(place) for place in outer if place}
    known = [shares[at] for at in touched if at < len(shares)]
    return max(sum(known), LEAST_REACH) if known else 1.0


def belief(site: Site, edit: Edit, rungs: tuple[Rung, ...], champion: Rung, shares: tuple[float, ...] = ()) -> Forecast:
    """The belief about an edit: prior, updated by what its technique brought in this run.

    Args:
        shares: what the members of the champion's blend count; see `member_shares`.
    """
    from naeum.improve.techniques.priors import prior

    error, share = headroom(site, champion), reach(edit, shares)
    start = prior(edit.technique)
    mean, variance = start.mean, start.sd**2
    for rung in rungs:
        if rung.technique == edit.technique and rung.forecast:
            through = rung.forecast.get("reach", 1.0) * error
            noise = (rung.gain_high - rung.gain_low) / (2 * Z95 * through)
            weight = variance / (variance + TRY_SD**2 + noise**2)
            mean, variance = mean + weight * (rung.gain / through - mean), variance * (1 - weight)
    spread = share * math.sqrt(variance) * error
    return Forecast(share * mean * error, spread, seconds(site, edit.learner), share)


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
