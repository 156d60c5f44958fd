"""Which smaller models can be made of a champion, and which of them is worth the next try?

A recipe is a learner around the champion's: what was fitted before is not fitted again. The order is that of the cost
of trying: what trains nothing stands first, mild cuts before strong ones, single steps before several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from naeum.compress.exported import Exported
from naeum.compress.quantized import Quantized
from naeum.compress.vocabulary import USED
from naeum.improve.compressing.front import Point, lost

PLAIN, FEWER, EIGHT, BOTH = "exported", "fewer words", "eight bits", "fewer words, eight bits"
# A cut that lost so many times what may be lost is not followed by a stronger one of its kind: what is lost at first
# grows faster than what is cut.
HOPELESS = 3.0


@dataclass(frozen=True)
class Recipe:
    """A smaller model that can be tried."""

    name: str
    learner: Any
    weaker: str = ""  # the recipe that must have been made, and not have lost too much, before


def recipes(champion: Any, max_loss: float) -> tuple[Recipe, ...]:
    """All that can be tried with a champion's learner, in order.

    Args:
        champion: the learner.
        max_loss: of its score, relative, that fewer words and layers in eight bits may cost.

    Example:
        >>> from naeum.model.floor import Majority
        >>> [one.name for one in recipes(Majority(), 0.005)][:2]
        ['exported', 'fewer words']
    """
    return (
        Recipe(PLAIN, Exported(champion)),
        Recipe(FEWER, Exported(champion, words=USED, max_loss=max_loss), PLAIN),
        Recipe(EIGHT, Quantized(champion, max_loss=max_loss), PLAIN),
        Recipe(BOTH, Quantized(champion, max_loss=max_loss, words=USED), FEWER),
    )


def following(
    waiting: Sequence[Recipe], made: Mapping[str, Point | None], own: Point, max_loss: float, sign: int
) -> tuple[Recipe | None, tuple[str, ...]]:
    """The first recipe that is worth a try, and the names of those before it that are not, as what they follow failed.

    Args:
        waiting: all, in order.
        made: what was tried: its point; None where it could not be made or was left out.
        own: the champion.
        max_loss: of its score, relative.
        sign: +1 where a higher score is better.
    """
    left: list[str] = []
    for recipe in waiting:
        if recipe.name in made:
            continue
        if recipe.weaker:
            before = made.get(recipe.weaker)
            if recipe.weaker in left or before is None or lost(before, own, sign) > HOPELESS * max_loss:
                left.append(recipe.name)
                continue
        return recipe, tuple(left)
    return None, tuple(left)
