"""What is tried first on texts?

Linear models → one feature pass and its probe, and a race where several base models are at hand → one fine-tune whose
schedule ends at its share of the time (small networks where no base model reads the language).
"""

from __future__ import annotations

import dataclasses
import math

from naeum.contract import Edit, Rung, Task
from naeum.improve import gate
from naeum.improve.opening.step import Skip, Step
from naeum.improve.opening.timing import cheap, scheduled
from naeum.improve.site import Site
from naeum.model.text.contrastive import Contrastive
from naeum.model.text.finetuned import CrossEncoder, FineTuned
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.ordinal import TfidfOrdinal
from naeum.model.text.pair_linear import PairLinear
from naeum.model.text.pairs import is_pair
from naeum.model.text.probe import PairProbe, Probe
from naeum.model.text.prototypes import Prototypes
from naeum.model.text.ridge import TfidfRidge
from naeum.train.recipe import Optimization

TRAINED_SHARE = 0.36  # of the time, for the one fine-tune; its refit on all rows at the end needs as much again
NETWORK_SHARE = 0.22  # of the time, for each small network where there is no base model
FEW_ROWS = 32  # a class: up to here pairs of rows teach an encoder more than the rows alone (Tunstall et al. 2022)
RACES = ("second_base", "third_base")  # steps that probe the base models after the first, best of the catalogue first
RACE_SHARE = 0.1  # of the time, for each
# Steps of 32 rows let a second learn one and a half times the rows that steps of 16 do: 327 against 218 a second on
# CLINC150, whose validation rows then score 0.972 against 0.969 (3 epochs, one seed each). Few rows need the steps.
MANY_ROWS, LARGE_BATCH = 3_000, 32
LARGE_RATE = 1.4  # times the learning rate for them: the root of the batch, as holds for Adam (Malladi et al. 2022)
# A head of many rows starts from nothing and wants larger steps: on the validation rows of CLINC150 (150 classes) 1e-4
# reached 0.968 where the usual 5e-5 reached 0.965; with two classes (SST-2) the larger one overfits.
MANY_CLASSES, MANY_RATE = 20, 2.0
# Rows that a schedule passes over, all epochs together, and its epochs at least and at most. On the development rows of
# SST-2 (6,200 rows to learn from) 3 epochs scored 0.888 at a log loss of 0.37; 4 epochs at a third more rate 0.881 at
# 0.49, 4 epochs with the word embeddings learning 0.878 at 0.45. One seed each. Few rows are passed over more often.
PASSED_ROWS, EPOCHS = 20_000, (3.0, 8.0)
NETWORK_EPOCHS = 8.0  # of a network from scratch at most: a guess, more were never tried


