"""Would another base model read these texts better?"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, settings, technique, whose

MOST = 3  # other base models raced from one rung, the best of the catalogue first


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
