"""How much of the base model should learn: a head on frozen features, its last layers, low-rank additions, or all?

Probe → last layers → full: each step fits more and needs more rows and time. LoRA (Hu et al. 2021) trains less than
1 % of the weights; it forgets less and overfits less (Biderman et al. 2024, "LoRA learns less and forgets less").
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, found, of_kind, technique, whose
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.tuning import Full, Lora, TopLayers


def _top_layers(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """From a probe upwards; downwards from full tuning only where variance was found."""
    before = ("probe", "full") if "M02" in found(evidence) else ("probe",)
    yield from _tuned(rung, evidence, (TopLayers(layers=2), TopLayers(layers=4)), before)


def _full(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    yield from _tuned(rung, evidence, (Full(),), ("probe", "top_layers", "lora"))


def _embeddings(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    yield from _tuned(rung, evidence, (Full(embeddings=True),), ("full",))


def _lora(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    if "peft" in evidence.installed:
        yield from _tuned(rung, evidence, (Lora(rank=16), Lora(rank=64, alpha=128.0)), ("full", "top_layers"))


def _tuned(rung: Rung, evidence: Evidence, ways: tuple[Any, ...], before: tuple[str, ...]) -> Iterator[Change]:
    """Every encoder that learns in one of the ways `before`, learning in each of the new `ways` instead."""
    if not {"torch", "transformers"} <= evidence.installed:
        return
    for path, node in of_kind(rung.learner, "probe", "finetuned"):
        now = "probe" if node.kind == "probe" else node.tuning.kind
        if now in before:
            for way in ways:
                text = f"{_words(way)} instead of {'frozen features' if now == 'probe' else _words(node.tuning)}"
                yield Change(
                    values.put(rung.learner, path, retuned(node, way)),
                    f"{text} in {whose(rung.learner, path)}",
                    f"{evidence.rows} rows are there to learn from, {_a_class(evidence):.0f} a class",
                )


def retuned(node: Any, way: Any) -> Any:
    """A probe or fine-tuned encoder, learning in another way; what else was set stays."""
    if node.kind == "probe":
        return FineTuned(base=node.base, max_length=node.max_length, tuning=way)
    return dataclasses.replace(node, tuning=dataclasses.replace(way, head=node.tuning.head))


def _a_class(evidence: Evidence) -> float:
    return evidence.rows / max(sum(count > 0 for count in evidence.class_counts), 1)


def _words(way: Any) -> str:
    if way.kind == "top_layers":
        return f"the last {way.layers} layers learning"
    if way.kind == "lora":
        return f"LoRA of rank {way.rank}"
    return "all layers and the word embeddings learning" if way.embeddings else "all layers learning"


TOP_LAYERS = technique("top_layers", "train the last layers", ("M01", "M02"), _top_layers)
FULL = technique("full", "train all layers", ("M01",), _full)
EMBEDDINGS = technique("embeddings", "train the word embeddings, too", ("M01",), _embeddings)
LORA = technique("lora", "low-rank adaptation (LoRA)", ("M02",), _lora)
