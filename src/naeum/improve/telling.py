"""What made the difference, and what would more time or more data bring? In words, from the numbers of the ladder."""

from __future__ import annotations

from naeum.contract import Rung
from naeum.improve import gate
from naeum.improve.site import Site

RECENT = 3  # rungs whose gains tell what the next ones may bring
UNUSED = 0.25  # of the time: where more is left than this, ideas ran out before the time did
LITTLE = 0.002  # a promised gain below this, in the metric's units, is called little


def why(site: Site, rungs: tuple[Rung, ...], champion: Rung) -> str:
    """One paragraph: the steps that led to the champion, with their gains."""
    text = _floor(site, rungs) if champion.number == 0 else _steps(site, rungs, champion)
    return text if site.meant is None else f"{text} {site.meant.there(champion.cost['latency_ms'])}"


def _steps(site: Site, rungs: tuple[Rung, ...], champion: Rung) -> str:
    steps = [rung for rung in gate.champions(rungs) if 0 < rung.number < champion.number] + [champion]
    told = "; ".join(f"{rung.technique} (rung {rung.number}) {rung.gain:+.4f}" for rung in steps)
    most = max(steps, key=lambda rung: rung.gain)
    refused = sum(not rung.kept for rung in rungs)
    text = f"From the floor at {rungs[0].score:z.4f} to {champion.score:z.4f} {site.metric.title} on select: {told}."
    if len(steps) > 1:
        text += f" The largest step was {most.technique}."
    return f"{text} {refused} of {len(rungs)} rungs were tried and not kept." if refused else text


def _floor(site: Site, rungs: tuple[Rung, ...]) -> str:
    """Why nothing stands above the floor."""
    if len(rungs) == 1:
        return "Nothing but the floor was fitted."
    broken = [rung for rung in rungs[1:] if gate.breaks(rung.cost, site.limits)]
    if broken:
        return f"Nothing that holds the limits beat the floor; {len(broken)} of {len(rungs)} rungs break them."
    return "Nothing beat the floor: the rows do not tell what is asked, or the targets do not follow from them."


def forecast(site: Site, rungs: tuple[Rung, ...], champion: Rung) -> str:
    """What more time and what more data would likely bring."""
    return f"{_more_time(site, rungs, champion)} {_more_data(site)}"


def _more_time(site: Site, rungs: tuple[Rung, ...], champion: Rung) -> str:
    last = rungs[2:][-RECENT:]  # the first gain is one against the floor: it tells nothing of the next
    if not rungs[1:]:
        return "More time: not known; nothing but the floor was fitted."
    if site.timed and site.clock.left() > UNUSED * site.clock.budget and not _stopped(site, champion):
        return "More time: little; no edit that was left promised enough to be worth a rung."
    if not rungs[2:]:
        return "More time: not known; one rung above the floor does not tell what the next would bring."
    kept = [rung.gain for rung in last if rung.kept]
    them = f"the last {len(last)} rungs" if len(last) > 1 else "the last rung"
    if not kept:
        return f"More time: little; {them} brought nothing."
    return f"More time: {them} brought {sum(kept):+.4f}; about as long again may bring a part of that."


def _stopped(site: Site, champion: Rung) -> bool:
    """Whether the climb ended before its time for another reason than that ideas ran out."""
    events = [event["event"] for event in site.ledger]
    last_start = len(events) - events[::-1].index("run")
    wanted = site.options.stop_at
    reached = wanted is not None and site.metric.sign * (champion.score - wanted) >= 0
    return reached or "interrupted" in events[last_start:]


def _more_data(site: Site) -> str:
    diagnosis = site.ledger.last("diagnosis")
    curve = diagnosis.get("curve")
    if not curve:
        return "More data: not known; the learning curve needs more rows or more time than this run had."
    now = curve["errors"][-1]
    drop = now - curve["at_double"]
    low, high = now - curve["at_double_high"], now - curve["at_double_low"]
    worth = "little" if high < LITTLE else f"about {100 * drop:.1f} points fewer errors"
    return (
        f"More data: twice the rows would bring {worth} (95 % interval {100 * low:.1f} to {100 * high:.1f} points), "
        "by the learning curve of a cheap learner."
    )
