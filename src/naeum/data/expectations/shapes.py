"""Do all texts of a column look alike, as codes do: AB-1234?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

MOST_CHARACTERS = 40  # of a code; longer ones are texts
RUNS = (("[A-Z]+", "A"), ("[a-z]+", "a"), ("[가-힣]+", "가"), ("[0-9]+", "0"))
CLASSES = {"A": "[A-Z]", "a": "[a-z]", "가": "[가-힣]", "0": "[0-9]"}


def shape(text: str) -> dict[str, str]:
    """SQL of the first and the last shape of a column of texts; codes have but one.

    The shape of a text has one letter for each run of capitals, of small letters, of Hangul and of digits.

    Example:
        >>> sorted(shape("code"))
        ['first shape', 'last shape']
    """
    bare = f"(CASE WHEN length({text}) <= {MOST_CHARACTERS} THEN {text} END)"
    for run, letter in RUNS:
        bare = f"regexp_replace({bare}, '{run}', '{letter}', 'g')"
    return {"first shape": f"min({bare})", "last shape": f"max({bare})"}


def run_lengths(text: str, found: Mapping[str, Any]) -> dict[str, str]:
    """SQL of the shortest and the longest of each run, where all texts have one shape."""
    one = _one(found)
    if not one:
        return {}
    groups = "".join(f"({CLASSES[letter]}+)" if letter in CLASSES else re.escape(letter) for letter in one)
    escaped = groups.replace("'", "''")
    runs = sum(letter in CLASSES for letter in one)
    lengths = {at: f"length(regexp_extract({text}, '{escaped}', {at + 1}))" for at in range(runs)}
    return {f"{end} {at}": f"{end}({sql})" for at, sql in lengths.items() for end in ("min", "max")}


def pattern_of(found: Mapping[str, Any]) -> str:
    """A regular expression that every text matches; '' where they have not one shape.

    Runs have the lengths that were seen; all else stands as it is.

    Example:
        >>> runs = {"min 0": 2, "max 0": 3, "min 1": 2, "max 1": 2}
        >>> pattern_of({"first shape": "A-0", "last shape": "A-0", "high": 6, **runs})
        '[A-Z]{2,3}\\\\-[0-9]{2}'
    """
    made, at = "", 0
    for letter in _one(found):
        if letter not in CLASSES:
            made += re.escape(letter)
            continue
        low, high = found[f"min {at}"], found[f"max {at}"]
        made += f"{CLASSES[letter]}{{{low}}}" if low == high else f"{CLASSES[letter]}{{{low},{high}}}"
        at += 1
    return made


def _one(found: Mapping[str, Any]) -> str:
    """The one shape of all texts, if it has two runs or marks, one of them a run."""
    one = str(found["first shape"] or "")
    alike = one == found["last shape"] and found["high"] <= MOST_CHARACTERS
    return one if alike and len(one) >= 2 and any(letter in CLASSES for letter in one) else ""