def linear(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Words and character n-grams."""
    if is_pair(site.task):
        reason = "N-grams that two texts share and do not share, and how alike they are, with a linear head."
        return cheap(site, PairLinear(ordered=site.task.output == "label"), "linear", reason)
    if site.task.output == "number":
        reason = "Words and character n-grams with ridge regression: quick, and hard to beat on many texts."
        return cheap(site, TfidfRidge(), "linear", reason)
    reason = "Words and character n-grams with logistic regression: quick, and hard to beat on many texts."
    return cheap(site, TfidfLogistic(), "linear", reason)


def ordinal_linear(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Proportional odds on the same n-grams, of classes in an order."""
    if set(site.task.columns.values()) != {"text"}:
        return Skip("It reads n-grams of texts.")
    reason = "The classes stand in an order: one direction and where each begins asks less of the rows than each alone."
    return cheap(site, TfidfOrdinal(), "ordinal_linear", reason)


def naive_bayes(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The same with naive-Bayes weights."""
    reason = "The same n-grams weighted by naive Bayes: often better on short texts, and unlike enough to blend."
    return cheap(site, NaiveBayesLogistic(), "naive_bayes", reason)


def probe(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """One feature pass through the first base model."""
    if not site.bases:
        return Skip(f"No base model for {' and '.join(site.languages)} is at hand without a network.")
    reason = f"One pass through {site.bases[0]}, then a linear head: shows what the base model knows of this already."
    return cheap(site, _probe(site.task)(base=site.bases[0]), "probe", reason)


def prototypes(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The nearest mean of a class, where rows are few."""
    if _rows_a_class(site) > FEW_ROWS or not site.bases:
        return Skip(f"It is for up to {FEW_ROWS} rows a class and a base model; a linear head learns more from many.")
    reason = "Few rows a class: the nearest mean vector asks least of them."
    return cheap(site, Prototypes(base=site.bases[0]), "prototypes", reason)


def contrastive(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The base model tuned on pairs of rows, where rows are few."""
    if _rows_a_class(site) > FEW_ROWS or not site.bases:
        return Skip(f"It is for up to {FEW_ROWS} rows a class and a base model; many rows teach it directly.")
    reason = "Few rows a class make many pairs: the base model learns which rows belong together."
    learner = Contrastive(base=site.bases[0])
    return scheduled(site, learner, (TRAINED_SHARE, learner.optimization.epochs), "contrastive", reason)


def _rows_a_class(site: Site) -> float:
    """Rows of fit over classes; no end where rows are not of one class each."""
    fit = site.split.parts.fit
    return len(fit) / max(len(site.task.classes), 1) if site.task.output == "label" else math.inf


def raced(place: int) -> Step:
    """The step that probes the base model at `place` of those at hand, so that rows and not names choose."""

    def step(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
        if len(site.bases) <= place:
            at_hand = f"{len(site.bases)} base model{'' if len(site.bases) == 1 else 's'}"
            return Skip(f"{at_hand} for {' and '.join(site.languages)} at hand: there is none to race.")
        reason = f"A race of base models: the same head on {site.bases[place]} instead of {site.bases[0]}."
        return cheap(site, _probe(site.task)(base=site.bases[place]), RACES[place - 1], reason, RACE_SHARE)

    return step


def finetune(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The base model whose probe was best trained on these rows, its schedule ending at its share of the time."""
    if not site.bases:
        return Skip(f"No base model for {' and '.join(site.languages)} is at hand without a network.")
    probes = [rung for rung in rungs if rung.technique in ("probe", *RACES)]
    probes.sort(key=lambda rung: site.metric.sign * rung.tune_score)
    broken = gate.breaks(probes[-1].cost, site.limits) if probes else ()
    if broken:
        return Skip(f"A base model cannot hold the limits: its probe takes {broken[0]}.")
    make = CrossEncoder if is_pair(site.task) else FineTuned
    learner = make(base=probes[-1].learner.base if probes else site.bases[0])
    learner = dataclasses.replace(learner, optimization=_for(site, learner.optimization))
    most = min(max(PASSED_ROWS / len(site.split.parts.fit), EPOCHS[0]), EPOCHS[1])
    reason = "The base model itself learns from these rows."
    return scheduled(site, learner, (TRAINED_SHARE, most), "finetune", reason)


def _probe(task: Task) -> type[Probe]:
    return PairProbe if is_pair(task) else Probe


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
    return scheduled(site, HashedNgrams(), (NETWORK_SHARE, NETWORK_EPOCHS), "hashed_ngrams", reason)


def convolution(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A character convolution trained on the spot."""
    if site.bases:
        return Skip(f"{site.bases[0]} reads this language; networks from scratch are for languages without one.")
    reason = "A character convolution trained on these rows: it sees spelling that words hide."
    return scheduled(site, CharConvolution(), (NETWORK_SHARE, NETWORK_EPOCHS), "char_convolution", reason)


STEPS: tuple[tuple[str, Step], ...] = (
    ("linear", linear),
    ("naive_bayes", naive_bayes),
    ("probe", probe),
    *((name, raced(place)) for place, name in enumerate(RACES, 1)),
    ("prototypes", prototypes),
    ("contrastive", contrastive),
    ("finetune", finetune),
    ("hashed_ngrams", hashed),
    ("char_convolution", convolution),
)
