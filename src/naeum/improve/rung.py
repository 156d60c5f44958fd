"""How does an edit become a rung? It is fitted, measured on select against the champion, and judged by the gate."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from naeum.contract import Dataset, Edit, Outputs, Rung, concatenated, subset
from naeum.data import joined
from naeum.diagnose.subject import SAMPLE_ROWS
from naeum.improve import gate
from naeum.improve.executor import Fit, save_outputs
from naeum.improve.site import Site

COST_ROWS = 300  # rows answered one by one for the 95 % quantile of latency: the 15 slowest decide
COST_SECONDS = 3.0  # the most that measuring the cost of one rung may take
COST_PASSES = 2  # over these rows: a quick model is timed well enough by then, and the climb has more to do


@dataclass(frozen=True)
class Answers:
    """What a fitted learner says of every part that is measured."""

    fit: Fit
    select: Outputs
    tune: Outputs
    sample: Outputs


@dataclass(frozen=True)
class Measured:
    """The parts that scores are taken on, as one climb uses them."""

    select: Dataset
    tune: Dataset
    sample: Dataset


def measured_parts(site: Site) -> Measured:
    """select, tune and a sample of clean fit rows; out-of-fold rows stand for select and tune when data are small."""
    fit = site.split.parts.fit
    labelled = np.flatnonzero(fit.target >= 0)
    count = min(SAMPLE_ROWS, len(labelled))
    where = np.sort(np.random.default_rng(site.options.seed).choice(labelled, count, replace=False))
    sample = subset(fit, where, f"{fit.key}-sample-{site.options.seed}-{count}")
    folds = site.executor.folds
    if folds:
        select = joined(tuple(fold.scored for fold in folds))
        return Measured(select, select, sample)
    return Measured(site.split.select, site.split.parts.tune, sample)


def answer(site: Site, learner: Any, until: float = math.inf) -> Answers:
    """Fit a learner on the fit part (on every fold of small data) and let it answer what is measured."""
    rows, seed, folds = measured_parts(site), site.options.seed, site.executor.folds
    if not folds:
        fit = site.executor.fit(learner, site.split.parts, seed, until)
        select, tune, sample = (site.executor.answers(fit, part) for part in (rows.select, rows.tune, rows.sample))
        return Answers(fit, select, tune, sample)
    fits = [site.executor.fit(learner, fold.parts, seed, until) for fold in folds]
    found = [site.executor.answers(fit, fold.scored) for fit, fold in zip(fits, folds, strict=True)]
    select = concatenated(found)
    complete, seconds = all(fit.complete for fit in fits), sum(fit.seconds for fit in fits)
    first = dataclasses.replace(fits[0], complete=complete, seconds=seconds)
    # Under the artifact that the rung will name, so that no one asks its one model about rows it learned from.
    save_outputs(site.executor.place(first, rows.select), select)
    return Answers(first, select, select, site.executor.answers(first, rows.sample))


def climbed(
    site: Site, number: int, edit: Edit, champion: Rung | None, forecast: Mapping[str, float], until: float
) -> Rung:
    """Fit, measure and judge an edit: the next rung."""
    from naeum.measure import bootstrap

    answers, rows = answer(site, edit.learner, until), measured_parts(site)
    seed = site.options.seed
    interval = bootstrap(site.metric, answers.select, rows.select, seed=seed)
    cost = {**costs(site, answers.fit), "seconds": round(answers.fit.seconds, 3)}
    if site.timed:
        cost["at"] = round(site.clock.elapsed(), 3)
    rung = Rung(
        number=number,
        learner=edit.learner,
        technique=edit.technique,
        reason=edit.reason,
        parents=edit.parents,
        changed=edit.changed,
        artifact=answers.fit.key,
        score=interval.value,
        low=interval.low,
        high=interval.high,
        tune_score=site.metric.score(answers.tune, rows.tune),
        fit_score=site.metric.score(answers.sample, rows.sample),
        complete=answers.fit.complete,
        cost=cost,
        forecast=dict(forecast),
        answers=edit.answers,
    )
    truer = 0.5
    if champion is not None:
        rung = dataclasses.replace(rung, **_gain(site, answers.select, champion, rows.select, forecast))
        truer = _truer(site, rung, answers.select, champion, rows.select)
    decision = gate.decide(rung, champion, site.limits, truer=truer, timed=site.timed)
    return dataclasses.replace(rung, kept=decision.kept, decision=decision.sentence)


def select_answers(site: Site, rung: Rung) -> Outputs:
    """What a rung answered on select (out-of-fold for small data); read from the store."""
    return answer_again(site, rung).select


def answer_again(site: Site, rung: Rung) -> Answers:
    """The answers of a rung that was fitted before; a fit that a deadline cut short is read by its artifact."""
    rows = measured_parts(site)
    if rung.complete:
        return answer(site, rung.learner)
    fit = site.executor.fitted(rung.artifact)
    select, tune, sample = (site.executor.answers(fit, part) for part in (rows.select, rows.tune, rows.sample))
    return Answers(fit, select, tune, sample)


def _gain(site: Site, select: Outputs, champion: Rung, data: Dataset, forecast: Mapping[str, float]) -> dict[str, Any]:
    """The paired gain over the champion, and the probability that it is one after shrinking it to what is usual."""
    from naeum.measure import Prior, paired, shrink

    pair = paired(site.metric, select, select_answers(site, champion), data, seed=site.options.seed)
    # Shrunk towards no gain: what the technique hopes for must not promote it.
    believed = shrink(pair.gain, pair.error, Prior(0.0, float(forecast.get("gain_sd", 0.0))))
    return {"gain": pair.gain, "gain_low": pair.low, "gain_high": pair.high, "p_better": believed.p_better}


def _truer(site: Site, rung: Rung, select: Outputs, champion: Rung, data: Dataset) -> float:
    """P(log loss is better) where the metric itself cannot tell the two apart; a number with an interval beats one
    without."""
    from naeum.measure import metric, paired

    truth, theirs = metric("log_loss"), select_answers(site, champion)
    if data.task.output == "number":
        return 1.0 if select.quantiles is not None and theirs.quantiles is None else 0.5
    if not gate.TIE < rung.p_better < gate.ENOUGH or data.task.output not in truth.outputs:
        return 0.5
    return paired(truth, select, theirs, data, seed=site.options.seed).p_better


def costs(site: Site, fit: Fit) -> dict[str, float]:
    """Latency, speed, memory and size on this machine; the size counts the base models that answering needs."""
    from naeum.measure import cost

    rows = measured_parts(site).tune.rows.slice(0, COST_ROWS)
    found = cost(fit.predictor, rows, seconds=COST_SECONDS, passes=COST_PASSES)
    return {
        "latency_ms": found.latency_ms,
        "rows_per_second": found.rows_per_second,
        "memory_mb": found.memory_mb,
        "size_mb": (site.executor.store.size(fit.key) + _base_bytes(site, fit)) / 1e6,
    }


def _base_bytes(site: Site, fit: Fit) -> int:
    """Bytes of the weights of every base model that a fit answers with, each once.

    The artifacts that name one by its digest need its weights; an exported model does not, whatever it was made of.
    """
    settings = [one["settings"] for one in site.executor.store.manifests(fit.key).values()]
    folders = {Path(one["folder"]) for one in settings if "digest" in one}
    return sum(file.stat().st_size for folder in folders for file in folder.glob("*.safetensors"))
