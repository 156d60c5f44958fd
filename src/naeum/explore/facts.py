"""What is known of every column after one pass: how many values, how many distinct, and what role it plays?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from naeum.data.schema import CODE, ID_NAMES
from naeum.explore.held import facts_of, values_in
from naeum.explore.table import Table, literal, quoted

Facts = dict[str, dict[str, Any]]

AT_ONCE = 50  # columns of one query: with thousands in one, planning takes longer than counting
EXACT_CELLS = 5_000_000  # cells up to which distinct values are counted exactly in the first pass
FEW_DISTINCT = 2_000  # estimated distinct values up to which they are counted exactly in a second pass
NEARLY_UNIQUE = 0.9  # estimated share of distinct values from which they are counted exactly
UNIQUE = 0.99  # share of distinct values from which a column of codes names the row
LEAST_UNIQUE = 10  # distinct values that an id needs
FEW_CODES = 5  # whole numbers of so few distinct values are codes of categories
FEW_CLASSES = 20  # whole numbers of so few distinct values are classes of a target
DENSE = 1.5  # unique whole numbers that fill their range this well are numbers of rows
WORDY = 2.0  # mean blanks of a value from which short strings are texts
SHORT, LONG = 16.0, 50.0  # mean characters: of a text with blanks, of a text in any case
VARIED = 0.1  # share of distinct values of a text: less is a category with long names
CODES_SHARE = 0.95
ID_NAME = re.compile(r"(^|[_ ])(id|idx|index|key|uuid|uid|no)$|Id$|ID$|번호$")
NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "FLOAT", "DOUBLE")
DATES = ("DATE", "TIMESTAMP")
IMAGE = r"^\\xFF\\xD8\\xFF|^\\x89PNG|^GIF8|^RIFF|^BM"  # how DuckDB shows the first bytes of a picture


def facts(table: Table) -> Facts:
    """For every column: type, count (values there), distinct, exact (whether that was counted), least and most,
    whole (all numbers are), infinite; of strings chars and blanks (means), codes (share).

    Example:
        >>> from naeum.explore.loading import opened
        >>> found = facts(opened([{"n": "1"}, {"n": "inf"}, {"n": ""}]))
        >>> found["n"]["count"], found["n"]["infinite"], found["n"]["least"]
        (2, 1, 1.0)
    """
    exact = table.rows * len(table.columns) <= EXACT_CELLS
    found: Facts = {}
    names = list(table.columns)
    for start in range(0, len(names), AT_ONCE):
        found |= _first_pass(table, names[start : start + AT_ONCE], exact)
    if not exact:
        _recount(table, found)
    return found


def roles(table: Table, found: Facts, target: str | None = None, text: Sequence[str] = ()) -> dict[str, str]:
    """Column -> number, category, date, text, id, constant, boolean, list or image.

    Example:
        >>> from naeum.explore.loading import opened
        >>> cities = ("서울", "부산")
        >>> rows = [{"id": f"a{n}", "age": str(n % 40), "city": cities[n % 2], "x": "1"} for n in range(80)]
        >>> table = opened(rows)
        >>> roles(table, facts(table))
        {'id': 'id', 'age': 'number', 'city': 'category', 'x': 'constant'}
    """
    return {
        name: "text" if name in text else role_of(name, one, target=name == target, rows=table.rows)
        for name, one in found.items()
    }


def role_of(name: str, one: Mapping[str, Any], *, target: bool, rows: int) -> str:
    """The role of one column by its facts."""
    kind = one["type"]
    if one["distinct"] <= 1:
        return "constant"
    if kind == "BOOLEAN":
        return "boolean"
    if kind in DATES:
        return "date"
    if kind in NUMBERS:
        return _role_of_numbers(name, one, target)
    if kind == "VARCHAR":
        return _role_of_strings(one, target)
    return "image" if kind == "BLOB" and one.get("image") else "list"


def _role_of_numbers(name: str, one: Mapping[str, Any], target: bool) -> str:
    unique = one["distinct"] >= UNIQUE * one["count"] and one["distinct"] > LEAST_UNIQUE
    if one["whole"] and one["distinct"] == 2 and (one["least"], one["most"]) == (0, 1) and not target:
        return "boolean"
    if one["whole"] and one["distinct"] <= (FEW_CLASSES if target else FEW_CODES):
        return "category"
    if one["whole"] and not target:
        named = name.lower() in ID_NAMES or ID_NAME.search(name) is not None
        if unique and (named or one["most"] - one["least"] + 1 <= DENSE * one["count"]):
            return "id"
        if named:
            return "category"  # the ids of something else: no number to reckon with
    return "number"


def _role_of_strings(one: Mapping[str, Any], target: bool) -> str:
    unique = one["distinct"] >= UNIQUE * one["count"] and one["distinct"] > LEAST_UNIQUE
    if target:
        return "category"
    if unique and one["codes"] >= CODES_SHARE:
        return "id"
    varied = one["distinct"] >= VARIED * one["count"]
    wordy = one["chars"] >= SHORT and one["blanks"] >= WORDY
    return "text" if varied and (wordy or one["chars"] >= LONG) else "category"


def _first_pass(table: Table, names: Sequence[str], exact: bool) -> Facts:
    if table.held is not None and all(table.columns[name] in NUMBERS for name in names):
        return {name: {"type": table.columns[name], **facts_of(values_in(table, name))} for name in names}
    asked: list[str] = []
    keys: list[tuple[str, str]] = []
    for name in names:
        for key, expression in _asked(quoted(name), table.columns[name], exact).items():
            asked.append(expression)
            keys.append((name, key))
    answer = table.one(f"SELECT {', '.join(asked)} FROM {table.narrow(names)}")
    found: Facts = {name: {"type": table.columns[name], "exact": exact} for name in names}
    for (name, key), value in zip(keys, answer, strict=True):
        found[name][key] = value
    return found


def _asked(column: str, kind: str, exact: bool) -> dict[str, str]:
    distinct = f"count(DISTINCT {column})" if exact else f"approx_count_distinct({column})"
    asked = {"count": f"count({column})", "distinct": distinct}
    if kind in NUMBERS:
        finite = f"CASE WHEN isfinite({column}::DOUBLE) THEN {column} END"
        asked["infinite"] = f"count_if(isinf({column}::DOUBLE))"
        asked["least"], asked["most"] = f"min({finite})::DOUBLE", f"max({finite})::DOUBLE"
        asked["whole"] = f"coalesce(bool_and({finite} = floor({column})), false)"
    elif kind == "VARCHAR":
        asked["chars"] = f"coalesce(avg(length({column})), 0)"
        asked["longest"] = f"coalesce(max(length({column})), 0)"
        blanks = f"length({column}) - length(replace({column}, ' ', ''))"
        asked["blanks"] = f"coalesce(avg({blanks}), 0)"
        asked["codes"] = f"coalesce(avg(regexp_matches({column}, {literal(_code())})::INT), 0)"
    elif kind in DATES:
        asked["least"], asked["most"] = f"min({column})::VARCHAR", f"max({column})::VARCHAR"
    elif kind == "BLOB":
        asked["image"] = f"coalesce(bool_and(regexp_matches({column}[1:8]::VARCHAR, {literal(IMAGE)})), false)"
    return asked


def _code() -> str:
    """`naeum.data.schema.CODE` without the look-ahead, which DuckDB has not: a digit somewhere in a short code."""
    inside = CODE.pattern.removeprefix("^(?=.*\\d)").partition("{")[0]
    return f"^{inside}{{0,63}}[0-9]{inside}{{0,63}}$"


def _recount(table: Table, found: Facts) -> None:
    """Count the distinct values exactly where the estimate says that it matters: few, or nearly all."""
    few = [name for name, one in found.items() if one["distinct"] <= FEW_DISTINCT]
    unique = [name for name, one in found.items() if one["distinct"] >= NEARLY_UNIQUE * max(one["count"], 1)]
    unique = [name for name in unique if name not in few and (found[name]["type"] != "DOUBLE" or found[name]["whole"])]
    for start in range(0, len(few), AT_ONCE):
        part = few[start : start + AT_ONCE]
        told = ", ".join(f"count(DISTINCT {quoted(name)})" for name in part)
        counted = table.one(f"SELECT {told} FROM {table.narrow(part)}")
        for name, count in zip(part, counted, strict=True):
            found[name] |= {"distinct": count, "exact": True}
    for name in unique:  # one at a time: each holds a set of all rows
        count = table.one(f"SELECT count(DISTINCT {quoted(name)}) FROM {table.narrow([name])}")[0]
        found[name] |= {"distinct": count, "exact": True}
