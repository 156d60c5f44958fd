"""Which settings of a learner are best? A search around those of the champion: one rung with its table of trials.

Optuna proposes (Akiba et al. 2019); what is searched and how is told in model/around/searched.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, technique, whose
from naeum.model.around.searched import Searched

# Quick learners get more trials; a fine-tune only as many as still tell more than another seed would.
TRIALS = {
    "probe": 12, "tfidf_logistic": 8, "nb_logistic": 8, "finetuned": 6, "hashed_ngrams": 6, "char_convolution": 5,
    "boosting": 12, "forest": 6, "table_linear": 8, "adaboost": 6, "image_linear": 6, "image_network": 4, "crf": 6,
    "tuned_tagger": 4,
    "word_vectors": 6, "sequence_network": 5, "sequence_tagger": 5, "table_network": 6, "light_boosting": 12,
}  # fmt: skip


def _search(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    if "optuna" not in evidence.installed:
        return
    for path, node in values.nodes(rung.learner):
        if node.kind in TRIALS and not _searched(rung.learner, path) and values.space(node):
            count = TRIALS[node.kind]
            names = ", ".join(sorted(where.rpartition(".")[2] for where in values.space(node)))
            yield Change(
                values.put(rung.learner, path, Searched(inner=node, trials=count)),
                f"{count} settings tried around those of {whose(rung.learner, path)}",
                f"its {names} were chosen for other data",
            )


def _searched(learner: Any, path: str) -> bool:
    """Whether a search stands around this place already."""
    steps = path.split(".") if path else []
    return any(getattr(values.get(learner, ".".join(steps[:n])), "kind", "") == "searched" for n in range(len(steps)))


SEARCH = technique("search", "search around the settings", ("M01", "M02", "M10"), _search)
