"""How does a finding say that rows, or images, stand on two sides of a split?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from naeum.contract import Severity
from naeum.diagnose.rates import percent

Told = Callable[[Mapping[str, Any]], str]
ISSUE_SHARE = 0.01  # of a part: as many rows move its score by up to a point


def standing(
    pairs: Sequence[Mapping[str, Any]], what: str, kept: str, nearly: str = "", told: Told = lambda one: ""
) -> tuple[str, Severity, dict[str, float]] | None:
    """The sentence, how grave it is, and the numbers; None where nothing stands in two parts.

    Args:
        pairs: of parts: first and second, how many of the second stand in the first (equal, near).
        what: rows or images.
        kept: under which name a pair holds how many the second part has.
        nearly: what is said where near ones count too.
        told: what is said of the equal ones of a pair beside.

    Example:
        >>> one = {"first": "train", "second": "test", "near": 3, "equal": 2, "rows": 100}
        >>> standing([one], "rows", "rows")[0]
        '3 of 100 test rows (3.0 %) also stand in train; 2 are equal.'
    """
    leaky = [one for one in pairs if one["near"]]
    if not leaky:
        return None
    shares = [one["near"] / one[kept] for one in leaky]
    said = [
        f"{one['near']:,} of {one[kept]:,} {one['second']} {what} ({percent(share)}) also stand in {one['first']}"
        f"{nearly}; {one['equal']:,} are equal{told(one)}"
        for one, share in zip(leaky, shares, strict=True)
    ]
    numbers = {
        f"{kind} {one['first']} {one['second']}": float(one[kind]) for one in leaky for kind in ("equal", "near")
    }
    return f"{'; '.join(said)}.", "issue" if max(shares) >= ISSUE_SHARE else "warning", numbers
