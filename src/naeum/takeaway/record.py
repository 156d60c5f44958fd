"""What of a ladder is worth keeping in a place where all experiments of a team are kept?"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from naeum import values
from naeum.contract import Rung
from naeum.improve.ladder import Ladder
from naeum.measure import metric
from naeum.report import words

LONGEST = 250  # characters of a setting: more, and trackers cut or refuse it
COSTS = ("seconds", "latency_ms", "rows_per_second", "size_mb", "memory_mb")


@dataclass(frozen=True)
class Entry:
    """One rung.

    Args:
        number: of the rung.
        name: number and technique.
        metrics: score, its interval, gain, costs; finite numbers by name.
        settings: every setting of the learner by its path, as text.
        learner: as JSON, to fit it again with --start.
        tags: what it is, why it was tried, whether it was kept.
    """

    number: int
    name: str
    metrics: Mapping[str, float]
    settings: Mapping[str, str]
    learner: Mapping[str, Any]
    tags: Mapping[str, str]


@dataclass(frozen=True)
class Record:
    """A whole climb.

    Args:
        name: of the run.
        metric: what is improved, as trackers take names.
        settings: the options, as text.
        entries: the rungs in order.
        summary: the champion's numbers and the test's; finite numbers by name.
        tags: the champion, the hash of the data, versions.
        note: what made the difference.
    """

    name: str
    metric: str
    settings: Mapping[str, str]
    entries: tuple[Entry, ...]
    summary: Mapping[str, float]
    tags: Mapping[str, str]
    note: str


def record(ladder: Ladder) -> Record:
    """What of a run is sent.

    Raises:
        InputError: the run has no rung.
    """
    champion, name = ladder.champion_rung, ladder.task.metric.replace(":", "_")
    summary: dict[str, Any] = {"rungs": float(len(ladder.rungs)), "minutes": ladder.minutes, **numbers(champion, name)}
    if ladder.test:
        summary |= {f"test_{name}{end}": ladder.test.get(key) for key, end in ENDS.items()}
    tags = {
        "champion": str(champion.number), "technique": champion.technique, "learner": words.learner(champion.learner),
        "metric": metric(ladder.task.metric).title, "made_with": "naeum",
    }  # fmt: skip
    settings = {key: short(value) for key, value in ladder.options.items() if value not in (None, False, (), [])}
    entries = tuple(entry(rung, name) for rung in ladder.rungs)
    return Record(ladder.folder.name, name, settings, entries, finite(summary), tags, ladder.why)


ENDS = {"score": "", "low": "_low", "high": "_high"}


def entry(rung: Rung, name: str) -> Entry:
    """One rung as it is sent.

    Example:
        >>> from naeum.model.floor import Majority
        >>> made = entry(Rung(0, Majority(), "floor", "why", (), (), "k", 0.5, 0.4, 0.6, 0.5, 0.5), "accuracy")
        >>> made.name, made.metrics["accuracy_low"]
        ('0 floor', 0.4)
    """
    document = values.to_json(rung.learner)
    tags = {
        "learner": words.learner(rung.learner), "reason": rung.reason, "decision": rung.decision,
        "kept": str(rung.kept).lower(), "parents": ", ".join(map(str, rung.parents)), "answers": rung.answers,
    }  # fmt: skip
    said = {key: value for key, value in tags.items() if value}
    return Entry(rung.number, f"{rung.number} {rung.technique}", numbers(rung, name), flat(document), document, said)


def numbers(rung: Rung, name: str) -> dict[str, float]:
    """The numbers of a rung that are finite."""
    found: dict[str, Any] = {
        name: rung.score, f"{name}_low": rung.low, f"{name}_high": rung.high, f"tune_{name}": rung.tune_score,
        f"fit_{name}": rung.fit_score, "gain": rung.gain, "gain_low": rung.gain_low, "gain_high": rung.gain_high,
        "p_better": rung.p_better, "kept": float(rung.kept),
        **{cost: rung.cost.get(cost) for cost in COSTS},
    }  # fmt: skip
    return finite(found)


def finite(found: Mapping[str, Any]) -> dict[str, float]:
    """What of some numbers is one.

    Example:
        >>> finite({"a": 1, "b": None, "c": float("nan")})
        {'a': 1.0}
    """
    there = {name: value for name, value in found.items() if isinstance(value, (int, float))}
    return {name: float(value) for name, value in there.items() if math.isfinite(value)}


def flat(document: Any, path: str = "learner") -> dict[str, str]:
    """Every setting of a document by its dotted path.

    Example:
        >>> flat({"kind": "blend", "version": 1, "settings": {"members": [{"c": 1.0}]}})
        {'learner': 'blend', 'learner.members.0.c': '1.0'}
    """
    if isinstance(document, Mapping) and "kind" in document and "settings" in document:
        return {path: str(document["kind"]), **flat(document["settings"], path)}
    if isinstance(document, Mapping):
        inside = [(f"{path}.{name}", value) for name, value in document.items()]
    elif isinstance(document, (list, tuple)) and any(isinstance(one, Mapping) for one in document):
        inside = [(f"{path}.{at}", value) for at, value in enumerate(document)]
    else:
        return {path: short(document)}
    return {name: text for place, value in inside for name, text in flat(value, place).items()}


def short(value: Any) -> str:
    """A setting as text."""
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "\u2026"
