"""How do the parts that stand around others stand in code: blends, temperatures, weights of rows, thresholds?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from naeum.decoding import MEAN, MEDIAN
from naeum.model.around.blend import Pool
from naeum.model.around.calibrated import Cooled
from naeum.model.around.conformal import UNDECIDED, WithEnds
from naeum.model.around.thresholded import Cut
from naeum.model.around.through import Through
from naeum.takeaway.piece import Piece, Writing

# What learners around others do to the rows that they learn from; the code learns from the rows as they are.
OF_ROWS = {
    "cleaned": "that rows whose label looked wrong were left out, or counted less",
    "augmented": "the changed copies of rows that were learned from as well",
    "pseudo": "the rows without a label that were learned from as well",
    "swapped": "the copies of sentences with other names that were learned from as well",
}
DECIDED = ("searched", "halved")  # what they chose stands in the recipe already
Walk = Callable[[Any, Any, Writing], Piece]


def ranked(task: Any) -> str:
    """Which class is answered of those in an order, where no cut points were tuned; see `naeum.decoding`."""
    return "median" if task.metric in MEDIAN else "mean" if task.metric in MEAN else "likeliest"


def pooling(fitted: Any) -> str:
    """The template that says what of answers is averaged."""
    return "pooling_number" if fitted.task.output == "number" else "pooling"


def blend(fitted: Pool, learner: Any, writing: Writing, walk: Walk) -> Piece:
    """Members with their weights; a bag of fits is a blend of equals."""
    learners = list(getattr(learner, "members", ()))
    if getattr(learner, "kind", "") == "bagged":
        writing.leave_out("that each member of the bag left out other rows: each learns from all")
        learners = [learner.inner] * len(fitted.members)
    learners = learners if len(learners) == len(fitted.members) else [None] * len(fitted.members)
    members, stood = [], []
    for one, by in zip(fitted.members, learners, strict=True):
        writing.around.clear()
        members.append(walk(one, by, writing))
        stood.append(dict(writing.around))
    writing.around.clear()
    weights = [float(one) for one in fitted.weights]
    if all("cut" in one for one in stood):
        writing.around["cut"] = np.mean([one["cut"] for one in stood], axis=0).tolist()
    if all("reach" in one for one in stood):
        writing.around["reach"] = float(sum(w * one["reach"] for w, one in zip(weights, stood, strict=True)))
    return Piece("Blend", (pooling(fitted), "blend"), {"members": members, "weights": weights})


def calibrated(fitted: Cooled, learner: Any, writing: Writing, walk: Walk) -> Piece:
    """A temperature."""
    inner = walk(fitted.inner, getattr(learner, "inner", None), writing)
    return Piece(
        "Calibrated", (pooling(fitted), "calibrated"), {"inner": inner, "temperature": float(fitted.temperature)}
    )


def through(fitted: Through, learner: Any, writing: Writing, walk: Walk) -> Piece:
    """What only chose which rows are learned from, or how much they count."""
    kind = getattr(learner, "kind", "")
    if kind == "fitted":
        writing.untrainable("the script cannot train a model that was taken from an earlier run; it predicts")
    elif kind in OF_ROWS:
        writing.leave_out(OF_ROWS[kind])
    inner = walk(fitted.inner, getattr(learner, "inner", None), writing)
    if kind == "weighed":
        return Piece("Weighed", ("weighed",), {"inner": inner, "strength": float(learner.strength)})
    return inner


def decided(fitted: Any, learner: Any, writing: Writing, walk: Walk) -> Piece:
    """What chose among settings: the best ones stand in the recipe."""
    inside = getattr(learner, "inner", None) if getattr(learner, "kind", "") in DECIDED else learner
    return walk(fitted.inner, inside, writing)


def cut(fitted: Cut, learner: Any, writing: Writing, walk: Walk) -> Piece:
    """Thresholds of labels, or cut points of classes in an order."""
    inner = walk(fitted.inner, getattr(learner, "inner", None), writing)
    writing.around["cut"] = [float(one) for one in fitted.cut]
    return inner


def with_ends(fitted: WithEnds, learner: Any, writing: Writing, walk: Walk) -> Piece:
    """How far a number may lie from its answer."""
    inner = walk(fitted.inner, getattr(learner, "inner", None), writing)
    if fitted.reach != UNDECIDED:
        writing.around["reach"] = float(fitted.reach)
    return inner
