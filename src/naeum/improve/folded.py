"""What do models say of the rows that each did not learn from, and what do they say together?

Small data have a model a fold already. Other data are cut into folds here, and the champion's recipe, with all its
tuning decided before, is fitted once a fold. The answers to the rows left out are the out-of-fold answers; the mean of
the models is a bag.

References:
    Breiman 1996, "Bagging predictors".
    Parmanto, Munro & Doyle 1996, "Improving committee diagnosis with resampling techniques".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Ints, Outputs, Parts, Rung, concatenated, subset
from naeum.data import joined, opened
from naeum.data.cut import folds, units
from naeum.data.parts import part
from naeum.data.plan import FOLDS
from naeum.data.strata import strata
from naeum.errors import InputError
from naeum.improve import gate
from naeum.improve.executor import Fit
from naeum.improve.ladder import rungs_of
from naeum.improve.rung import costs
from naeum.improve.site import Site
from naeum.model.around.blend import Pool
from naeum.values import digest


@dataclass(frozen=True, eq=False)
class Folded:
    """A model a fold, with the rows that each did not learn from."""

    fits: tuple[Fit, ...]
    scored: tuple[Dataset, ...]

    @property
    def complete(self) -> bool:
        """Whether no fit was cut short."""
        return all(fit.complete for fit in self.fits)


def folded(site: Site, champion: Rung, rows: Dataset, until: float = math.inf) -> Folded:
    """The champion's recipe fitted once a fold; what was fitted before is read back.

    Args:
        site: of the climb.
        champion: whose recipe.
        rows: every row to learn from, where the climb has no folds of its own.
        until: the elapsed second at which all must be done.
    """
    seed, own = site.options.seed, site.executor.folds
    if own:
        fits = tuple(site.executor.fit(champion.learner, fold.parts, seed, until) for fold in own)
        return Folded(fits, tuple(fold.scored for fold in own))
    learner = site.executor.fitted(champion.artifact).predictor.decided(champion.learner)
    place, found, scored = fold_of(rows, seed), [], []
    nothing = subset(rows, [], f"{rows.key}/none")
    for at in range(int(place.max()) + 1):
        site.say("close", text=f"Fitting rung {champion.number} without fold {at + 1} of {int(place.max()) + 1}.")
        learned = part(rows, np.flatnonzero(place != at))
        found.append(site.executor.fit(learner, Parts(learned, nothing), seed, until))
        scored.append(part(rows, np.flatnonzero(place == at)))
    return Folded(tuple(found), tuple(scored))


def fold_of(rows: Dataset, seed: int) -> Ints:
    """(rows,) the fold of each labelled row: groups together, classes in their shares."""
    groups = units(rows.group, rows.ids, strata(rows))
    return np.asarray(folds(groups, min(FOLDS, len(groups)), seed)[groups.of], np.int64)


def bagged(site: Site, champion: Rung, models: Folded) -> tuple[str, tuple[str, ...]]:
    """The artifact of the mean of the models, and which limits it breaks, each as a phrase."""
    keys = [fit.key for fit in models.fits]
    key = digest("bag of " + " ".join(keys))
    if not site.executor.store.has(key):
        share = 1.0 / len(keys)
        pool = Pool(
            site.task, tuple(fit.predictor for fit in models.fits), (share,) * len(keys), tuple(range(len(keys)))
        )
        seconds = sum(fit.seconds for fit in models.fits)
        site.executor.store.save(key, pool, {"seconds": round(seconds, 3), "complete": models.complete})
    cost = costs(site, site.executor.fitted(key))
    return key, gate.breaks(cost, site.limits)


def answered(site: Site, models: Folded) -> tuple[Outputs, Dataset, Ints]:
    """Answers to every row by the model that did not learn from it, those rows, and the fold of each from 0."""
    found = [site.executor.answers(fit, rows) for fit, rows in zip(models.fits, models.scored, strict=True)]
    fold = np.repeat(np.arange(len(found)), [len(rows) for rows in models.scored])
    return concatenated(found), joined(models.scored), fold


def out_of_fold(site: Site) -> Any:
    """The champion's answers to every row to learn from that its model did not learn from; see `table`."""
    rungs = rungs_of(site.ledger, site.folder, site.learner_kinds)
    if not rungs:
        raise InputError(
            f"a run must have a rung to answer; {site.folder} has none yet; go on with: naeum improve {site.folder}"
        )
    champion = gate.choose(rungs, site.limits, site.metric.sign)
    models = folded(site, champion, site.everything.fit)
    outputs, rows, fold = answered(site, models)
    whole = opened(site.folder / "data" / "train")
    order = np.argsort(whole.dataset.ids, kind="stable")
    place = order[np.searchsorted(whole.dataset.ids[order], rows.ids)]
    known = sets.isin(rows.ids, whole.dataset.ids)  # rows of a validation file of its own stand in no training file
    kept = np.flatnonzero(known)
    return table(outputs.take(kept), subset(rows, kept, f"{rows.key}/train"), fold[kept], place[kept], whole.named)


def table(outputs: Outputs, rows: Dataset, fold: Ints, place: Ints, named: Any = None) -> Any:
    """Out-of-fold answers as an Arrow table, in the order of the file.

    Columns: `row` (its place in the file, from 0), `id` where the file names one, `fold`, `truth`, `prediction`, and a
    probability for each class, `p_CLASS`.

    Args:
        outputs: the answers.
        rows: what they answer.
        fold: (rows,) of each.
        place: (rows,) of each in the file.
        named: (rows of the file,) the ids that the user gave.
    """
    import pyarrow as pa

    order = np.argsort(place, kind="stable")
    columns: dict[str, Any] = {"row": place[order]}
    if named is not None:
        columns["id"] = named.take(pa.array(place[order]))
    known = truths(rows)
    columns |= {"fold": fold[order], "truth": [_cell(known[at]) for at in order]}
    taken = outputs.take(order)
    columns["prediction"] = [_cell(one) for one in taken.labels.tolist()]
    if rows.task.output in ("label", "labels"):
        told = taken.probabilities
        columns |= {f"p_{name}": told[:, at].astype(np.float64) for at, name in enumerate(rows.task.classes)}
    return pa.table(columns)


def _cell(answer: Any) -> Any:
    """Several labels as one text with semicolons between them, tags with blanks."""
    if isinstance(answer, tuple):
        return ";".join(answer)
    return " ".join(answer) if isinstance(answer, list) else answer


def truths(rows: Dataset) -> list[Any]:
    """(rows,) the true answers: a class, a number, a tuple of labels, a list of tags."""
    task = rows.task
    if rows.truth is None or task.output == "label":
        return [task.classes[code] if code >= 0 else None for code in rows.target]
    told: list[Any] = rows.truth.to_pylist()
    if task.output == "number":
        return told
    kind: Any = tuple if task.output == "labels" else list
    return [None if one is None else kind(task.classes[code] for code in one) for one in told]
