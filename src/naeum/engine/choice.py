"""Which base model is likely to be best for these rows, and why? By what is known before anything is fitted.

Points from 0 to 1 for what a model was trained on, what is published of it, how its vocabulary reads the user's texts
and whether it was made for the kind of answer; then a share is taken for an unknown licence, and a model that breaks
the user's limits comes last whatever its points. It is a first guess, in words; what rows say of the models (their
probes, the race) counts more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from naeum.contract import Policy, Task
from naeum.engine import bases
from naeum.engine.bases import Base
from naeum.engine.catalogue import BaseCard, card_of, catalogue
from naeum.engine.suits import Suit, sample, suit

# What each trait counts; they add up to 1. The language comes first: a model that cannot read the texts knows nothing
# of them. The vocabulary is the one thing that is measured on the user's rows. What is published is of other rows.
WEIGHTS: Mapping[str, float] = {"language": 0.4, "vocabulary": 0.25, "published": 0.2, "answer": 0.15}
MULTILINGUAL = 0.6  # of a model of the language alone: it shares its size with a hundred others (Conneau et al. 2020)
UNSTATED = 0.5  # of a folder that does not say its languages: nothing speaks for or against it
UNKNOWN_COSTS = 8.0  # times the share of unknown pieces: one in eight unknown leaves nothing
UNLICENSED = 0.9  # of the points of a model whose licence is not sure: it may not be shipped by everyone


@dataclass(frozen=True)
class Weighed:
    """A base model with its points and what they came from."""

    name: str
    at_hand: bool
    points: float
    size_mb: float
    licence: str
    reasons: tuple[str, ...]
    breaks: str = ""  # the limit that it cannot hold
    suit: Mapping[str, float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "reasons": list(self.reasons), "suit": dict(self.suit)}


def weigh(
    names: Sequence[str],
    texts: Sequence[str],
    languages: Sequence[str],
    task: Task,
    policy: Policy,
    limits: Mapping[str, float],
) -> tuple[Weighed, ...]:
    """Base models at hand and those of the catalogue for the language, the likeliest first; those at hand come first
    among equals.

    Args:
        names: of those at hand.
        texts: of rows to learn from.
        languages: of the texts, most frequent first.
        limits: of size_mb, and others that only a measurement can tell.

    Raises:
        BaseModelError: one that should be at hand is not, or is broken.
    """
    few = sample(texts)
    here = {name: bases.find(name, policy) for name in names}
    suits = {name: suit(base, few) for name, base in here.items()}
    shortest = min((one.pieces for one in suits.values() if one is not None), default=1.0)
    wanted = languages[0] if languages else None
    away = [card for card in catalogue() if card.name not in here and (wanted is None or card.serves(wanted))]
    found = [
        _of(name, card_of(name), base, (suits[name], shortest), (wanted, task, limits)) for name, base in here.items()
    ]
    found += [_of(card.name, card, None, (None, shortest), (wanted, task, limits)) for card in away]
    return tuple(sorted(found, key=lambda one: (bool(one.breaks), -round(one.points, 3), not one.at_hand)))


def sentence(weighed: Sequence[Weighed]) -> str:
    """The choice in a sentence or two: the first at hand and why, and what would be better on paper.

    Example:
        >>> sentence([Weighed("tiny", True, 0.5, 91, "mit", ("reads English", "1.3 pieces a word"))])
        'base model = tiny, the only one at hand: reads English; 1.3 pieces a word (--base NAME|FOLDER says otherwise)'
    """
    here = [one for one in weighed if one.at_hand]
    if not here:
        return ""
    best = here[0]
    which = "the only one at hand" if len(here) == 1 else f"the likeliest of {len(here)} at hand"
    said = f"base model = {best.name}, {which}: {'; '.join(best.reasons)}"
    if best.breaks:
        said += f"; but {best.breaks}"
    better = next((one for one in weighed if not one.at_hand and not one.breaks and one.points > best.points), None)
    if better is not None:
        about = f"{better.size_mb:.0f} MB, {better.licence}"
        said += f". On paper {better.name} ({about}) is likelier to be good: --base {better.name} fetches it"
    return f"{said} (--base NAME|FOLDER says otherwise)"


def _of(
    name: str, card: BaseCard | None, base: Base | None, read: tuple[Suit | None, float], asked: tuple[Any, Task, Any]
) -> Weighed:
    """One model with its points."""
    (seen, shortest), (wanted, task, limits) = read, asked
    traits = {
        "language": _language(card, wanted),
        "published": _published(card, wanted),
        "vocabulary": _vocabulary(seen, shortest),
        "answer": _answer(name, card, seen, task),
    }
    known = {trait: part for trait, part in traits.items() if part is not None}
    points = sum(WEIGHTS[trait] * points for trait, (points, _) in known.items())
    points /= sum(WEIGHTS[trait] for trait in known)  # what cannot be known of it speaks neither for nor against it
    licence = base.licence if base is not None else card.licence if card is not None else "unknown"
    reasons = [said for _, said in known.values() if said]
    if licence == "unknown":
        points *= UNLICENSED
        reasons.append("its licence is not known")
    size = float(card.size_mb) if card is not None else _size(base)
    most = limits.get("size_mb")
    breaks = f"its {size:.0f} MB break the limit of {most:g} MB" if most is not None and size > most else ""
    told = {} if seen is None else seen.to_json()
    return Weighed(name, base is not None, points, size, licence, tuple(reasons), breaks, told)


def _language(card: BaseCard | None, wanted: str | None) -> tuple[float, str]:
    if card is None:
        return UNSTATED, "it does not say its languages"
    if wanted is None or wanted in card.languages:
        return 1.0, f"trained on {wanted or 'these texts'}"
    return MULTILINGUAL, f"trained on a hundred languages, {wanted} among them"


def _published(card: BaseCard | None, wanted: str | None) -> tuple[float, str] | None:
    """Its place in the catalogue among those of its sort: set by hand from published results."""
    if card is None:
        return None
    alike = [one.name for one in catalogue() if one.languages == card.languages]
    share = 1.0 - alike.index(card.name) / len(alike)
    best = max(card.results, key=lambda one: one.value, default=None)
    return share, "" if best is None else f"{best.benchmark} {best.metric} {best.value:g}"


def _vocabulary(seen: Suit | None, shortest: float) -> tuple[float, str] | None:
    if seen is None:
        return None
    lost = max(1.0 - UNKNOWN_COSTS * seen.unknown, 0.0)
    said = f"{seen.pieces:.2f} pieces a word"
    said += f", {100 * seen.unknown:.1f} % unknown" if seen.unknown else ""
    said += f", {100 * seen.cut:.0f} % of the texts are longer than it reads" if seen.cut >= 0.005 else ""
    return lost * min(shortest / seen.pieces, 1.0) * (1.0 - seen.cut / 2), said


def _answer(name: str, card: BaseCard | None, seen: Suit | None, task: Task) -> tuple[float, str] | None:
    """Whether it was made for this kind of answer: names are told by their case, likeness by vectors of sentences."""
    if task.output in ("tags", "span"):
        if seen is None:
            return (0.5, "it reads no capitals") if "uncased" in name else None
        return (1.0, "reads capitals") if seen.cased else (0.5, "it reads no capitals, which names are told by")
    if card is None:
        return None
    if card.sentences:
        return 1.0, "made for vectors of whole texts"
    return (0.5 if task.output == "number" and len(task.inputs) > 1 else 0.75), ""


def _size(base: Base | None) -> float:
    """MB of the weights of a base model that lies in a folder."""
    if base is None:
        return 0.0
    return sum(file.stat().st_size for file in base.folder.glob("*.safetensors")) / 1e6
