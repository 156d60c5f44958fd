"""What is tried first, on every data set? The opening book.

Majority (the floor) → linear models → one feature pass and its probe, and a race where several base models are at hand
→ one fine-tune whose schedule ends at its share of the time (small networks where no base model reads the language) →
blend → calibrate. Each step is a rung like any other.
"""

from __future__ import annotations

import dataclasses
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.contract import Edit, Parts, Rung, subset
from naeum.errors import NaeumError
from naeum.improve import forecast, gate
from naeum.improve.site import Site
from naeum.improve.techniques.editing import as_member
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.floor import Majority
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.probe import Probe
from naeum.train.recipe import Optimization

TRAINED_SHARE = 0.36  # of the time, for the one fine-tune; its refit on all rows at the end needs as much again
# A share that holds fewer epochs than these is raised to LONG_SHARE. On SST-2 the third epoch brought 1.2 points (0.870
# to 0.882 on 1,564 held-out rows), the refit on a fifth more rows, for which there is then no time, 0.2 to 0.4 points
# on SST-2 and CLINC150; that the second epoch brings no less than the third is taken for granted.
SHORT_EPOCHS, LONG_SHARE = 2.0, 0.65
NETWORK_SHARE = 0.22  # of the time, for each small network where there is no base model
CHEAP_SHARE = 0.25  # of the time, for anything that cannot be stopped half-way: linear models, the feature pass
FIRST_SHARE = 0.6  # of the time, for the first of them: something useful must come of every run
TRIAL_ROWS = 600  # on which such a fit is timed first
TRIAL_SIZES = (0.1, 0.25, 1.0)  # times those rows: one to load what is needed, two to tell what grows with the rows
LEAST_SLOPE = 0.4  # of the trial's time at least grows with the rows: two short times scatter
TRIAL_MARGIN = 1.3  # times what the trial foretells: columns and steps grow a little with the rows
RACES = ("second_base", "third_base")  # steps that probe the base models after the first, best of the catalogue first
RACE_SHARE = 0.1  # of the time, for each
# Steps of 32 rows let a second learn one and a half times the rows that steps of 16 do: 327 against 218 a second on
# CLINC150, whose validation rows then score 0.972 against 0.969 (3 epochs, one seed each). Few rows need the steps.
MANY_ROWS, LARGE_BATCH = 3_000, 32
LARGE_RATE = 1.4  # times the learning rate for them: the root of the batch, as holds for Adam (Malladi et al. 2022)
# A head of many rows starts from nothing and wants larger steps: on the validation rows of CLINC150 (150 classes) 1e-4
# reached 0.968 where the usual 5e-5 reached 0.965; with two classes (SST-2) the larger one overfits.
MANY_CLASSES, MANY_RATE = 20, 2.0
LEAST_EPOCHS = 1.0  # fewer hardly leave the warm-up
# Rows that a schedule passes over, all epochs together, and its epochs at least and at most. On the development rows of
# SST-2 (6,200 rows to learn from) 3 epochs scored 0.888 at a log loss of 0.37; 4 epochs at a third more rate 0.881 at
# 0.49, 4 epochs with the word embeddings learning 0.878 at 0.45. One seed each. Few rows are passed over more often.
PASSED_ROWS, EPOCHS = 20_000, (3.0, 8.0)
NETWORK_EPOCHS = 8.0  # of a network from scratch at most: a guess, more were never tried


@dataclass(frozen=True)
class Skip:
    """Why a step of the book does not apply here."""

    reason: str


Step = Callable[[Site, tuple[Rung, ...]], "Edit | Skip"]


