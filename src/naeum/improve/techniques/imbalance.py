"""Should rare classes count more?

Balanced class weights; focal loss (Lin et al. 2017); logit adjustment (Menon et al. 2021), which is consistent for
the balanced error. Weights and adjustment correct the same thing: one is taken back when the other is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, found, inside, of_kind, settings, technique, whose
from naeum.model.around.weighed import Weighed
from naeum.model.claims import LABEL

UNEVEN = 1.5  # largest over smallest class; below it weights hardly differ from 1
STRENGTHS_OF_ROWS = (1.0, 0.5)  # with which rows of rare classes count more
# Learners without a setting for it: their rows are weighed.
BY_ROWS = ("nb_logistic", "boosting", "adaboost", "image_linear", "described_images", "pair_linear", "derived_columns")
GAMMAS = (2.0, 1.0)  # 2 is the paper's choice
STRENGTHS = (1.0, 0.5)  # 1 is the consistent one


def _class_weights(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, now in settings(rung.learner, "class_weight"):
        if now == "balanced" or _applies(evidence):
            new = "none" if now == "balanced" else "balanced"
            learner = values.put(rung.learner, path, new)
            holder = path.rpartition(".")[0]
            if new == "balanced" and hasattr(values.get(learner, holder), "logit_adjustment"):
                learner = values.put(learner, f"{holder}.logit_adjustment".lstrip("."), 0.0)
            what = "no class weights" if new == "none" else "classes weighted to count the same"
            yield Change(learner, f"{what} in {whose(rung.learner, path)}", _uneven(evidence))


def _class_weights_of_rows(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """For learners that know no class weights: their rows count by how rare their class is."""
    shut = tuple(at for at, node in inside(rung.learner) if node.kind in ("weighed", *BY_ROWS))
    for path, node in inside(rung.learner):
        within = any(path != outer and path.startswith(f"{outer}.".lstrip(".")) for outer in shut)
        if node.kind not in BY_ROWS or within or hasattr(node, "class_weight") or not _applies(evidence):
            continue
        for strength in STRENGTHS_OF_ROWS:
            how = "the same" if strength == 1.0 else "more alike"
            what = f"rows weighed so that classes count {how} in {whose(rung.learner, path)}"
            yield Change(values.put(rung.learner, path, Weighed(node, strength)), what, _uneven(evidence))


def _focal(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, node in of_kind(rung.learner, "objective"):
        if node.loss != "focal" and _applies(evidence):
            for gamma in GAMMAS:
                learner = _with(rung.learner, path, loss="focal", focal_gamma=gamma)
                what = f"focal loss with gamma {gamma:g} instead of {node.loss.replace('_', ' ')}"
                yield Change(learner, f"{what} in {whose(rung.learner, path)}", _uneven(evidence))


def _logit_adjustment(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, _ in of_kind(rung.learner, "objective"):
        if _applies(evidence):
            for strength in STRENGTHS:
                learner = _with(rung.learner, path, logit_adjustment=strength, class_weight="none")
                what = f"logits adjusted by {strength:g} times the log of the class shares"
                yield Change(learner, f"{what} in {whose(rung.learner, path)}", _uneven(evidence))


def _with(learner: Any, path: str, **new: Any) -> Any:
    for name, value in new.items():
        learner = values.put(learner, f"{path}.{name}".lstrip("."), value)
    return learner


def _applies(evidence: Evidence) -> bool:
    return "M04" in found(evidence) or _ratio(evidence) >= UNEVEN


def _ratio(evidence: Evidence) -> float:
    there = [count for count in evidence.class_counts if count > 0]
    return max(there) / min(there) if there else 1.0


def _uneven(evidence: Evidence) -> str:
    there = [count for count in evidence.class_counts if count > 0] or [0]
    return f"the largest class has {max(there)} rows, the smallest {min(there)}"


CLASS_WEIGHTS = technique("class_weights", "classes count the same", ("M04", "M06"), _class_weights, LABEL)
WEIGHED_ROWS = technique(
    "weighed_rows", "rows of rare classes count more", ("M04", "M06"), _class_weights_of_rows, LABEL
)
FOCAL = technique("focal", "focal loss", ("M04",), _focal, LABEL)
LOGIT_ADJUSTMENT = technique("logit_adjustment", "logit adjustment", ("M04", "M08"), _logit_adjustment, LABEL)
