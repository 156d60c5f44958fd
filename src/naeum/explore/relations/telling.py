"""How much does each column alone tell of the target?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.contract import Ints
from naeum.diagnose.checks.m07 import GIVEAWAY_ACCURACY, GIVEAWAY_CLOSED, LEAST_ROWS
from naeum.diagnose.giveaway import giveaway
from naeum.explore.relations.drawn import Drawn, as_codes
from naeum.explore.relations.measures import entropy, mutual_information
from naeum.explore.subject import Subject

RULES = 60  # columns whose rule is scored, those with the most information first
LEAST_EXPLAINED = 0.1  # of the target's entropy: what tells less is no giveaway, and its rule is not scored
ALL = 0.95  # of the target's entropy: a column that tells so much leaves groups nothing to tell
OTHERS = ("date", "category")  # roles beyond those drawn that could give the target away


def telling(subject: Subject, sample: Drawn) -> list[dict[str, Any]] | None:
    """Columns with their mutual information with the target, most first; none without a usable target.

    `explained` is the share of the target's entropy that goes; `accuracy` and `closed` (the share of the majority's
    mistakes that go) are of a rule on this column alone, learned on one half of the rows and scored on the other.
    """
    if sample.target is None or entropy(sample.target) <= 0:
        return None
    whole = entropy(sample.target)
    found: list[dict[str, Any]] = []
    for name in [*sample.numbers, *sample.codes]:
        if name == subject.target:
            continue
        bits = mutual_information(sample.coded(name), sample.target)
        found.append({"column": name, "bits": round(bits, 6), "explained": round(min(bits / whole, 1.0), 6)})
    found += [{"column": name, "bits": None, "explained": 1.0} for name in _others(subject, sample)]
    found.sort(key=lambda one: -float(one["explained"] or 0))
    target = _classes(subject, sample)
    if target is not None:
        scored = [one for one in found if one["explained"] >= LEAST_EXPLAINED][:RULES]
        cells = subject.table.take(sample.at, [str(one["column"]) for one in scored]) if scored else None
        for one in scored:
            _score(subject, cells.column(str(one["column"])), target, one)  # type: ignore[union-attr]
    found = [one for one in found if one["bits"] is not None]
    return sorted(found, key=lambda one: -float(one["explained"]))


def _others(subject: Subject, sample: Drawn) -> list[str]:
    """Columns that were not drawn but could hold the answer: dates, and categories of many values that repeat."""
    return [
        name
        for name in subject.having(*OTHERS)
        if name not in sample.codes
        and name != subject.target
        and 2 * subject.known[name]["distinct"] < subject.table.rows
    ]


def _classes(subject: Subject, sample: Drawn) -> Ints | None:
    """The codes of a target of classes; a target of numbers has no rule that could be right."""
    return sample.codes.get(str(subject.target))


def _score(subject: Subject, cells: Any, target: Ints, one: dict[str, Any]) -> None:
    rule = giveaway(str(one["column"]), cells, target, seed=subject.seed)
    one |= {"accuracy": rule.accuracy, "majority": rule.majority, "closed": rule.closed, "rule_rows": rule.rows}
    if one["bits"] is None and rule.closed > 0:
        codes = as_codes(cells)[0]
        bits = mutual_information(codes, target)
        one |= {"bits": round(bits, 6), "explained": round(min(bits / max(entropy(target), 1e-12), 1.0), 6)}


def gives_away(one: Mapping[str, Any]) -> bool:
    """Whether a rule on one column alone tells nearly every target.

    Example:
        >>> gives_away({"accuracy": 1.0, "closed": 1.0, "rule_rows": 900}), gives_away({"column": "age"})
        (True, False)
    """
    sure = one.get("rule_rows", 0) >= LEAST_ROWS and one["accuracy"] >= GIVEAWAY_ACCURACY
    return bool(sure and one["closed"] >= GIVEAWAY_CLOSED)


def most_telling(subject: Subject, most: int, *roles: str) -> list[str]:
    """The columns of these roles that tell the target best, by what the part `relations` found."""
    told = (subject.seen.get("relations") or {}).get("telling") or []
    honest = [one for one in told if float(one.get("explained", 0.0)) < ALL]  # a giveaway splits every group alike
    return [str(one["column"]) for one in honest if subject.roles[one["column"]] in roles][:most]
