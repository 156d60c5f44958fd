"""What is tried first, on every data set? The opening book.

The floor → what suits the rows (texts, words, tables, images) → blend → calibrate. Each step is a rung like any other.
"""

from __future__ import annotations

from collections.abc import Mapping

from naeum.contract import Edit, InputKind, OutputKind, Rung, Task
from naeum.improve import starting
from naeum.improve.opening import around, images, spans, tables, tags, texts
from naeum.improve.opening.step import Skip, Step
from naeum.improve.site import Site
from naeum.measure import metric
from naeum.model.claims import claims

FIRST: tuple[tuple[str, Step], ...] = (("floor", around.floor),)
# Of classes in an order.
ORDER: tuple[tuple[str, Step], ...] = (("ordinal_linear", texts.ordinal_linear), ("ordinal", around.ordinal))
BLEND: tuple[tuple[str, Step], ...] = (("blend", around.blend),)
# What finishes the answers of a kind.
FINISH: Mapping[OutputKind, tuple[str, Step]] = {
    "label": ("calibrate", around.calibrate),
    "labels": ("thresholds", around.thresholds),
    "number": ("ends", around.ends),
    "span": ("withhold", around.withhold),
}
CUT: tuple[str, Step] = ("cut_points", around.cut_points)  # what finishes them, where a metric judges answers
# Answers of a shape that asks for steps of their own, whatever the rows hold.
BY_OUTPUT: Mapping[OutputKind, tuple[tuple[str, Step], ...]] = {"span": spans.STEPS}
BY_KINDS: Mapping[frozenset[InputKind], tuple[tuple[str, Step], ...]] = {
    frozenset({"text"}): texts.STEPS,
    frozenset({"words"}): tags.STEPS,
    frozenset({"image"}): images.STEPS,
}
ALL = (FIRST, *BY_KINDS.values(), *BY_OUTPUT.values(), tables.STEPS, ORDER, BLEND, (*FINISH.values(), CUT))
NAMES = tuple(dict.fromkeys(name for steps in ALL for name, _ in steps))


def book(task: Task) -> tuple[tuple[str, Step], ...]:
    """The steps for rows like these, in their order."""
    kinds = frozenset(task.columns.values())
    middle = BY_OUTPUT.get(task.output) or BY_KINDS.get(kinds, tables.STEPS)
    last = (FINISH[task.output],) if task.output in FINISH else ()
    if task.output == "label" and task.ordered:
        last = (CUT,) if metric(task.metric).needs == "labels" else last
        middle = (*middle, *ORDER)
    return (*FIRST, *middle, *BLEND, *last)


def next_step(site: Site, rungs: tuple[Rung, ...]) -> Edit | None:
    """The next step of the book that applies; those that do not are written down with their reason.

    A run that goes on asks again for what was left out: it may have more time, or other limits.
    """
    seen = _seen(site)
    own = starting.step(site.start, rungs, seen)
    if own is not None:
        return own
    for name, step in book(site.task):
        if name in seen:
            continue
        why = _excluded(site, name)
        found = Skip(why) if why else step(site, rungs)
        if isinstance(found, Edit) and claims(found.learner, site.task):
            return found
        if isinstance(found, Edit):
            found = Skip(f"It is not for tasks that answer {site.task.output}.")
        site.write("skipped", technique=name, reason=found.reason)
    return None


def _seen(site: Site) -> set[str]:
    """Steps that were decided on at any time, or left out since the last start."""
    decided: set[str] = set()
    skipped: set[str] = set()
    for event in site.ledger:
        if event["event"] == "run":
            skipped.clear()
        elif event["event"] in ("decision", "skipped"):
            (decided if event["event"] == "decision" else skipped).add(event["technique"])
    return decided | skipped


def _excluded(site: Site, name: str) -> str:
    if name == "floor":
        return ""  # every score is read against it
    if name in site.options.without:
        return "Left out by --without."
    return "Not among --only." if site.options.only and name not in site.options.only else ""
