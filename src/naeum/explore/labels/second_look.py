"""Which rows are worth a second look by a person, in which order?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.errors import NotApplicable
from naeum.explore.labels import conflicts, suspects
from naeum.explore.subject import Subject

ORDER = ("conflict", "suspect", "ambiguous", "hard")  # the surest reasons first


def second_look(subject: Subject, most: int) -> list[dict[str, Any]]:
    """At most `most` rows {"row", "text", "label", "why", "suggested", "score"}, each once, by its first reason.

    Half of them at most are conflicts, so that suspects come in too.

    Raises:
        NotApplicable: there are no labelled texts.
    """
    found = {"conflicts": conflicts.look(subject), "suspects": _suspects(subject)}
    return chosen(found, most)


def chosen(found: Mapping[str, Mapping[str, Any] | None], most: int) -> list[dict[str, Any]]:
    """The rows of what the parts `conflicts` and `suspects` found.

    Example:
        >>> clash = {"near": {"shown": [{"row": 1, "label": "a", "text": "x"}, {"row": 2, "label": "b", "text": "x"}]}}
        >>> [one["why"] for one in chosen({"conflicts": clash, "suspects": None}, 10)]
        ['conflict', 'conflict']
    """
    judged = found.get("suspects") or {}
    clashes = ((found.get("conflicts") or {}).get("near") or {}).get("shown", [])
    kinds: dict[str, list[dict[str, Any]]] = {
        "conflict": clashes[: max(most // 2, most - len(judged.get("listed", [])))],
        "suspect": judged.get("listed", []),
        "ambiguous": judged.get("ambiguous", []),
        "hard": judged.get("hard", []),
    }
    rows: dict[int, dict[str, Any]] = {}
    for why in ORDER:
        for one in kinds[why]:
            rows.setdefault(one["row"], {**one, "why": why})
    return list(rows.values())[:most]


def _suspects(subject: Subject) -> dict[str, Any] | None:
    try:
        return suspects.look(subject)
    except NotApplicable as reason:
        subject.say("note", text=f"no suspected labels: {reason}")
        return None
