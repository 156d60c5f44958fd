"""Would an encoder that is too slow or too large for the limits hold them in eight bits?

As many layers stay in float32 as the score needs, which tune decides; where the size is missed, words that no row uses
go, too. See compress/quantized.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from naeum import values
from naeum.compress.export.exported import Exported
from naeum.compress.quantize.quantized import Quantized
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, technique
from naeum.measure import metric

ENCODERS = frozenset({"finetuned", "cross_encoder", "probe", "tuned_tagger"})  # that are exported, see compress/parts
SMALLER = frozenset({Quantized.kind, Exported.kind})  # what is exported already is not exported again
NEEDED = frozenset({"onnx", "onnxruntime", "onnxscript", "torch"})
MEASURES = {"latency_ms": "ms a row", "size_mb": "MB"}


def _quantize(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """The champion where it misses a limit, else the best rung that is better and misses one, in eight bits."""
    large = _missing(rung, evidence)
    if large is None or not evidence.installed >= NEEDED:
        return
    kinds = {node.kind for _, node in values.nodes(large.learner)}
    if not kinds & ENCODERS or kinds & SMALLER:
        return
    missed = _missed(large.cost, evidence.limits)
    told = [f"it takes {large.cost[name]:.3g} {MEASURES[name]} where {limit:g} is allowed" for name, limit in missed]
    why = " and ".join(told)
    yield Change(Quantized(large.learner), "the encoder in eight bits", why, (large.number,))
    if "size_mb" in dict(missed):
        yield Change(Quantized(large.learner, words="used"), "eight bits and fewer words", why, (large.number,))


def _missed(cost: Mapping[str, float], limits: Mapping[str, float]) -> list[tuple[str, float]]:
    """The limits that a rung misses."""
    return [(name, limits[name]) for name in MEASURES if name in limits and cost.get(name, 0.0) > limits[name]]


def _missing(rung: Rung, evidence: Evidence) -> Rung | None:
    """The champion where it misses a limit; else the best rung that does and is better than the champion."""
    if _missed(rung.cost, evidence.limits):
        return rung
    sign = metric(evidence.task.metric).sign
    better = [
        one
        for one in evidence.rungs
        if one.complete and sign * one.score > sign * rung.score and _missed(one.cost, evidence.limits)
    ]
    return max(better, key=lambda one: sign * one.score, default=None)


QUANTIZE = technique("quantize", "eight bits for the encoder", (), _quantize, Quantized.outputs)
