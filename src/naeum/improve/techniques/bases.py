"""Would another base model read these texts better?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, OutputKind, Rung
from naeum.improve.techniques.editing import Change, bare, inside, settings, technique, whose
from naeum.model.around.halved import Halved
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.probe import Probe
from naeum.model.text.tuning import Full, Lora, TopLayers, Tuning

MOST = 3  # other base models raced from one rung, the best of the catalogue first

TUNED = ("probe", "finetuned")  # kinds of learners whose base and tuning are put against others
WAYS: tuple[Tuning, ...] = (Full(), TopLayers(), Lora())
SINGLE: frozenset[OutputKind] = frozenset({"label", "labels", "number"})  # answers that both of them give


def _other_base(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, now in settings(rung.learner, "base"):
        others = [name for name in evidence.bases if name != now][:MOST]
        for name in others:
            learner = values.put(rung.learner, path, name)
            holder = path.rpartition(".")[0]
            if isinstance(getattr(values.get(learner, holder), "layer", None), int):
                # Layers are counted from the last: another base may have fewer.
                learner = values.put(learner, f"{holder}.layer".lstrip("."), -1)
            yield Change(
                learner,
                f"{name} instead of {now} under {whose(rung.learner, path)}",
                f"it is number {evidence.bases.index(name) + 1} of {len(evidence.bases)} base models at hand for "
                f"{' and '.join(evidence.languages) or 'these texts'}",
            )


BASE = technique("base", "another base model", ("M01", "M02", "M06", "M08"), _other_base)


def _halving(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """Base models and ways to tune them against each other, on a part of the rows first."""
    at, now = bare(rung.learner)
    found = next((node for _, node in inside(now) if node.kind in TUNED), None)
    if found is None or any(node.kind == Halved.kind for _, node in values.nodes(rung.learner)):
        return
    names = (found.base, *(name for name in evidence.bases if name != found.base))[: MOST + 1]
    whole = found if found.kind == FineTuned.kind else FineTuned(base=found.base, max_length=found.max_length)
    trained = [dataclasses.replace(whole, base=name, tuning=way) for name in names for way in WAYS]
    arms = (*(Probe(base=name, max_length=whole.max_length) for name in names), *trained)
    count = f"{len(names)} base model{'' if len(names) == 1 else 's'}"
    yield Change(
        values.put(rung.learner, at, Halved(arms)) if at else Halved(arms),
        f"{count} under a probe, full, top-layer and low-rank tuning, halved by what rows say",
        "which base and which way to tune it suit these rows can be told from a part of them",
    )


HALVING = technique("halving", "base models and tunings against each other", ("M01", "M02", "M06"), _halving, SINGLE)
