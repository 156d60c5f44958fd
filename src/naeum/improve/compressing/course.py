"""How are smaller models tried, one after the other, until limits hold, ideas end or time is over?

Each is a rung: fitted in the store, measured on the rows that measure rungs (out-of-fold rows where data are small)
beside the champion on the same rows, and written to the ledger. A killed process goes on with the first that is not
there.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from naeum import values
from naeum.compress.export.vocabulary import ALL, USED
from naeum.compress.loss.compared import Loss
from naeum.contract import Edit, Rung
from naeum.errors import InputError, NaeumError
from naeum.improve import forecast, gate, ladder
from naeum.improve.compressing import diagnosing
from naeum.improve.compressing.asked import asked
from naeum.improve.compressing.front import Choice, Point, chosen, front, lost
from naeum.improve.compressing.losing import losses
from naeum.improve.compressing.recipes import BOTH, EIGHT, FEWER, PLAIN, Recipe, following, in_order, recipes
from naeum.improve.rung import climbed, costs
from naeum.improve.site import Site
from naeum.model.claims import claims

SPREAD = 0.05  # by which a score is expected to change: a smaller model is not shrunk towards its teacher


@dataclass(frozen=True)
class Wish:
    """What the smaller model must be.

    Args:
        limits: most "latency_ms" (95th percentile of single rows) and "size_mb".
        max_loss: of the champion's score, relative.
        seconds: that trying may take.
        rung: this one instead of the champion.
    """

    limits: Mapping[str, float]
    max_loss: float
    seconds: float
    rung: int | None = None


@dataclass(frozen=True)
class Compressed:
    """Everything that was measured, the champion first, and what is recommended."""

    champion: Rung
    points: tuple[Point, ...]
    front: tuple[Point, ...]  # what no other beats in score, milliseconds and megabytes at once
    choice: Choice
    rungs: Mapping[int, Rung]
    losses: Mapping[str, Loss]  # what each lost beside the champion, and where, by its name
    metric: str
    out: str = ""  # which model was put into which folder, in a sentence


def compress(site: Site, wish: Wish) -> Compressed:
    """Try smaller models until one holds every limit, or without limits as long as there is time.

    Raises:
        InputError: the run has no rung, or none of the smaller models could be made.
    """
    rungs = ladder.rungs_of(site.ledger, site.folder, site.learner_kinds)
    if not rungs:
        raise InputError(
            f"a run must have a rung to be made smaller; {site.folder} has none; go on with: naeum improve "
            f"{site.folder}"
        )
    champion = _champion(site, rungs, wish.rung)
    own = _own(site, champion)
    found = diagnosing.Findings(site, champion, own, wish.limits, wish.max_loss)
    made, smaller = found.made, dict[str, Rung]()
    site.clock.budget = site.clock.elapsed() + wish.seconds
    for recipe in _worthwhile(site, champion, own, found, wish):
        rung = _known(site, recipe) or _climbed(site, recipe, champion, own)
        made[recipe.name] = None if rung is None else _point(recipe.name, rung)
        if rung is not None:
            smaller[recipe.name] = rung
            found.look(recipe.name, rung)
    points = (own, *(point for point in made.values() if point is not None))
    sign = site.metric.sign
    choice = chosen(points, own, wish.limits, wish.max_loss, sign)
    told = losses(site, champion, smaller)
    numbered = {rung.number: rung for rung in smaller.values()}
    return Compressed(champion, points, front(points, sign), choice, numbered, told, site.metric.title)


def _champion(site: Site, rungs: tuple[Rung, ...], number: int | None) -> Rung:
    """The rung that is made smaller: the one that was named, else pinned, else the best without regard to limits."""
    number = site.ledger.last("pin").get("number") if number is None else number
    if number is not None:
        if not 0 <= number < len(rungs):
            raise InputError(
                f"a rung must be one of 0 … {len(rungs) - 1}; got {number}; see them all with: naeum why {site.folder}"
            )
        return rungs[number]
    smaller = {event["number"] for event in site.ledger if event["event"] == ladder.SMALLER}
    return gate.choose([rung for rung in rungs if rung.number not in smaller], {}, site.metric.sign)


def _worthwhile(site: Site, champion: Rung, own: Point, seen: diagnosing.Findings, wish: Wish) -> Iterator[Recipe]:
    """Recipes, one at a time, as what was made of those before lets them be, and asks for."""
    made, sign, late, layers = seen.made, site.metric.sign, set[str](), _layers(site, champion)
    while not (wish.limits and _held(made, own, wish, sign)):
        words = ALL if BOTH in made and made[BOTH] is None else USED  # some tokenizers cannot be cut
        found = recipes(champion.learner, site.task, wish.max_loss, layers=layers, words=words)
        further = asked(champion.learner, found, seen.diagnosis)
        found = (*found, *(one for one in further if claims(one.learner, site.task)))
        there = {**made, **dict.fromkeys(late)}
        recipe = following(in_order(found, _needed(made, wish)), there, own, wish.max_loss, sign)
        if recipe is None:
            return
        seconds = forecast.seconds(site, recipe.learner)
        if seconds > site.clock.left() and _known(site, recipe) is None:
            late.add(recipe.name)
            site.say("note", text=f"{recipe.name}: it would take about {seconds:.0f} s; the time is over.")
            continue
        yield recipe


def _layers(site: Site, champion: Rung) -> int:
    """Layers of the largest base model inside the champion; 0 where there is none."""
    from naeum.engine import bases

    names = {node.base for _, node in values.nodes(champion.learner) if hasattr(node, "base")}
    return max((bases.find(name, site.policy).layers for name in names), default=0)


def _needed(made: Mapping[str, Point | None], wish: Wish) -> float:
    """How many times smaller or quicker the limits ask a model to be than the best that trains nothing."""
    points = [point for name in (BOTH, EIGHT, FEWER, PLAIN) if (point := made.get(name)) is not None]
    if not points:
        return 1.0
    return max((getattr(points[0], name) / most for name, most in wish.limits.items()), default=1.0)


def _held(made: Mapping[str, Point | None], own: Point, wish: Wish, sign: int) -> bool:
    """Whether a model that was made holds every limit and keeps the score."""
    points = [point for point in made.values() if point is not None]
    return any(
        all(getattr(point, name) <= most for name, most in wish.limits.items())
        and lost(point, own, sign) <= wish.max_loss
        for point in points
    )


def _own(site: Site, champion: Rung) -> Point:
    """The champion as it was measured, its cost taken again: now and under the same load as what is made of it."""
    cost = costs(site, site.executor.fitted(champion.artifact))
    return Point(
        "the champion as it is", champion.score, champion.low, champion.high, cost["latency_ms"], cost["size_mb"],
        champion.number,
    )  # fmt: skip


def _point(name: str, rung: Rung) -> Point:
    return Point(
        name, rung.score, rung.low, rung.high, rung.cost["latency_ms"], rung.cost["size_mb"], rung.number,
        rung.gain, rung.gain_low, rung.gain_high,
    )  # fmt: skip


def _known(site: Site, recipe: Recipe) -> Rung | None:
    """The rung of a recipe that was made before."""
    key = values.key(recipe.learner)
    for event in site.ledger:
        if event["event"] == ladder.SMALLER and event["learner_key"] == key:
            return ladder.rung_of(event, site.folder, site.learner_kinds)
    return None


def _climbed(site: Site, recipe: Recipe, champion: Rung, own: Point) -> Rung | None:
    """Fit and measure a recipe; None where it cannot be made."""
    number = len(ladder.rungs_of(site.ledger, site.folder, site.learner_kinds))
    why = recipe.why or f"It makes rung {champion.number} smaller."
    edit = Edit(recipe.learner, (), recipe.name, why, parents=(champion.number,))
    expected = {"gain": 0.0, "gain_sd": SPREAD, "seconds": forecast.seconds(site, recipe.learner)}
    told = {"technique": recipe.name, "reason": why, "seconds": expected["seconds"]}
    site.say("start", number=number, learner=ladder.short(edit.learner), **told)
    until = site.clock.elapsed() + max(site.clock.left(), 1.0)
    try:
        rung = climbed(site, number, edit, champion, expected, until)
    except (NaeumError, RuntimeError, ValueError, ArithmeticError, MemoryError) as error:
        reason = str(error) if isinstance(error, NaeumError) else f"{type(error).__name__}: {error}"
        site.say("note", text=f"{recipe.name}: {reason}")
        return None
    share = 100 * lost(_point(recipe.name, rung), own, site.metric.sign)
    said = f"A smaller model beside rung {champion.number}: it loses {share:.2g} % of its score."
    rung = dataclasses.replace(rung, kept=False, decision=said)
    site.write(**ladder.rung_event(rung, site.folder, ladder.SMALLER), learner_key=values.key(recipe.learner))
    site.say("rung", rung=rung)
    return rung
