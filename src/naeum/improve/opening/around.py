"""What comes first and last on all data: the floor, and what is put around the rungs."""

from __future__ import annotations

from naeum.contract import Edit, Rung
from naeum.improve import gate
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site
from naeum.improve.techniques.editing import as_member
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.floor import Majority


def floor(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The most frequent class."""
    return Edit(Majority(), ("",), "floor", "The floor: what always answering the most frequent class scores.")


def blend(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """All unlike rungs together."""
    members = [rung for rung in rungs if rung.technique not in ("floor", "blend", "calibrate")]
    allowed = [rung for rung in members if not gate.breaks(rung.cost, site.options.limits)]
    if len(allowed) < 2:
        return Skip("A blend needs two unlike rungs that hold the limits.")
    learner = Blend(members=tuple(as_member(rung) for rung in allowed))
    reason = f"{len(allowed)} unlike models make unlike mistakes; their weighted vote makes fewer."
    return Edit(learner, ("",), "blend", reason, parents=tuple(rung.number for rung in allowed))


def calibrate(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A temperature, so that confidence is a probability."""
    best = gate.choose(rungs, site.options.limits, site.metric.sign)
    if best.learner.kind in ("calibrated", "majority"):
        return Skip("The champion is calibrated already." if best.number else "A floor has nothing to calibrate.")
    reason = "One temperature for the champion, so that its confidence is a probability."
    return Edit(Calibrated(inner=as_member(best)), ("",), "calibrate", reason, parents=(best.number,))
