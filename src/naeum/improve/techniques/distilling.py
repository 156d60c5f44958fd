"""Can a model that breaks a limit teach one that holds it? Where limits were given and the best rung misses one.

Hinton et al. 2015; students of the teacher's layers as Sanh et al. 2019 (DistilBERT), from nothing as Tang et al. 2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.layers import TRUNKS, Layers
from naeum.compress.distil.lesson import More
from naeum.compress.quantize.quantized import Quantized
from naeum.contract import Evidence, OutputKind, Rung
from naeum.improve.gate import breaks
from naeum.improve.techniques.editing import Change, as_member, technique
from naeum.measure import metric
from naeum.model.image.network import ImageNetwork
from naeum.model.image.residual import Residual
from naeum.model.sequence.attention import Attention
from naeum.model.tags.sequence import SequenceTagger
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.networks import HashedNgrams
from naeum.model.text.sequence import SequenceNetwork

LAYERS = (3, 2, 1)  # of the teacher's encoder: the largest student first
MADE = 4.0  # texts for each row: what starts from nothing needs more than there are
MAX_LOSS = 0.01  # of a student's score, relative, that eight bits and fewer words may cost
SMALL = 2**16  # hashed n-grams: of 16 numbers each 4 MB
OUTPUTS: frozenset[OutputKind] = frozenset({"label", "labels", "number", "tags"})


def teacher_of(rung: Rung, evidence: Evidence) -> tuple[Rung, tuple[str, ...]] | None:
    """The best rung that breaks a limit and is better than a champion that holds them; and what it breaks."""
    sign = metric(evidence.task.metric).sign
    held = not breaks(rung.cost, evidence.limits)
    large = [one for one in evidence.rungs if breaks(one.cost, evidence.limits)]
    large = [one for one in large if not held or sign * one.score > sign * rung.score]
    best = max(large, key=lambda one: (sign * one.score, -one.number), default=None)
    return None if best is None else (best, breaks(best.cost, evidence.limits))


def _distil(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    found = teacher_of(rung, evidence) if evidence.limits else None
    if found is None:
        return
    teacher, broken = found
    if any(node.kind == Distilled.kind for _, node in values.nodes(teacher.learner)):
        return  # its own teacher teaches better
    why = f"rung {teacher.number} breaks a limit: {'; '.join(broken)}"
    for what, learner in _students(as_member(teacher), teacher.learner, evidence):
        yield Change(learner, f"{what} taught by rung {teacher.number}", why, (teacher.number,))


def _students(teacher: Any, recipe: Any, evidence: Evidence) -> Iterator[tuple[str, Any]]:
    """What the student is, and the learner, for each kind of rows."""
    kinds, output = set(evidence.task.columns.values()), evidence.task.output
    if kinds == {"words"}:
        yield "a small tagger from nothing", Distilled(teacher, SequenceTagger())
    elif kinds == {"image"}:
        yield "a narrow network of images", Distilled(teacher, ImageNetwork(Residual(width=16)))
    elif kinds == {"text"}:
        if teacher == recipe and any(node.kind in TRUNKS for _, node in values.nodes(recipe)):
            for count in LAYERS:
                taught = Distilled(teacher, Layers(count))
                what = f"{count} layers of the encoder in eight bits" if count > 1 else "one layer in eight bits"
                yield what, Quantized(taught, max_loss=MAX_LOSS, words="used")
        yield "a small transformer of words", Distilled(teacher, SequenceNetwork(Attention()), more=More(made=MADE))
        yield "hashed n-grams", Distilled(teacher, HashedNgrams(buckets=SMALL), more=More(made=MADE))
        if output in TfidfLogistic.outputs:
            yield "n-grams", Distilled(teacher, TfidfLogistic())


DISTIL = technique("distil", "small models taught by a large one", (), _distil, OUTPUTS)
