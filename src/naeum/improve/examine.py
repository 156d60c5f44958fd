"""What is wrong with the champion? The diagnosis of a rung, from fit and tune rows only."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import extras, sets, values
from naeum.contract import Dataset, Evidence, Ids, Ints, Outputs, Parts, Rung, subset
from naeum.diagnose import CHECKS, look_all, summary
from naeum.diagnose.bias_variance import weigh
from naeum.diagnose.curve import LEAST_SIZES, LearningCurve, learning_curve, nested, sizes_for
from naeum.diagnose.noise import FOLDS, Noise, agree, find, out_of_fold
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable
from naeum.improve import layers
from naeum.improve.ladder import finding_of
from naeum.improve.rung import answer_again, measured_parts
from naeum.improve.site import Site
from naeum.measure.judged import row_errors

SHARE = 0.06  # of the whole time that the learning curve, and the search for wrong labels, may each take
REPEATS = 2  # subsets that are drawn for each size of the learning curve
UNSEEN = np.uint64(0)  # stands for the id of a row of select or test
SHOWN = 200  # suspected rows that are kept for the report


def diagnosed(site: Site, champion: Rung, rungs: tuple[Rung, ...]) -> None:
    """Look at the champion with every check, and write the diagnosis to the ledger."""
    site.say("note", text=f"Diagnosing rung {champion.number}.")
    subject = _subject(site, champion, rungs)
    answers = look_all(subject, (*CHECKS, *site.checks))
    try:
        reading: dict[str, Any] | None = (weighed := weigh(subject)).to_json()
    except NotApplicable:
        reading, weighed = None, None
    sentence = summary(answers, weighed)
    states = [
        {
            "code": one.code,
            "title": one.title,
            "state": "finding" if one.finding else ("passed" if one.why_not is None else "not applicable"),
            "seen": one.finding.seen if one.finding else (one.why_not or ""),
        }
        for one in answers
    ]
    findings = [one.finding.to_json() for one in answers if one.finding]
    findings = [{**found, "rows": [row for row in found["rows"] if row != UNSEEN]} for found in findings]
    if subject.noise is not None:
        shown = subject.noise.listed(site.task.classes)[:SHOWN]
        site.write("suspects", rows=shown, noise=subject.noise.to_json())
    curve = None if subject.curve is None else subject.curve.to_json()
    what = {"findings": findings, "answers": states, "bias_variance": reading, "curve": curve, "sentence": sentence}
    site.write("diagnosis", number=champion.number, **what)
    site.say("finding", text=sentence)
    layers.probed(site, rungs)


def is_diagnosed(site: Site, champion: Rung) -> bool:
    """Whether the ledger holds a diagnosis of this rung."""
    return any(event["event"] == "diagnosis" and event["number"] == champion.number for event in site.ledger)


def evidence(site: Site, champion: Rung, rungs: tuple[Rung, ...]) -> Evidence:
    """What techniques may know: of the rows to learn from, and of the champion."""
    diagnosis, start = site.ledger.last("diagnosis"), site.ledger.last("run")
    suspects = site.ledger.last("suspects")
    fit = site.split.parts.fit
    single = fit.target[fit.target >= 0] if site.task.output == "label" else np.empty(0, np.int64)
    counts = np.bincount(single, minlength=len(site.task.classes))
    return Evidence(
        task=site.task,
        champion=champion,
        rungs=rungs,
        findings=tuple(finding_of(found) for found in (*diagnosis.get("findings", ()), *start.get("findings", ()))),
        rows=int((fit.target >= 0).sum()),
        class_counts=tuple(int(count) for count in counts),
        languages=site.languages,
        tokens=site.words,
        bases=site.bases,
        unlabelled=len(site.split.unlabelled),
        also=() if site.executor.also is None else site.executor.also.names,
        seconds_left=site.clock.left() if site.timed else math.inf,
        limits=site.limits,
        suspects=np.array([row["id"] for row in suspects.get("rows", ())], np.uint64),
        installed=extras.installed(),
    )


def _subject(site: Site, champion: Rung, rungs: tuple[Rung, ...]) -> Subject:
    rows, answers, fit = measured_parts(site), answer_again(site, champion), site.split.parts.fit
    others = {rung.number: answer_again(site, rung).tune for rung in rungs if rung.number != champion.number}
    subject = Subject(
        task=site.task,
        fit=fit,
        tune=rows.tune,
        learner=champion.learner,
        sample=rows.sample,
        sample_outputs=answers.sample,
        tune_outputs=answers.tune,
        floor_outputs=others.get(0, answers.tune if champion.number == 0 else None),
        rung_outputs=others,
        history=getattr(answers.fit.predictor, "history", None),
        others=site.others(fit.ids) if site.others is not None else None,
        leaked=_leaked(site) or None,
        metric=site.metric.name,
        reference=site.options.reference_score,
        seed=site.options.seed,
    )
    lengths = _lengths(site, champion.learner, fit, rows.tune)
    return dataclasses.replace(subject, curve=_curve(site, rungs), noise=_noise(site, rungs), **lengths)


def _leaked(site: Site) -> dict[str, Ids]:
    """Rows of each part that stand in fit too; those that only nearly do are counted, not named."""
    parts = site.split.parts
    shown = np.concatenate([parts.fit.ids, parts.tune.ids])
    return {part: np.where(sets.isin(ids, shown), ids, UNSEEN) for part, ids in site.split.leaked.items()}


def _cheap(site: Site, rungs: tuple[Rung, ...]) -> list[Rung]:
    """Rungs whose learner is quick to fit again, the best on tune first, one a kind."""
    found: dict[str, Rung] = {}
    for rung in sorted(rungs, key=lambda rung: -site.metric.sign * rung.tune_score):
        if rung.complete and _is_quick(rung.learner):
            found.setdefault(rung.learner.kind, rung)
    return list(found.values())


def _is_quick(learner: Any) -> bool:
    """Whether a learner is fitted without a training in steps, and not the floor or made of others."""
    alone = not any(hasattr(node, "fit") for at, node in values.nodes(learner) if at)
    return alone and not hasattr(learner, "optimization") and learner.kind not in ("majority", "fitted")


def _affordable(site: Site, seconds: float) -> bool:
    return not site.timed or seconds <= SHARE * site.clock.budget


def _curve(site: Site, rungs: tuple[Rung, ...]) -> LearningCurve | None:
    """The learning curve of the best cheap learner, scored on tune; as many sizes as its share of time allows."""
    cheap = _cheap(site, rungs)
    fit, tune = site.split.parts.fit, site.split.parts.tune
    labelled = int((fit.target >= 0).sum())
    if not cheap or not (tune.target >= 0).any():
        return None
    try:
        sizes = sizes_for(labelled, len(site.task.classes) if site.task.output == "label" else 1)
    except NotApplicable:
        return None
    learner, rate = cheap[0].learner, cheap[0].cost["seconds"] / max(labelled, 1)
    while not _affordable(site, REPEATS * rate * sum(size for size in sizes if size < labelled)):
        sizes = sizes[:-1]
        if len(sizes) < LEAST_SIZES:
            return None

    def errors(size: int, seed: int) -> npt.NDArray[Any]:
        if size >= labelled:
            part = fit
        else:
            part = subset(fit, nested(fit, size, seed), f"{fit.key}/curve.{size}.{seed}")
        outputs = site.executor.answers(site.executor.fit(learner, Parts(part, tune), site.options.seed), tune)
        return row_errors(outputs, tune)

    return learning_curve(errors, sizes, rows=labelled, repeats=REPEATS, seed=site.options.seed)


def _noise(site: Site, rungs: tuple[Rung, ...]) -> Noise | None:
    """Suspected labels of fit: what two unlike cheap learners agree on, each judging rows it did not see."""
    cheap, fit = _cheap(site, rungs)[:2], site.split.parts.fit
    if (
        site.task.output != "label"
        or not cheap
        or sets.unique(fit.group[fit.target >= 0]).size < FOLDS  # rows so alike that no fold is free of their copies
        or not _affordable(site, sum(FOLDS * rung.cost["seconds"] for rung in cheap))
    ):
        return None
    try:
        found = [find(_judged(site, rung.learner, fit), fit, seed=site.options.seed) for rung in cheap]
        return agree(found[0], found[1], seed=site.options.seed) if len(found) == 2 else found[0]
    except NotApplicable:
        return None


def _judged(site: Site, learner: Any, fit: Dataset) -> npt.NDArray[Any]:
    tune = site.split.parts.tune

    def fit_predict(learn: Dataset, held: Dataset) -> Outputs:
        return site.executor.answers(site.executor.fit(learner, Parts(learn, tune), site.options.seed), held)

    return out_of_fold(fit_predict, fit, seed=site.options.seed)


def _lengths(site: Site, learner: Any, fit: Dataset, tune: Dataset) -> dict[str, Any]:
    """Token lengths before cutting, where the champion has a base model that cuts."""
    found = [node for _, node in values.nodes(learner) if hasattr(node, "base") and hasattr(node, "max_length")]
    if not found or tuple(site.task.columns.values()) != ("text",):
        return {}
    from naeum.engine import bases, tokens

    base, longest = bases.find(found[0].base, site.policy), min(node.max_length for node in found)

    def lengths(data: Dataset) -> Ints:
        texts = [text or "" for text in data.rows[site.task.inputs[0]].to_pylist()]
        # Far enough to see what is cut.
        offsets: Ints = tokens.tokenize(base, texts, max_length=4 * longest).offsets
        return offsets[1:] - offsets[:-1]

    return {"lengths": lengths(fit), "tune_lengths": lengths(tune), "max_length": longest}
