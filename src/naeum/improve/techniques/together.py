"""Do several models together answer better, and do they know how sure they are?

Blending unlike models: Caruana et al. 2004 (greedy selection), Wolpert 1992 (stacking). The same recipe with another
seed lands elsewhere, and the mean of both varies less (Lakshminarayanan et al. 2017). Temperature: Guo et al. 2017.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import FINISHES, Change, as_member, bare, in_steps, inside, technique, whose
from naeum.measure import metric
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.claims import LABEL

FEW, MANY = 4, 8  # members of a blend with one of a family, and with two
MOST_SEEDS = 3  # of one recipe; the fourth twin brings little (variance falls with 1 / seeds)
WAYS = ("greedy", "mean", "stacking")


def _blend(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    at, now = bare(rung.learner)
    if now.kind == "majority":
        return
    members = now.members if now.kind == "blend" else (now,)
    how = now.how if now.kind == "blend" else WAYS[0]
    for a_family, most in ((1, FEW), (2, MANY)):
        added = _within(rung, unlike(evidence, members, a_family)[: max(most - len(members), 1)], evidence)
        if added:
            scores = ", ".join(f"{one.tune_score:.3f}" for one in added)
            yield Change(
                values.put(rung.learner, at, Blend((*members, *(bare(as_member(one))[1] for one in added)), how=how)),
                f"a blend with rungs {', '.join(str(one.number) for one in added)}",
                f"unlike models make unlike mistakes, and these score {scores} on tuning rows by themselves",
                tuple(one.number for one in added),
            )
    for other in (way for way in WAYS if way != how) if now.kind == "blend" else ():
        what = f"the {len(members)} members combined by {other} instead of {how}"
        yield Change(values.put(rung.learner, f"{at}.how".lstrip("."), other), what, "it weighs the members anew")


def unlike(evidence: Evidence, members: tuple[Any, ...], a_family: int) -> list[Rung]:
    """Single models that would join `members`, the best on tune first, at most `a_family` of each family."""
    sign = metric(evidence.task.metric).sign
    joined: list[Rung] = []
    counts = Counter(_family(one) for one in members)
    seen = {values.key(one) for one in members}
    for one in sorted(evidence.rungs, key=lambda one: (-sign * one.tune_score, one.number)):
        learner = bare(as_member(one))[1]
        key, family = values.key(learner), _family(learner)
        single = bare(one.learner)[1].kind not in ("majority", "blend")
        if single and key not in seen and counts[family] < a_family:
            joined.append(one)
            seen.add(key)
            counts[family] += 1
    return joined


def _family(learner: Any) -> tuple[Any, ...]:
    """What makes models unlike: what they are made of, not how it is set."""
    parts = [(node.kind, getattr(node, "base", "")) for _, node in inside(learner)]
    return tuple(part for part in parts if part[0] not in ("optimization", "objective", "course"))


def _within(rung: Rung, added: Sequence[Rung], evidence: Evidence) -> list[Rung]:
    """As many of `added`, best first, as the user's limits allow: the costs of members add up."""
    chosen: list[Rung] = []
    for one in added:
        together = [rung, *chosen, one]
        if all(sum(each.cost.get(name, 0.0) for each in together) <= most for name, most in evidence.limits.items()):
            chosen.append(one)
    return chosen


def _second_seed(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, node in in_steps(rung.learner):
        place, twins = _siblings(rung.learner, path, node)
        same = [one for one in twins if one.kind == node.kind and _reseeded(one, 0) == _reseeded(node, 0)]
        seeds = [_seed(one) for one in same]
        if len(seeds) >= MOST_SEEDS or node is not same[0]:
            continue  # one proposal for all twins
        twin = _reseeded(node, max(seeds) + 1)
        parent = values.get(rung.learner, place)
        blend = (
            values.put(parent, "members", (*parent.members, twin))
            if parent.kind == "blend"
            else Blend(members=(node, twin), how="mean")
        )
        yield Change(
            values.put(rung.learner, place, blend),
            f"{whose(rung.learner, path)} together with itself from seed {_seed(twin)}",
            f"the mean of {len(seeds) + 1} trainings varies less than one",
        )


def _siblings(learner: Any, path: str, node: Any) -> tuple[str, tuple[Any, ...]]:
    """Where a twin belongs: into the blend around the node, else in its place; and who is there."""
    steps = path.split(".")
    if len(steps) >= 2 and steps[-2] == "members":
        place = ".".join(steps[:-2])
        return place, values.get(learner, place).members
    return path, (node,)


def _seed(node: Any) -> int:
    return int(node.optimization.course.seed)


def _reseeded(node: Any, seed: int) -> Any:
    return values.put(node, "optimization.course.seed", seed)


def _calibrate(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    if rung.learner.kind not in (*FINISHES, "majority"):
        yield Change(
            Calibrated(inner=rung.learner),
            "a temperature on the answers",
            "it leaves every answer as it is and makes the confidence a probability",
        )


BLEND = technique("blend", "blend of unlike rungs", ("M02", "M11"), _blend)
SECOND_SEED = technique("second_seed", "the mean of several seeds", ("M02",), _second_seed)
CALIBRATE = technique("calibrate", "calibration", ("M08", "M11"), _calibrate, LABEL)
