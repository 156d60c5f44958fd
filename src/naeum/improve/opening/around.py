"""What comes first and last on all data? The floor, and what is put around the rungs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum import values
from naeum.contract import Edit, Rung
from naeum.improve import gate
from naeum.improve.opening.step import Skip
from naeum.improve.opening.timing import cheap
from naeum.improve.site import Site
from naeum.improve.techniques.editing import as_member
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.conformal import Conformal
from naeum.model.around.cutpoints import CutPoints
from naeum.model.around.ordinal import Ordinal
from naeum.model.around.thresholded import Thresholded
from naeum.model.around.withheld import Withheld
from naeum.model.claims import claims
from naeum.model.floor import Majority

# Steps that change what follows from scores, and the learner around the champion that does it.
FINISHING: Mapping[str, Any] = {
    "calibrate": Calibrated,
    "thresholds": Thresholded,
    "ends": Conformal,
    "cut_points": CutPoints,
    "withhold": Withheld,
}


def floor(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The most frequent class."""
    return Edit(Majority(), ("",), "floor", "The floor: what always answering the most frequent class scores.")


def blend(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """All unlike rungs together."""
    members = [rung for rung in rungs if rung.technique not in ("floor", "blend", *FINISHING)]
    allowed = [rung for rung in members if not gate.breaks(rung.cost, site.limits)]
    if len(allowed) < 2:
        return Skip("A blend needs two unlike rungs that hold the limits.")
    learner = Blend(members=tuple(as_member(rung) for rung in allowed))
    reason = f"{len(allowed)} unlike models make unlike mistakes; their weighted vote makes fewer."
    return Edit(learner, ("",), "blend", reason, parents=tuple(rung.number for rung in allowed))


def calibrate(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A temperature, so that confidence is a probability."""
    reason = "One temperature for the champion, so that its confidence is a probability."
    return _finished(site, rungs, "calibrate", reason)


def thresholds(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A threshold for each of several labels."""
    reason = "Each label is answered from the probability on that serves the metric best."
    return _finished(site, rungs, "thresholds", reason)


def ordinal(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The best quick learner, asked about each step between classes in an order."""
    quick = [one for one in rungs if one.complete and _quick(one.learner) and claims(Ordinal(one.learner), site.task)]
    if not quick:
        return Skip("It needs a quick learner that gives probabilities of two classes.")
    best = max(quick, key=lambda rung: site.metric.sign * rung.tune_score)
    steps = len(site.task.classes) - 1
    reason = f"The classes stand in an order: one question for each of {steps} steps instead of {steps + 1} classes."
    return cheap(site, Ordinal(best.learner), "ordinal", reason)


def _quick(learner: Any) -> bool:
    """Whether a learner is fitted without a training in steps, is not the floor, and sees no order by itself."""
    alone = not any(hasattr(node, "fit") for at, node in values.nodes(learner) if at)
    return alone and not hasattr(learner, "optimization") and learner.kind not in ("majority", "fitted")


def cut_points(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Where each class in the order begins."""
    reason = "Each class is answered from the mean class number on that serves the metric best."
    return _finished(site, rungs, "cut_points", reason)


def ends(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """An interval around each number."""
    return _finished(
        site, rungs, "ends", "How far answers lie from the truth on held-out rows says how sure a number is."
    )


def withhold(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A margin from which an answer is given."""
    reason = "An answer is given only where it is far enough above none; how far is read from held-out rows."
    return _finished(site, rungs, "withhold", reason)


def _finished(site: Site, rungs: tuple[Rung, ...], name: str, reason: str) -> Edit | Skip:
    """The champion with its answers finished in one way."""
    if site.task.decide and name in ("thresholds", "cut_points"):
        return Skip("Your own rule decides the answers.")
    best, make = gate.choose(rungs, site.limits, site.metric.sign), FINISHING[name]
    if best.learner.kind == "majority":
        return Skip("A floor has nothing to finish.")
    if best.learner.kind == make.kind:
        return Skip(f"The champion is {make.kind} already.")
    return Edit(make(inner=as_member(best)), ("",), name, reason, parents=(best.number,))
