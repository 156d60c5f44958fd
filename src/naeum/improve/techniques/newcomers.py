"""Would a model of another make answer what those tried so far cannot?

A newcomer is tried as a member of a blend with the champion: where it is better it takes the weight, and where it is
only unlike the champion, its mistakes are others (Caruana et al. 2004).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, bare, inside, technique
from naeum.model.around.blend import Blend
from naeum.model.claims import EVERY, claims
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.words import WordReading
from naeum.model.table.light import LightBoosting
from naeum.model.table.network import TableNetwork
from naeum.model.tags.sequence import SequenceTagger
from naeum.model.text.networks import CharConvolution
from naeum.model.text.sequence import SequenceNetwork
from naeum.model.text.word_vectors import WordVectors

OWN = WordReading(vectors="own")
LEAST_ROWS = 500  # a network from nothing learns little from fewer
MOST_MEMBERS = 8  # of a blend
# What may join, in the order in which it is tried, with the package that it needs and its name in a reason.
NEWCOMERS: tuple[tuple[Any, str, str], ...] = (
    (SequenceNetwork(Recurrence("gru"), reading=OWN), "torch", "a recurrent network over words"),
    (CharConvolution(), "torch", "a convolution over characters"),
    (SequenceNetwork(Attention(), reading=OWN), "torch", "a small transformer over words"),
    (WordVectors(), "", "means of word vectors learned on these texts"),
    (LightBoosting(), "lightgbm", "LightGBM's trees"),
    (TableNetwork(), "torch", "a network over cells"),
    (SequenceTagger(Recurrence("lstm")), "torch", "a recurrent network over words"),
    (SequenceTagger(Attention()), "torch", "a small transformer over words"),
)


def _newcomer(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    at, now = bare(rung.learner)
    if now.kind == "majority" or evidence.rows < LEAST_ROWS:
        return
    tried = {_make(node) for one in evidence.rungs for _, node in inside(one.learner)}
    members = now.members if now.kind == "blend" else (now,)
    for learner, package, name in NEWCOMERS:
        there = not package or package in evidence.installed
        if there and claims(learner, evidence.task) and _make(learner) not in tried and len(members) < MOST_MEMBERS:
            yield Change(
                values.put(rung.learner, at, Blend((*members, learner))),
                f"{name} joins",
                f"none of the {len(evidence.rungs)} rungs is of this make, and unlike models make unlike mistakes",
            )


def _make(learner: Any) -> tuple[str, str]:
    """What a learner is: its kind, and that of the network inside it."""
    return learner.kind, getattr(getattr(learner, "network", None), "kind", "")


NEWCOMER = technique("newcomer", "a model of another make joins", ("M01", "M06"), _newcomer, EVERY)
