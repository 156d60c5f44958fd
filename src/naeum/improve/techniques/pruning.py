"""Would a fine-tuned encoder that is too slow for the limits hold them with fewer heads, neurons or layers?

Michel et al. 2019, Molchanov et al. 2019; see compress/prune. What a stored encoder weighs beside its base does not
fall, as what is left is stored whole: limits of size are answered by an export.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.compress.prune import Pruned
from naeum.compress.prune.choosing import LAYERS, PARTS
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, of_kind, technique, whose
from naeum.measure import metric
from naeum.model.claims import ROWS

ENCODERS = ("finetuned", "cross_encoder", "bi_encoder")
LATENCY = "latency_ms"
BY = {PARTS: "heads and neurons", LAYERS: "whole layers"}
SHARES = (0.7, 0.5, 0.33)  # of the operations, that may stay
# Of a row's time that goes with the operations of the encoder; the rest is tokenizing and what is around it.
ENCODING = 0.85


def _prune(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """The champion where it is too slow, else the best rung that is: with as much as may stay, and a step less."""
    limit = evidence.limits.get(LATENCY)
    slow = _slow(rung, evidence, limit) if limit else None
    if slow is None or limit is None or not {"torch", "transformers"} <= evidence.installed:
        return
    took = slow.cost[LATENCY]
    wanted = 1.0 - (1.0 - limit / took) / ENCODING  # of the operations
    shares = [share for share in SHARES if share <= wanted]
    for at, node in of_kind(slow.learner, *ENCODERS):
        for share in shares[:2] if not _is_pruned(slow.learner, at) else ():
            for what, parts in BY.items():
                yield Change(
                    values.put(slow.learner, at, Pruned(node, share=share, what=what)),
                    f"{whose(slow.learner, at)} with {100 * share:.0f} % of its operations, by {parts}",
                    f"it takes {took:.3g} ms a row where {limit:g} is allowed",
                    (slow.number,),
                )


def _is_pruned(learner: Any, at: str) -> bool:
    above, _, last = at.rpartition(".")
    return last == "inner" and values.get(learner, above).kind == Pruned.kind


def _slow(rung: Rung, evidence: Evidence, limit: float) -> Rung | None:
    """The best rung above the limit that is better than the champion; the champion where it is above it itself."""
    if rung.cost.get(LATENCY, 0.0) > limit:
        return rung
    sign = metric(evidence.task.metric).sign
    above = [
        one
        for one in evidence.rungs
        if one.complete and one.cost.get(LATENCY, 0.0) > limit and sign * one.score > sign * rung.score
    ]
    return max(above, key=lambda one: sign * one.score, default=None)


PRUNE = technique("prune", "prune heads, neurons and layers", (), _prune, ROWS)