def floor(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The most frequent class."""
    return Edit(Majority(), ("",), "floor", "The floor: what always answering the most frequent class scores.")


def linear(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Words and character n-grams."""
    reason = "Words and character n-grams with logistic regression: quick, and hard to beat on many texts."
    return _cheap(site, TfidfLogistic(), "linear", reason)


def naive_bayes(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The same with naive-Bayes weights."""
    reason = "The same n-grams weighted by naive Bayes: often better on short texts, and unlike enough to blend."
    return _cheap(site, NaiveBayesLogistic(), "naive_bayes", reason)


def probe(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """One feature pass through the first base model."""
    if not site.bases:
        return Skip(f"No base model for {' and '.join(site.languages)} is at hand without a network.")
    reason = f"One pass through {site.bases[0]}, then a linear head: shows what the base model knows of this already."
    return _cheap(site, Probe(base=site.bases[0]), "probe", reason)


def raced(place: int) -> Step:
    """The step that probes the base model at `place` of those at hand, so that rows and not names choose."""

    def step(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
        if len(site.bases) <= place:
            at_hand = f"{len(site.bases)} base model{'' if len(site.bases) == 1 else 's'}"
            return Skip(f"{at_hand} for {' and '.join(site.languages)} at hand: there is none to race.")
        reason = f"A race of base models: the same head on {site.bases[place]} instead of {site.bases[0]}."
        return _cheap(site, Probe(base=site.bases[place]), RACES[place - 1], reason, RACE_SHARE)

    return step


def finetune(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The base model whose probe was best trained on these rows, its schedule ending at its share of the time."""
    if not site.bases:
        return Skip(f"No base model for {' and '.join(site.languages)} is at hand without a network.")
    probes = [rung for rung in rungs if rung.technique in ("probe", *RACES)]
    probes.sort(key=lambda rung: site.metric.sign * rung.tune_score)
    broken = gate.breaks(probes[-1].cost, site.options.limits) if probes else ()
    if broken:
        return Skip(f"A base model cannot hold the limits: its probe takes {broken[0]}.")
    learner = FineTuned(base=probes[-1].learner.base if probes else site.bases[0])
    learner = dataclasses.replace(learner, optimization=_for(site, learner.optimization))
    most = min(max(PASSED_ROWS / len(site.split.parts.fit), EPOCHS[0]), EPOCHS[1])
    reason = "The base model itself learns from these rows."
    return _scheduled(site, learner, (TRAINED_SHARE, most), "finetune", reason)


def _for(site: Site, usual: Optimization) -> Optimization:
    """The steps and the rate that so many rows and classes want."""
    rate, batch = usual.learning_rate, usual.batch_size
    if len(site.split.parts.fit) >= MANY_ROWS:
        rate, batch = rate * LARGE_RATE, LARGE_BATCH
    if len(site.task.classes) >= MANY_CLASSES:
        rate *= MANY_RATE
    return dataclasses.replace(usual, learning_rate=float(f"{rate:.1e}"), batch_size=batch)


def hashed(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Hashed n-gram embeddings trained on the spot."""
    if site.bases:
        return Skip(f"{site.bases[0]} reads this language; networks from scratch are for languages without one.")
    reason = "Hashed n-gram embeddings trained on these rows: no base model reads this language."
    return _scheduled(site, HashedNgrams(), (NETWORK_SHARE, NETWORK_EPOCHS), "hashed_ngrams", reason)


def convolution(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A character convolution trained on the spot."""
    if site.bases:
        return Skip(f"{site.bases[0]} reads this language; networks from scratch are for languages without one.")
    reason = "A character convolution trained on these rows: it sees spelling that words hide."
    return _scheduled(site, CharConvolution(), (NETWORK_SHARE, NETWORK_EPOCHS), "char_convolution", reason)


def blend(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """All unlike rungs together."""
    members = [rung for rung in rungs if rung.technique not in ("floor", "blend", "calibrate")]
    allowed = [rung for rung in members if not gate.breaks(rung.cost, site.options.limits)]
    if len(allowed) < 2:
        return Skip("A blend needs two unlike rungs that hold the limits.")
    learner = Blend(members=tuple(as_member(rung) for rung in allowed))
    reason = f"{len(allowed)} unlike models make unlike mistakes; their weighted vote makes fewer."
    return Edit(learner, ("",), "blend", reason, parents=tuple(rung.number for rung in allowed))


def calibrate(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A temperature, so that confidence is a probability."""
    best = gate.choose(rungs, site.options.limits, site.metric.sign)
    if best.learner.kind in ("calibrated", "majority"):
        return Skip("The champion is calibrated already." if best.number else "A floor has nothing to calibrate.")
    reason = "One temperature for the champion, so that its confidence is a probability."
    return Edit(Calibrated(inner=as_member(best)), ("",), "calibrate", reason, parents=(best.number,))


BOOK: tuple[tuple[str, Step], ...] = (
    ("floor", floor),
    ("linear", linear),
    ("naive_bayes", naive_bayes),
    ("probe", probe),
    *((name, raced(place)) for place, name in enumerate(RACES, 1)),
    ("finetune", finetune),
    ("hashed_ngrams", hashed),
    ("char_convolution", convolution),
    ("blend", blend),
    ("calibrate", calibrate),
)


def next_step(site: Site, rungs: tuple[Rung, ...]) -> Edit | None:
    """The next step of the book that applies; those that do not are written down with their reason.

    A run that goes on asks again for what was left out: it may have more time, or other limits.
    """
    seen = _seen(site)
    for name, step in BOOK:
        if name in seen:
            continue
        why = _excluded(site, name)
        found = Skip(why) if why else step(site, rungs)
        if isinstance(found, Edit):
            return found
        site.write("skipped", technique=name, reason=found.reason)
    return None


def _seen(site: Site) -> set[str]:
    """Steps that were decided on at any time, or left out since the last start."""
    decided: set[str] = set()
    skipped: set[str] = set()
    for event in site.ledger:
        if event["event"] == "run":
            skipped.clear()
        elif event["event"] in ("decision", "skipped"):
            (decided if event["event"] == "decision" else skipped).add(event["technique"])
    return decided | skipped


def _excluded(site: Site, name: str) -> str:
    if name == "floor":
        return ""  # every score is read against it
    if name in site.options.without:
        return "Left out by --without."
    return "Not among --only." if site.options.only and name not in site.options.only else ""


def _cheap(site: Site, learner: Any, name: str, reason: str, share: float = CHEAP_SHARE) -> Edit | Skip:
    """An edit that cannot be stopped half-way, if it ends within a share of the time."""
    if site.timed:
        _timed(site, learner)
        seconds = forecast.seconds(site, learner)
        learned = any(event["event"] == "rung" and event["number"] for event in site.ledger)
        most = (share if learned else FIRST_SHARE) * site.clock.budget
        if seconds > most:
            return Skip(f"It would take about {seconds:.0f} s; at most {most:.0f} s are for it.")
    return Edit(learner, ("",), name, reason, parents=(0,))


def _timed(site: Site, learner: Any) -> None:
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


def _scheduled(site: Site, learner: Any, most: tuple[float, float], name: str, reason: str) -> Edit | Skip:
    """`learner` with as many epochs as a share of the time holds, by a few measured warm steps, or as it wants at most.

    Args:
        most: (share of the time, epochs).
    """
    if not site.timed:
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
