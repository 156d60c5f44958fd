"""Which base models does this climb use, in which order, and why?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from naeum import extras
from naeum.contract import Policy, Task
from naeum.errors import BaseModelError
from naeum.improve.options import Options

KEPT = 8  # models that are written down: those at hand, and the likeliest of the others


@dataclass(frozen=True)
class Basis:
    """Names of base models at hand, the likeliest first, and what was weighed, as JSON."""

    names: tuple[str, ...] = ()
    weighed: tuple[Mapping[str, Any], ...] = ()
    said: str = ""


def basis(
    options: Options,
    task: Task,
    reading: tuple[Sequence[str], tuple[str, ...]],
    policy: Policy,
    say: Callable[[str], None],
    before: Mapping[str, Any],
) -> Basis:
    """The base models of a climb; what was decided before a kill stays decided.

    Args:
        reading: texts of rows to learn from, and their languages; base models of images are named with --base.
        say: is told of downloads, and of what is missing.
        before: the newest start of this run, empty where there is none.

    Raises:
        BaseModelError: a model that was named is not there.
    """
    texts, spoken = reading
    if not texts:
        return Basis()
    if not (extras.there("torch") and extras.there("transformers")):
        say("torch is not installed: linear models only; pip install torch transformers for more.")
        return Basis()
    from naeum.engine import bases

    named = bases.named(options.base, policy, say) if options.base else ()
    names = named or bases.at_hand(spoken, policy) or _fetched(spoken, policy, say)
    kept = before.get("summary", {})
    if set(kept.get("bases", ())) == set(names) and "weighed" in kept:
        return Basis(tuple(kept["bases"]), tuple(kept["weighed"]), str(kept.get("basis", "")))
    return _weighed(names, (texts, spoken), task, policy, options.limits)


def _weighed(
    names: tuple[str, ...],
    reading: tuple[Sequence[str], tuple[str, ...]],
    task: Task,
    policy: Policy,
    limits: Mapping[str, float],
) -> Basis:
    """Weigh what is at hand beside what the catalogue knows."""
    from naeum.engine import bases, choice

    texts, spoken = reading
    if any(bases.find(name, policy).reads != "text" for name in names):
        return Basis(names)
    found = choice.weigh(names, texts, spoken, task, policy, limits)
    here, away = [one for one in found if one.at_hand], [one for one in found if not one.at_hand]
    shown = sorted((*here, *away[: max(KEPT - len(here), 2)]), key=found.index)
    return Basis(tuple(one.name for one in here), tuple(one.to_json() for one in shown), choice.sentence(found))


def _fetched(spoken: tuple[str, ...], policy: Policy, say: Callable[[str], None]) -> tuple[str, ...]:
    """A base model for the language from the hub where none is at hand; none where the hub may or can not be asked."""
    from naeum.engine import bases, hub

    name = bases.to_fetch(spoken)
    if name is None or policy.offline or hub.forbidden():
        return ()
    try:
        return (bases.find(name, policy, say).name,)
    except BaseModelError as error:
        say(f"going on without a base model for {spoken[0] if spoken else 'these texts'}: {error}")
        return ()
