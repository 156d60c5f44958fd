"""Do all texts of a column look alike, as codes do: AB-1234?"""

from __future__ import annotations

import re

from naeum.data.kinds import quoted
from naeum.data.relation import Relation, told_of

MOST_CHARACTERS = 40  # of a code; longer ones are texts
RUNS = (("[A-Z]+", "A"), ("[a-z]+", "a"), ("[가-힣]+", "가"), ("[0-9]+", "0"))
CLASSES = {"A": "[A-Z]", "a": "[a-z]", "가": "[가-힣]", "0": "[0-9]"}


def shape_of(data: Relation, column: str) -> str:
    """A regular expression that every text of the column matches; '' where they do not look alike.

    Runs of letters and of digits have the lengths that were seen; all else stands as it is.

    Example:
        >>> from naeum.data.relation import related
        >>> with related([{"code": "AB-12"}, {"code": "XYZ-34"}]) as data:
        ...     shape_of(data, "code")
        '[A-Z]{2,3}\\\\-[0-9]{2}'
    """
    text = quoted(told_of(column))
    bare = text
    for run, letter in RUNS:
        bare = f"regexp_replace({bare}, '{run}', '{letter}', 'g')"
    there = f"FROM cells WHERE {text} IS NOT NULL"
    found = data.sql(f"SELECT DISTINCT {bare} AS shape {there} AND length({text}) <= {MOST_CHARACTERS} LIMIT 2")
    shapes = [row["shape"] or "" for row in found.to_pylist()]
    longest = data.one({"most": f"max(length({text}))"})["most"]
    if len(shapes) != 1 or len(shapes[0]) < 2 or longest > MOST_CHARACTERS:
        return ""
    return _with_lengths(data, text, there, shapes[0])


def _with_lengths(data: Relation, text: str, there: str, shape: str) -> str:
    """The shape with how long each run may be."""
    groups = "".join(f"({CLASSES[letter]}+)" if letter in CLASSES else re.escape(letter) for letter in shape)
    runs = [letter for letter in shape if letter in CLASSES]
    if not runs:
        return ""
    escaped = groups.replace("'", "''")
    measures = ", ".join(
        f"min(length(regexp_extract({text}, '{escaped}', {at + 1}))) AS low{at}, "
        f"max(length(regexp_extract({text}, '{escaped}', {at + 1}))) AS high{at}"
        for at in range(len(runs))
    )
    found = data.sql(f"SELECT {measures} {there}").to_pylist()[0]
    made, at = "", 0
    for letter in shape:
        if letter not in CLASSES:
            made += re.escape(letter)
            continue
        low, high = found[f"low{at}"], found[f"high{at}"]
        made += f"{CLASSES[letter]}{{{low}}}" if low == high else f"{CLASSES[letter]}{{{low},{high}}}"
        at += 1
    return made
