"""Would more rows, made from those there are, help?

Random deletion, swap (Wei & Zou 2019, "EDA") and typos; for Korean spacing noise, jamo typos and dropped particles,
which are how Korean is really written. Only fit rows are augmented.
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, inside, technique, whose
from naeum.model.around.augmentations import METHODS
from naeum.model.around.augmented import Augmented

SHARES = (0.5, 1.0)  # made rows a real row
NEEDS_LEXICON = "synonym"  # only the user can bring one
TRAINED = (
    "tfidf_logistic", "nb_logistic", "probe", "finetuned", "char_convolution", "hashed_ngrams", "sequence_network",
)  # fmt: skip


def _augment(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    methods = _methods(evidence)
    made = tuple(path for path, node in inside(rung.learner) if node.kind == "augmented")
    for path, node in inside(rung.learner):
        if node.kind in TRAINED and not any(path.startswith(f"{outer}.".lstrip(".")) for outer in made):
            for share in SHARES:
                yield Change(
                    values.put(rung.learner, path, Augmented(inner=node, methods=methods, share=share)),
                    f"{share:g} made rows ({', '.join(methods)}) a real one for {whose(rung.learner, path)}",
                    f"{evidence.rows} rows are there to learn from",
                )


def _methods(evidence: Evidence) -> tuple[str, ...]:
    """Those for any language, and those for one that is there."""
    there = set(evidence.languages)
    return tuple(
        name
        for name, (_, languages) in METHODS.items()
        if name != NEEDS_LEXICON and (not languages or there & set(languages))
    )


AUGMENT = technique("augment", "text augmentation", ("M02", "M04", "M08"), _augment)
