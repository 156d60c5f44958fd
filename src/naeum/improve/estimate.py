"""How good is the champion where the rows are too few for a test part?

The best of many rungs looks better than it is on the rows that chose it. So the choice is cross-validated, too: for
each fold the best rung is chosen by the other folds, and only its answers to this fold count.

References:
    Varma & Simon 2006, "Bias in error estimation when using cross-validation for model selection".
    Tibshirani & Tibshirani 2009, "A bias correction for the minimum error rate in cross-validation".
"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.contract import Dataset, Outputs, Rung, concatenated, subset
from naeum.improve import gate
from naeum.improve.rung import answer_again, measured_parts
from naeum.improve.site import Site


def estimated(site: Site, rungs: tuple[Rung, ...]) -> dict[str, Any]:
    """Value and 95 % interval of the metric with the choice among rungs inside the cross-validation.

    Also `chosen`: the rung that the other folds chose for each fold. Needs a site with folds.
    """
    from naeum.measure import bootstrap

    data, seed = measured_parts(site).select, site.options.seed
    allowed = [rung for rung in rungs if not gate.breaks(rung.cost, site.limits)] or list(rungs[:1])
    answers = {rung.number: answer_again(site, rung).select for rung in allowed}
    fold = np.repeat(np.arange(len(site.executor.folds)), [len(one.scored) for one in site.executor.folds])
    pieces, chosen = [], []
    for number in range(len(site.executor.folds)):
        here, others = np.flatnonzero(fold == number), np.flatnonzero(fold != number)
        best = max(allowed, key=lambda rung: _score(site, answers[rung.number], data, others))
        pieces.append(answers[best.number].take(here))
        chosen.append(best.number)
    found = bootstrap(site.metric, concatenated(pieces), data, seed=seed)  # the folds stand one after the other
    return {"value": found.value, "low": found.low, "high": found.high, "rows": len(data), "chosen": chosen}


def _score(site: Site, outputs: Outputs, data: Dataset, where: np.ndarray[Any, Any]) -> float:
    part = subset(data, where, f"{data.key}/estimate")
    found = site.metric.score(outputs.take(where), part)
    return site.metric.sign * found if np.isfinite(found) else -np.inf
