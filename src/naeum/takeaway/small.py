"""How do networks that are trained from nothing stand in code: hashed n-grams, a convolution over characters?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.small import SmallNetwork
from naeum.takeaway.piece import Piece, Writing, refused
from naeum.takeaway.text import UNKNOWN, loss_of, training_of

READING = ("texts", "steps", "network")


def network(fitted: SmallNetwork, learner: Any, writing: Writing) -> Piece:
    """A network with its weights; what it is made of stands in its own recipe.

    Raises:
        InputError: its kind has no code.
    """
    made = fitted.learner
    if type(made) not in KINDS:
        raise refused(made.kind)
    if type(learner) is not type(made):
        writing.untrainable(f"the script cannot train {getattr(learner, 'kind', UNKNOWN)}; it predicts")
    recipe: Any = learner if type(learner) is type(made) else made
    call, file, shape = KINDS[type(made)](made)
    name = writing.name(file)
    writing.save(name, **fitted.state().arrays)
    given = {
        "name": name, "columns": list(fitted.task.inputs), **shape, "training": trained(recipe, writing),
        "loss": loss_of(recipe, writing),
    }  # fmt: skip
    return Piece(call, (*READING, file), given)


def trained(recipe: Any, writing: Writing) -> dict[str, Any]:
    """How the weights move; there are no layers one above the other."""
    found = training_of(recipe, writing)
    del found["layer_decay"]
    return found


def hashed(made: Any) -> tuple[str, str, dict[str, Any]]:
    """The class of hashed n-grams in code, its template, and what it is given."""
    shape = {"width": made.width, "buckets": made.buckets, "characters": made.characters, "words": made.words}
    return "HashedNgrams", "hashed_ngrams", shape


def convolution(made: Any) -> tuple[str, str, dict[str, Any]]:
    """The class of a convolution over characters in code, its template, and what it is given."""
    shape = {"width": made.width, "filters": made.filters, "windows": made.windows, "max_length": made.max_length}
    return "CharConvolution", "char_convolution", shape


KINDS: Mapping[type, Callable[[Any], tuple[str, str, dict[str, Any]]]] = {
    HashedNgrams: hashed,
    CharConvolution: convolution,
}
