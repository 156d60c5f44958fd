"""What does each layer of the base model know of this task? A linear probe on each (Alain & Bengio 2016).

The feature pass of a probe stores every layer, so that a head on each costs no pass. The last layer is not always the
best: it is shaped by what the model was trained for (Tenney, Das & Pavlick 2019).
"""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Outputs, Parts, Rung, subset
from naeum.errors import NaeumError
from naeum.improve.rung import answer
from naeum.improve.site import Site
from naeum.model.text.heads import WITHOUT_TUNE

MOST_ROWS = 2_000  # to learn from, of each head: the order of layers is then known, the score of a layer within a point
MOST_LAYERS = 13  # that are probed, spread evenly: a base of twelve layers with its embeddings
SHARE = 0.04  # of the whole time that all heads together may take
PROBES = ("probe", "pair_probe")


def probed(site: Site, rungs: tuple[Rung, ...]) -> None:
    """Probe each layer of the base under the best probe, once a base, and write it to the ledger."""
    found = [rung for rung in rungs if rung.learner.kind in PROBES and rung.complete]
    if not found:
        return
    best = max(found, key=lambda rung: (site.metric.sign * rung.tune_score, -rung.number))
    known = {event["base"] for event in site.ledger if event["event"] == "layers"}
    if best.learner.base in known:
        return
    try:
        measured = _measured(site, best.learner)
    except NaeumError as error:
        site.say("note", text=f"The layers of {best.learner.base} could not be probed: {error}")
        return
    if measured:
        site.write("layers", base=best.learner.base, rung=best.number, layers=measured, said=reading(measured))


def _measured(site: Site, learner: Any) -> list[dict[str, Any]]:
    """Score, interval and gain over the last layer of each probed layer, from the embeddings up; empty without time."""
    from naeum.engine import bases
    from naeum.measure import bootstrap, paired

    depth = bases.find(learner.base, site.policy).layers
    numbers = sets.unique(np.linspace(0, depth, min(depth + 1, MOST_LAYERS)).round().astype(int)).tolist()
    begun, last = site.clock.elapsed(), _told(site, learner, -1)
    if site.timed and (site.clock.elapsed() - begun) * len(numbers) > SHARE * site.clock.budget:
        return []
    found = []
    for number in numbers:
        outputs, tune = last if number == depth else _told(site, learner, number - depth - 1)
        score = bootstrap(site.metric, outputs, tune, seed=site.options.seed)
        gain = paired(site.metric, outputs, last[0], tune, seed=site.options.seed)
        found.append(
            {
                "layer": number, "score": score.value, "low": score.low, "high": score.high,
                "gain": gain.gain, "gain_low": gain.low, "gain_high": gain.high,
            }
        )  # fmt: skip
    return found


def _told(site: Site, learner: Any, layer: int) -> tuple[Outputs, Dataset]:
    """The answers to tune rows of a head on one layer, counted from the last, -1; out-of-fold where data are small."""
    head = dataclasses.replace(learner, layer=layer, layers=1, c=WITHOUT_TUNE)
    if site.executor.folds:
        from naeum.improve.rung import measured_parts

        return answer(site, head).tune, measured_parts(site).tune
    fit, tune = site.split.parts.fit, site.split.parts.tune
    labelled = np.flatnonzero(fit.target >= 0)
    if len(labelled) > MOST_ROWS:
        where = np.sort(np.random.default_rng(site.options.seed).choice(labelled, MOST_ROWS, replace=False))
        fit = subset(fit, where, f"{fit.key}/layers.{site.options.seed}.{MOST_ROWS}")
    return site.executor.answers(site.executor.fit(head, Parts(fit, tune), site.options.seed), tune), tune


def reading(layers: list[dict[str, Any]]) -> str:
    """What the layers say, in a sentence; gains are over the last layer, more is better.

    Example:
        >>> flat = {"gain": 0.0, "gain_low": -0.01, "gain_high": 0.01}
        >>> reading([{"layer": 0, **flat, "gain_high": -0.1, "gain": -0.2}, {"layer": 1, **flat}, {"layer": 2, **flat}])
        'Layers 1 to 2 know as much as the last one as far as these rows can tell; the word embeddings know 0.200 less.'
    """
    last, best = layers[-1], max(layers, key=lambda one: one["gain"])
    alike = [one["layer"] for one in layers if one["gain_high"] >= 0]
    if best["gain_low"] > 0:
        said = (
            f"Layer {best['layer']} of {last['layer']} knows most, {best['gain']:.3f} more than the last one: what "
            "this task needs is partly gone above it"
        )
    elif len(alike) > 1:
        which = f"Layers {alike[0]} to {alike[-1]}" if len(alike) > 2 or alike[1] - alike[0] == 1 else "Two layers"
        said = f"{which} know as much as the last one as far as these rows can tell"
    else:
        said = f"The last layer, {last['layer']}, knows most: training it further starts from the best there is"
    first = layers[0]
    if first["layer"] == 0 and first["gain_high"] < 0:
        said += f"; the word embeddings know {-first['gain']:.3f} less"
    return f"{said}."
