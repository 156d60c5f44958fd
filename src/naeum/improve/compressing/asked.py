"""Which further recipes does the diagnosis of a champion in eight bits ask for, and which of them a missed limit?

Each says why it is tried, with the numbers that ask for it; without them none is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from naeum import values
from naeum.compress.export.exported import Exported
from naeum.compress.export.vocabulary import USED
from naeum.compress.quantize.arithmetic import INT4, NF4, Arithmetic, weights_alone
from naeum.compress.quantize.aware import INNER, QuantizationAware
from naeum.compress.quantize.quantized import Quantized
from naeum.improve.compressing.front import Point
from naeum.improve.compressing.recipes import (
    BOTH,
    EIGHT,
    HALF_HALF,
    HALF_LAYERS,
    HALF_WORK,
    HOPELESS,
    MADE,
    THIRD_LAYERS,
    THIRD_WORK,
    Recipe,
    student,
)
from naeum.model.around.cascade import Cascade

BALANCED, AWARE = "eight bits, balanced", "eight bits, learned"
FOUR, UNEQUAL = "four bits", "four bits of unequal steps"
CASCADE = "a student before the champion"
TAUGHT_MORE = {
    HALF_WORK: "half of the operations, with made rows",
    HALF_LAYERS: "half of the layers, with made rows",
    THIRD_WORK: "a third of the operations, with made rows",
    THIRD_LAYERS: "a third of the layers, with made rows",
    HALF_HALF: "half of the layers, half of their operations, with made rows",
}
# Of the layers: with more in float32 a model is hardly smaller or quicker than a tenth of it would be.
MANY = 0.1
HALF = 0.5  # balance that is usual (Xiao et al. 2023, "SmoothQuant")
EASY = 0.95  # of the rows a cascade's student must answer for the 95th percentile of time to be its own
SIZE, LATENCY = "size_mb", "latency_ms"


@dataclass(frozen=True)
class Seen:
    """What became of a champion in fewer bits."""

    kept: int  # layers in float32
    layers: int
    plain: float  # relative loss on tune with every layer in fewer bits; 0 where tune has no label
    lost: float  # of the champion's score, relative, on the rows that measure rungs

    def short(self, max_loss: float) -> str:
        """What falls short of it, in a sentence; empty where nothing does."""
        if self.lost > max_loss:
            return f"it loses {100 * self.lost:.2g} % where {100 * max_loss:.2g} % is allowed"
        if self.kept > MANY * self.layers:
            return f"{self.kept} of {self.layers} layers had to stay in float32"
        return ""


@dataclass(frozen=True)
class Diagnosis:
    """What was found out so far.

    Args:
        seen: of each recipe in fewer bits that was made, by its name.
        made: the point of every recipe that was tried; None where it could not be made.
        limits: most "latency_ms" and "size_mb".
        max_loss: of the champion's score, relative.
        easy: share of tune rows that a student made so far answers within half of the loss, by the student's name.
        lost: of the champion's score, relative, by every recipe that was made.
    """

    seen: Mapping[str, Seen]
    made: Mapping[str, Point | None]
    limits: Mapping[str, float]
    max_loss: float
    easy: Mapping[str, float]
    lost: Mapping[str, float]

    @property
    def eight(self) -> str:
        """The best recipe of eight bits that trains nothing; empty where there is none."""
        return next((name for name in (BOTH, EIGHT) if name in self.seen), "")


def asked(champion: Any, usual: Sequence[Recipe], found: Diagnosis) -> tuple[Recipe, ...]:
    """What the diagnosis asks for, each with its reason.

    Args:
        champion: the learner.
        usual: what is tried for every champion.
        found: what was found out.
    """
    eight = found.eight
    recipes = [] if not eight else [*_eight_bits(champion, found, eight), *_four_bits(champion, found, eight)]
    return (*recipes, *_taught_more(champion, usual, found), *_cascade(champion, found))


def _eight_bits(champion: Any, found: Diagnosis, eight: str) -> Iterator[Recipe]:
    """Balanced where plain falls short; learned where balanced does so as well."""
    why = found.seen[eight].short(found.max_loss)
    if not why:
        return
    plain = _plain(champion, eight, found.max_loss)
    balanced = Quantized(plain, max_loss=found.max_loss, arithmetic=Arithmetic(balance=HALF))
    yield Recipe(BALANCED, balanced, why=f"In eight bits {why}; balanced activations round better.")
    still = found.seen[BALANCED].short(found.max_loss) if BALANCED in found.seen else ""
    trunk = next((path for path, node in values.nodes(champion) if getattr(node, "kind", "") in INNER), None)
    if trunk is None or BALANCED not in found.made or (BALANCED in found.seen and not still):
        return
    inner = values.get(champion, trunk) if trunk else champion
    aware = values.put(champion, trunk, QuantizationAware(inner)) if trunk else QuantizationAware(inner)
    learned = Quantized(_plain(aware, eight, found.max_loss), max_loss=found.max_loss)
    yield Recipe(AWARE, learned, why=f"In eight bits, balanced too, {still or why}; so it learns to live with them.")


def _four_bits(champion: Any, found: Diagnosis, eight: str) -> Iterator[Recipe]:
    """Weights in four bits where the size that is allowed is below that in eight; of unequal steps where that lost."""
    most = found.limits.get(SIZE)
    points = [point for name in (EIGHT, BOTH) if (point := found.made.get(name)) is not None]
    smallest = min((point.size_mb for point in points), default=0.0)
    if most is None or smallest <= most:
        return
    plain = _plain(champion, eight, found.max_loss)
    why = f"Eight bits take {smallest:.3g} MB where {most:.3g} MB are allowed; four bits of weights alone take less."
    yield Recipe(FOUR, Quantized(plain, max_loss=found.max_loss, arithmetic=weights_alone(INT4)), why=why)
    short = found.seen[FOUR].short(found.max_loss) if FOUR in found.seen else ""
    if short:
        why = f"In four bits {short}; unequal steps lie as weights do."
        yield Recipe(UNEQUAL, Quantized(plain, max_loss=found.max_loss, arithmetic=weights_alone(NF4)), why=why)


def _taught_more(champion: Any, usual: Sequence[Recipe], found: Diagnosis) -> Iterator[Recipe]:
    """Cuts that lost too much, though not hopelessly, taught on made rows as well."""
    own = [node for _, node in values.nodes(champion)]  # may hold students itself, which are what they are
    for recipe in usual:
        share = found.lost.get(recipe.name, 0.0)
        if recipe.name in TAUGHT_MORE and found.max_loss < share <= HOPELESS * found.max_loss:
            path, node = next(
                (path, node)
                for path, node in values.nodes(recipe.learner)
                if node.kind in {"distilled", "pruned"} and node not in own
            )
            learner = values.put(recipe.learner, path, replace(node, more=replace(node.more, made=MADE)))
            why = (
                f"With {recipe.name} it loses {100 * share:.2g} % where {100 * found.max_loss:.2g} % is allowed; "
                f"{MADE:g} rows made of each, which the champion answers, teach it more."
            )
            yield replace(recipe, name=TAUGHT_MORE[recipe.name], learner=learner, why=why)


def _cascade(champion: Any, found: Diagnosis) -> Iterator[Recipe]:
    """A student before the champion where it answers nearly all rows in time, and loses too much of the others."""
    most = found.limits.get(LATENCY)
    quick = [
        (name, share)
        for name, share in found.easy.items()
        if share >= EASY and (point := found.made.get(name)) is not None and most and point.latency_ms <= most
    ]
    if not quick:
        return
    name, share = max(quick, key=lambda one: one[1])
    half = found.max_loss / 2  # the other half is for eight bits
    both = Cascade(student(champion, name), champion, max_loss=half)
    learner = Quantized(_plain(both, found.eight or EIGHT, half), max_loss=half)
    why = f"The {name} is sure enough of {100 * share:.0f} % of the rows; the champion answers the others."
    yield Recipe(CASCADE, learner, why=why)


def _plain(learner: Any, eight: str, max_loss: float) -> Exported:
    """The export that is brought to fewer bits: with fewer words where that could be made."""
    plain = Exported(learner)
    return replace(Exported(plain), words=USED, max_loss=max_loss) if eight == BOTH else plain
