"""Which smaller models can be made of a champion, and which of them is worth the next try?

A recipe is a learner around the champion's: what was fitted before is not fitted again. What trains nothing stands
first. Cuts and students follow: those first that are expected to be small enough for the limits, the mildest of them
first, as it loses least. What only some champions need is asked for by their diagnosis, see asked.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from naeum import values
from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.layers import TRUNKS, Layers
from naeum.compress.distil.lesson import More
from naeum.compress.export.exported import Exported
from naeum.compress.export.vocabulary import USED
from naeum.compress.prune.pruned import Pruned
from naeum.compress.quantize.quantized import Quantized
from naeum.contract import Task
from naeum.improve.compressing.front import Point, lost
from naeum.model.claims import claims
from naeum.model.sequence.attention import Attention
from naeum.model.text.networks import HashedNgrams
from naeum.model.text.sequence import SequenceNetwork

PLAIN, FEWER, EIGHT, BOTH = "exported", "fewer words", "eight bits", "fewer words, eight bits"
HALF_LAYERS, THIRD_LAYERS = "half of the layers", "a third of the layers"
HALF_WORK, THIRD_WORK = "half of the operations", "a third of the operations"
HALF_HALF = "half of the layers, half of their operations"
NETWORK, NGRAMS, MORE_NGRAMS = "student of two layers", "student of n-grams", "student of n-grams, with made rows"
STUDENTS = {NETWORK: 6.0, NGRAMS: 20.0, MORE_NGRAMS: 20.0}  # how many times each is expected to shrink
# A cut that lost so many times what may be lost is not followed by a stronger one of its kind: what is lost at first
# grows faster than what is cut.
HOPELESS = 3.0
MADE = 4.0  # texts made for each row, for a student that reads no more than n-grams: about where its score flattens


@dataclass(frozen=True)
class Recipe:
    """A smaller model that can be tried."""

    name: str
    learner: Any
    weaker: str = ""  # the recipe that cuts less in the same way: where it failed, or lost too much, this one is left
    shrinks: float = 0.0  # how many times smaller and quicker than BOTH it is expected to be; 0: it is no cut
    why: str = ""  # what asks for it, in a sentence; empty where it is tried for every champion


def recipes(champion: Any, task: Task, max_loss: float, *, layers: int = 0, words: str = USED) -> tuple[Recipe, ...]:
    """All that can be tried with a champion's learner.

    Args:
        champion: the learner.
        task: what it answers.
        max_loss: of its score, relative, that fewer words and layers in eight bits may cost.
        layers: of its base model.
        words: those that stay in students with an encoder: "used" or "all".

    Example:
        >>> from naeum.model.text.linear import TfidfLogistic
        >>> from naeum.testing.data import make
        >>> [one.name for one in recipes(TfidfLogistic(), make(4).task, 0.005)][:2]
        ['exported', 'fewer words']
    """
    plain = Exported(champion)
    fewer = Exported(plain, words=USED, max_loss=max_loss)
    found = [
        Recipe(PLAIN, plain),
        Recipe(FEWER, fewer, PLAIN),
        Recipe(EIGHT, Quantized(plain, max_loss=max_loss), PLAIN),
        Recipe(BOTH, Quantized(fewer, max_loss=max_loss), FEWER),
        *_cut(champion, max_loss, layers, words),
        *_taught(champion),
    ]
    return tuple(recipe for recipe in found if claims(recipe.learner, task))


def _cut(champion: Any, max_loss: float, layers: int, words: str) -> Iterator[Recipe]:
    """The champion's own encoder with less in it, in eight bits; what was lost is learned again from the champion."""
    trunk = next((path for path, node in values.nodes(champion) if getattr(node, "kind", "") in TRUNKS), None)
    if trunk is None or layers < 2:
        return

    def small(inner: Any) -> Quantized:
        return Quantized(inner, max_loss=max_loss, words=words)

    def pruned(share: float) -> Any:
        encoder = values.get(champion, trunk) if trunk else champion
        cut = Pruned(encoder, share=share)
        return values.put(champion, trunk, cut) if trunk else cut

    half, third = max(1, layers // 2), max(1, layers // 3)
    yield Recipe(HALF_WORK, small(pruned(0.5)), shrinks=1.7)
    yield Recipe(HALF_LAYERS, small(Distilled(champion, Layers(half))), shrinks=2.0)
    yield Recipe(THIRD_WORK, small(pruned(0.33)), HALF_WORK, 2.4)
    if third < half:
        yield Recipe(THIRD_LAYERS, small(Distilled(champion, Layers(third))), HALF_LAYERS, 3.0)
    yield Recipe(HALF_HALF, small(Pruned(Distilled(champion, Layers(half)))), HALF_LAYERS, 3.4)


def _taught(champion: Any) -> Iterator[Recipe]:
    """Students that start from nothing, where the champion is more than n-grams itself."""
    if any(hasattr(node, "base") for _, node in values.nodes(champion)):
        for name, shrinks in STUDENTS.items():
            yield Recipe(name, Exported(student(champion, name)), PLAIN, shrinks)


def student(champion: Any, name: str) -> Distilled:
    """The learner of one of the STUDENTS."""
    if name == NETWORK:
        return Distilled(champion, SequenceNetwork(Attention(layers=2)))
    return Distilled(champion, HashedNgrams(), more=More(made=MADE) if name == MORE_NGRAMS else More())


def in_order(waiting: Sequence[Recipe], needed: float) -> tuple[Recipe, ...]:
    """Recipes as they are tried.

    Args:
        waiting: all.
        needed: how many times smaller or quicker than BOTH the limits ask; 1 or less where they do not.
    """
    return tuple(sorted(waiting, key=lambda one: (one.shrinks > 0, 0 < one.shrinks < needed, one.shrinks)))


def following(
    waiting: Sequence[Recipe], made: Mapping[str, Point | None], own: Point, max_loss: float, sign: int
) -> Recipe | None:
    """The first recipe that is worth a try.

    Args:
        waiting: all, in order.
        made: what was tried: its point; None where it could not be made or was left out.
        own: the champion.
        max_loss: of its score, relative.
        sign: +1 where a higher score is better.
    """
    for recipe in waiting:
        if recipe.name in made:
            continue
        before = made.get(recipe.weaker)
        failed = recipe.weaker in made and before is None
        hopeless = before is not None and lost(before, own, sign) > HOPELESS * max_loss
        if not failed and not hopeless:
            return recipe
    return None
