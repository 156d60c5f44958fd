"""What is tried first on tables?

A linear model, gradient boosting, extremely random trees: all in seconds on thousands of rows, and unlike enough to
blend; a network where rows are many.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from naeum.contract import Edit, Rung
from naeum.improve import forecast
from naeum.improve.opening.step import Skip, Step
from naeum.improve.opening.timing import cheap, scheduled, timed
from naeum.improve.site import Site
from naeum.model.around.columns import Columns, Group
from naeum.model.claims import claims
from naeum.model.image.linear import ImageLinear
from naeum.model.table.boosting import Boosting
from naeum.model.table.forest import Forest
from naeum.model.table.linear import TableLinear
from naeum.model.table.network import TableNetwork
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.ridge import TfidfRidge

FEW_ROWS, MANY_ROWS = 1_000, 20_000  # of fit: from and to which boosting wants other leaves
NETWORK_ROWS = 1_000  # of fit, from which a network joins
NETWORK_SHARE, NETWORK_EPOCHS = 0.15, 30.0  # of the time, and epochs at most, for a network
BOOSTED_SHARE = 0.35  # of the time, for boosted trees
LEAST_ROUNDS, MOST_RATE = 50, 0.3  # fewer rounds, or larger steps, are hardly boosting
APART = ("text", "image")  # kinds of columns with readers of their own
FEW = Boosting(leaves=8, least_rows=5)
MANY = Boosting(learning_rate=0.03, leaves=63, least_rows=10)
SPREAD = 10.0  # a number above 0 whose 95 % quantile is so many times its 5 % one is learned by its logarithm


def linear(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The linear model that trees must beat."""
    reason = "Columns side by side with a linear head: a second, and readable."
    return cheap(site, TableLinear(), "table_linear", reason)


def boosting(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Gradient boosting with the leaves that so many rows want."""
    rows = len(site.split.parts.fit)
    usual = FEW if rows < FEW_ROWS else MANY if rows >= MANY_ROWS else Boosting()
    reason = "Boosted trees: the best single model on most tables."
    learner = _in_time(site, usual)
    if learner == usual:
        return cheap(site, usual, "boosting", reason, BOOSTED_SHARE)
    return Edit(
        learner, ("",), "boosting", f"{reason} {learner.rounds} rounds fit its share of the time.", parents=(0,)
    )


def _in_time(site: Site, learner: Boosting) -> Boosting:
    """As many rounds as its share of the time holds; fewer ones mend more each."""
    if not site.timed or not claims(learner, site.task):
        return learner
    timed(site, learner)
    share = BOOSTED_SHARE * site.clock.budget / max(forecast.seconds(site, learner), 1e-9)
    if share >= 1:
        return learner
    rounds = max(LEAST_ROUNDS, int(share * learner.rounds))
    rate = min(learner.learning_rate * learner.rounds / rounds, MOST_RATE)
    return dataclasses.replace(learner, rounds=rounds, learning_rate=float(f"{rate:.1e}"))


def boosting_of_logarithms(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The same on the logarithm of a number that spreads over powers of ten."""
    fit = site.split.parts.fit
    if site.task.output != "number" or fit.truth is None:
        return Skip("It is for numbers.")
    known = np.asarray(fit.truth.to_numpy(), np.float64)[fit.target >= 0]
    low, high = np.quantile(known, (0.05, 0.95))
    if known.min() <= 0 or high < SPREAD * low:
        return Skip(f"It is for numbers above 0 that spread by more than {SPREAD:g} times; these do not.")
    usual = next((rung.learner for rung in rungs if rung.technique == "boosting"), Boosting())
    reason = f"The number spreads from {low:.3g} to {high:.3g}: by its logarithm, mistakes count as shares."
    return cheap(site, dataclasses.replace(usual, target="log"), "boosting_of_logarithms", reason, BOOSTED_SHARE)


def forest(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Extremely random trees."""
    reason = "The mean of extremely random trees: unlike boosting, so worth a blend."
    return cheap(site, Forest(how="extra"), "forest", reason)


def network(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A multilayer perceptron, its schedule ending at its share of the time."""
    rows = len(site.split.parts.fit)
    if rows < NETWORK_ROWS:
        return Skip(f"A network is for {NETWORK_ROWS} rows and more; there are {rows}.")
    reason = "A network over cells and pieces of numbers: smooth where trees step, so worth a blend."
    return scheduled(site, TableNetwork(), (NETWORK_SHARE, NETWORK_EPOCHS), "table_network", reason)


def columns(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Each kind of column read by what reads it best, the answers put together."""
    kinds = site.task.columns
    groups = {
        reads: tuple(name for name, kind in kinds.items() if (kind if kind in APART else "cells") == reads)
        for reads in (*APART, "cells")
    }
    if sum(bool(names) for names in groups.values()) < 2:
        return Skip("It is for rows that hold texts or images beside other columns.")
    boosted = next((rung.learner for rung in rungs if rung.technique == "boosting"), FEW)
    text = TfidfRidge() if site.task.output == "number" else TfidfLogistic()
    readers = {"text": text, "image": ImageLinear(), "cells": boosted}
    learner = Columns(tuple(Group(names, readers[reads]) for reads, names in groups.items() if names))
    reason = "Texts by their n-grams, images by their edges, cells by trees; then one answer of all."
    return cheap(site, learner, "columns", reason, BOOSTED_SHARE)


STEPS: tuple[tuple[str, Step], ...] = (
    ("table_linear", linear),
    ("boosting", boosting),
    ("boosting_of_logarithms", boosting_of_logarithms),
    ("forest", forest),
    ("table_network", network),
    ("columns", columns),
)
