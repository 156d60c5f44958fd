"""What did each smaller model lose beside its champion, and where?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from naeum.compress.export.exported import OnnxModel
from naeum.compress.loss.compared import Loss, compared, layers_of
from naeum.contract import Rung, subset
from naeum.improve.rung import answer_again, measured_parts
from naeum.improve.site import Site


def losses(site: Site, champion: Rung, smaller: Mapping[str, Rung]) -> dict[str, Loss]:
    """What each rung lost, by its name, on the labelled rows of tune (of small data: on out-of-fold rows)."""
    tune = measured_parts(site).tune
    known = np.flatnonzero(tune.target >= 0)
    rows = subset(tune, known, tune.key)
    before = answer_again(site, champion).tune.take(known)
    found = {}
    for name, rung in smaller.items():
        after = answer_again(site, rung).tune.take(known)
        model: Any = site.executor.fitted(rung.artifact).predictor
        card = model.model.card if isinstance(model, OnnxModel) else {}
        found[name] = compared(before, after, rows, fit=site.split.parts.fit, layers=layers_of(card))
    return found
