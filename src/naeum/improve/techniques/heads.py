"""Would a fine-tuned encoder learn its task better with further heads on its trunk?

Caruana 1997 (further answers of the same rows), Gao et al. 2021 (two views of a row, where there are no such answers
and rows are few).
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, found, inside, technique, whose
from naeum.model.claims import ROWS
from naeum.model.text.several_heads import TRUNKS, SeveralHeads

WEIGHTS = (0.3, 1.0)  # of further answers, over that of the task
VIEWS = (0.03, 0.1)
FEW_ROWS = 2_000  # with more of them the task alone teaches the trunk enough for the time that a second view takes


def _several_heads(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for at, node in inside(rung.learner):
        if node.kind not in TRUNKS or _is_headed(rung.learner, at):
            continue
        who, named = whose(rung.learner, at), ", ".join(evidence.also)
        for weight in WEIGHTS if evidence.also else ():
            yield Change(
                values.put(rung.learner, at, SeveralHeads(node, evidence.also, weight=weight)),
                f"further heads for {named} beside that of {who}, of weight {weight:g}",
                "what else is known of the same rows may teach the trunk what the target alone does not",
            )
        few = evidence.rows <= FEW_ROWS and "M02" in found(evidence) and node.dropout > 0
        for views in VIEWS if few else ():
            yield Change(
                values.put(rung.learner, at, SeveralHeads(node, views=views)),
                f"a head for {who} that tells two views of a row from other rows, of weight {views:g}",
                f"{evidence.rows} rows are few, and it needs no further answers",
            )


def _is_headed(learner: object, at: str) -> bool:
    above, _, last = at.rpartition(".")
    return last == "inner" and values.get(learner, above).kind == SeveralHeads.kind


SEVERAL_HEADS = technique("several_heads", "further heads on one trunk", ("M01", "M02"), _several_heads, ROWS)
