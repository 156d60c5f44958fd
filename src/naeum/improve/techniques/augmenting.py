"""Would more rows, made from those there are, help?

Random deletion and swap (Wei & Zou 2019, "EDA"); for Korean spacing noise, jamo typos and dropped particles, which are
how Korean is really written. Only fit rows are augmented.
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum.model.around.augmented import Augmented

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, technique, whose

SHARES = (0.5, 1.0)  # made rows a real row
METHODS = ("delete", "swap")
METHODS_KOREAN = ("spacing", "jamo", "particle")
TRAINED = ("tfidf_logistic", "nb_logistic", "probe", "finetuned", "char_convolution", "hashed_ngrams")


def _augment(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    methods = METHODS_KOREAN + METHODS[:1] if "ko" in evidence.languages else METHODS
    inside = tuple(path for path, node in values.nodes(rung.learner) if node.kind == "augmented")
    for path, node in values.nodes(rung.learner):
        if node.kind in TRAINED and not any(path.startswith(f"{outer}.".lstrip(".")) for outer in inside):
            for share in SHARES:
                yield Change(
                    values.put(rung.learner, path, Augmented(inner=node, methods=methods, share=share)),
                    f"{share:g} made rows ({', '.join(methods)}) a real one for {whose(rung.learner, path)}",
                    f"{evidence.rows} rows are there to learn from",
                )


AUGMENT = technique("augment", "text augmentation", ("M02", "M04", "M08"), _augment)
