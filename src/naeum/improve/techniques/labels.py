"""Should rows whose label looks wrong be left out of training, or be given another label?

Confident learning (Northcutt et al. 2021). Only fit rows are cleaned: what is measured stays as it came, so cleaning
is judged like any other edit.
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, bare, found, of_kind, technique
from naeum.model.around.cleaned import Cleaned
from naeum.model.claims import LABEL

WAYS = {"drop": "left out", "relabel": "given the label that fits better", "weight": "counting less"}


def _clean_labels(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    at, learner = bare(rung.learner)
    if learner.kind == "majority" or not (len(evidence.suspects) or found(evidence) & {"M03", "M12"}):
        return
    why = f"{len(evidence.suspects)} of {evidence.rows} labels look wrong"
    cleaned = list(of_kind(rung.learner, "cleaned"))
    for how, words in WAYS.items():
        what = f"rows with a suspected label {words}"
        for path, _ in cleaned:
            yield Change(values.put(rung.learner, f"{path}.how".lstrip("."), how), what, why)
        if not cleaned:
            yield Change(values.put(rung.learner, at, Cleaned(inner=learner, how=how)), what, why)


CLEAN_LABELS = technique("clean_labels", "drop or relabel suspected labels", ("M03", "M12"), _clean_labels, LABEL)
