"""How does a finding say that two lots of rows can be told apart?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from naeum.contract import Finding
from naeum.explore.checks.saying import ROWS_SHOWN, listed

LEAST_AUROC = 0.6  # of the classifier that tells two lots apart: below it even a sure difference is faint
SURE = 0.001  # p of a test: a false alarm costs trust
NAMED = 3  # words or columns that tell them apart and are named


def told_apart(one: Mapping[str, Any], new: str, old: str, by: Sequence[str] = ()) -> str | None:
    """A clause on the classifier that tells `new` from `old`; None where it hardly does.

    Example:
        >>> told_apart({"auroc": 0.71, "low": 0.68, "high": 0.74}, "test texts", "training texts", ("배송",))
        "a classifier tells test texts from training texts with AUROC 0.71 (0.68 to 0.74), by '배송'"
    """
    if one["auroc"] < LEAST_AUROC or one["low"] <= 0.5:
        return None
    telling = f", by {listed([repr(word) for word in by[:NAMED]])}" if by else ""
    return (
        f"a classifier tells {new} from {old} with AUROC {one['auroc']:.2f} ({one['low']:.2f} to {one['high']:.2f})"
        f"{telling}"
    )


def finding(
    check: Any, said: Sequence[str], numbers: Mapping[str, float], rows: Sequence[int] = (), more: str = ""
) -> Finding | None:
    """The finding of a check that said some clauses; None where it said none."""
    if not said:
        return None
    seen = "; ".join(said)
    sentence = f"{seen[:1].upper()}{seen[1:]}.{more}"
    return Finding(check.code, check.title, "warning", sentence, numbers, tuple(rows[:ROWS_SHOWN]), check.answers)
