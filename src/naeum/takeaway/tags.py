"""How do the parts that tag words stand in code: a conditional random field on hand-made patterns?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from naeum.model.tags.crf import Crf, FittedCrf
from naeum.takeaway.piece import Piece, Writing
from naeum.takeaway.text import UNKNOWN


def crf(fitted: FittedCrf, learner: Any, writing: Writing) -> Piece:
    """Weights of patterns and of steps from tag to tag."""
    name = writing.name("crf")
    writing.save(name, known=fitted.known, weights=fitted.weights, step=fitted.chain.step, first=fitted.chain.first)
    if not isinstance(learner, Crf):
        writing.untrainable(f"the script cannot train {getattr(learner, 'kind', UNKNOWN)}; it predicts")
    recipe = learner if isinstance(learner, Crf) else replace(Crf(), pieces_of_words=fitted.pieces)
    given = {
        "name": name, "c": float(fitted.c), "min_count": recipe.min_count, "max_patterns": recipe.max_patterns,
        "pieces": fitted.pieces,
    }  # fmt: skip
    return Piece("Crf", ("word_patterns", "crf"), given)
