"""How far do fits of one recipe on resamples of its rows miss the truth together, and each other?

This is the bias and variance of the lecture. The squared error of a fit, averaged over fits and rows, falls apart
exactly: bias² is the squared distance of the mean answer from the truth (noise of the labels is in it), variance the
mean squared distance of a fit from the mean answer. It compares recipes; what more rows would bring is read from the
learning curve.

References:
    Geman, Bienenstock & Doursat 1992, "Neural networks and the bias/variance dilemma".
    Efron 1979, "Bootstrap methods: another look at the jackknife".
"""

from __future__ import annotations

import json
import shutil
import time
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Dataset, Ints, Outputs, Parts, subset
from naeum.errors import InputError
from naeum.improve import gate
from naeum.improve.ladder import RESAMPLES, rungs_of
from naeum.improve.site import Site
from naeum.store import write_atomic

Doubles = npt.NDArray[np.float64]
LEAST, MOST = 2, 200  # resamples: below two nothing varies; above, the mean moves by less than a reader sees


class Pieces(NamedTuple):
    """The mean squared error of a fit and the two parts it is the sum of."""

    bias: float  # squared
    variance: float
    error: float


def decomposed(answers: Doubles, truth: Doubles) -> Pieces:
    """Bias² and variance of answers; they add up to the error.

    Args:
        answers: (fits, rows, values), of each fit to every row.
        truth: (rows, values).

    Example:
        >>> decomposed(np.array([[[0.0]], [[1.0]]]), np.array([[1.0]]))
        Pieces(bias=0.25, variance=0.25, error=0.5)
    """
    mean = answers.mean(axis=0)
    bias = float(((mean - truth) ** 2).sum(axis=-1).mean())
    variance = float(((answers - mean) ** 2).sum(axis=-1).mean())
    return Pieces(bias, variance, float(((answers - truth) ** 2).sum(axis=-1).mean()))


def drawn(rows: Dataset, seed: int, at: int) -> Ints:
    """(rows,) places drawn with replacement, as many of each class as there are: none goes missing."""
    rng = np.random.default_rng([seed, at])
    strata = rows.target if rows.task.output == "label" else np.zeros(len(rows), np.int64)
    taken = [rng.choice(where, len(where)) for where in (np.flatnonzero(strata == one) for one in sets.unique(strata))]
    return np.sort(np.concatenate(taken))


def resampled(site: Site, count: int) -> dict[str, Any]:
    """Fit the champion's recipe on `count` resamples of fit, compare the answers to tune, and keep what was found.

    Raises:
        InputError: the count is out of range, there is no rung, or answers have no squared error.
    """
    _refuse(site, count)
    rungs = rungs_of(site.ledger, site.folder, site.learner_kinds)
    if not rungs:
        raise InputError(
            f"a run must have a rung to fit again; {site.folder} has none yet; go on with: naeum improve {site.folder}"
        )
    champion = gate.choose(rungs, site.limits, site.metric.sign)
    learner = site.executor.fitted(champion.artifact).predictor.decided(champion.learner)
    fit, tune, seed = site.split.parts.fit, site.split.parts.tune, site.options.seed
    nothing, answers, began = subset(fit, [], f"{fit.key}/none"), [], time.monotonic()
    for at in range(count):
        left = (time.monotonic() - began) / at * (count - at) if at else count * champion.cost.get("seconds", 0.0)
        site.say("close", text=f"Fitting resample {at + 1} of {count} (about {left:.0f} s left).")
        parts = Parts(subset(fit, drawn(fit, seed, at), f"{fit.key}/resample.{seed}.{at}"), nothing)
        context = site.executor.context(learner, parts, seed)
        try:
            answers.append(_values(learner.fit(parts, context).predict(tune.rows)))
        finally:
            shutil.rmtree(context.scratch, ignore_errors=True)
    pieces = decomposed(np.array(answers), _truth(tune))
    found = {"artifact": champion.artifact, "rung": champion.number, "count": count, "rows": len(tune)}
    found |= pieces._asdict()
    write_atomic(site.folder / RESAMPLES, json.dumps(found))
    return found


def _refuse(site: Site, count: int) -> None:
    if not LEAST <= count <= MOST:
        raise InputError(f"--resamples must be from {LEAST} to {MOST}; got {count}; 20 are usual")
    if site.task.output not in ("label", "number"):
        raise InputError(
            "--resamples needs answers with a squared error, a label or a number; this run answers "
            f"{site.task.output}; leave it out"
        )


def _values(outputs: Outputs) -> Doubles:
    """(rows, values) of answers: probabilities of the classes, or the number."""
    if outputs.task.output == "number":
        return np.asarray(outputs.labels, np.float64)[:, None]
    return np.asarray(outputs.probabilities, np.float64)


def _truth(rows: Dataset) -> Doubles:
    if rows.task.output == "number":
        return np.asarray(rows.truth, np.float64)[:, None]
    return np.eye(len(rows.task.classes))[rows.target]
