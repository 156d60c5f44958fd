"""What is the target, or a number, on average in each group: group-by and pivot summaries over all rows?"""

from __future__ import annotations

from typing import Any

from naeum.explore.columns.numbers import finite
from naeum.explore.columns.wording import word
from naeum.explore.relations.telling import most_telling
from naeum.explore.subject import Subject
from naeum.explore.table import literal, quoted

MOST_GROUPS = 12  # values of a grouping column that are shown, the most frequent first
MOST_GROUPINGS = 4
MOST_CLASSES = 5  # classes whose share is told; of more, the most frequent ones
LEAST_RATIO = 0.01  # share of the variance between groups from which a grouping is worth a table


def look(subject: Subject) -> dict[str, Any] | None:
    """Group-by tables of the most telling columns, one pivot of two, and the classes that the shares are of.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> rows = [{"city": c, "price": p} for c, p in (("서울", "9"), ("부산", "4"), ("부산", "6.5")) * 9]
        >>> table = opened(rows)
        >>> subject = subject_of(table, target="price")
        >>> found = look(subject.with_seen("relations", {"telling": [{"column": "city"}]}))
        >>> [(row["group"], row["price"]) for row in found["by"][0]["groups"]]
        [('부산', 5.25), ('서울', 9.0)]
    """
    measures, kind = _measures(subject)
    if not measures:
        return None
    names = _groupings(subject)
    if not names:
        return None
    tables = [{"column": name, "groups": _by(subject, name, measures)} for name in names]
    found: dict[str, Any] = {"measures": list(measures), "kind": kind, "by": tables, "pivot": None}
    if len(names) > 1:
        found["pivot"] = _pivot(subject, (names[0], names[1]), measures)
    return found


def _measures(subject: Subject) -> tuple[dict[str, str], str]:
    """Title -> SQL of what is told of each group, and whether these are shares of classes or means."""
    target = subject.target
    if target is not None and subject.roles[target] == "number":
        return {target: f"avg(({finite(subject, target)})::DOUBLE)"}, "mean"
    seen = subject.seen.get("target")
    if target is not None and seen is not None and seen.get("classes"):
        classes = [one["class"] for one in seen["classes"]][:MOST_CLASSES]
        if len(seen["classes"]) == 2:
            classes = [max(classes)]  # of two classes one share says it all
        column = quoted(target)
        spelt = f"CASE WHEN {column} IS NOT NULL THEN {_spelt(subject, target)} END"
        return {one: f"avg(({spelt} = {literal(one)})::INT)" for one in classes}, "share"
    names = subject.having("number")[:3]
    return {name: f"avg(({finite(subject, name)})::DOUBLE)" for name in names}, "mean"


def _spelt(subject: Subject, name: str) -> str:
    """SQL: a column as `word` spells it, where that differs from DuckDB's own spelling."""
    column = quoted(name)
    return f"{column}::BIGINT::VARCHAR" if subject.known[name].get("whole") else f"{column}::VARCHAR"


def _groupings(subject: Subject) -> list[str]:
    told = most_telling(subject, MOST_GROUPINGS, "category", "boolean")
    if told or subject.target is not None:
        return told
    seen = subject.seen.get("relations") or {}
    words, ratios = seen.get("words", []), seen.get("ratio", [])
    best = {name: max((value or 0.0 for value in row), default=0.0) for name, row in zip(words, ratios, strict=False)}
    ranked = sorted(best, key=lambda name: -best[name])
    return [name for name in ranked if best[name] >= LEAST_RATIO][:MOST_GROUPINGS]


def _by(subject: Subject, name: str, measures: dict[str, str]) -> list[dict[str, Any]]:
    told = ", ".join(f"{expression} AS {quoted(f'm{at}')}" for at, expression in enumerate(measures.values()))
    query = (
        f"SELECT {quoted(name)} AS g, count(*) AS n, {told} FROM data GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_GROUPS}"
    )
    return [
        {"group": word(row["g"]) or "(missing)", "rows": int(row["n"])}
        | {title: row[f"m{at}"] for at, title in enumerate(measures)}
        for row in subject.table.sql(query).to_pylist()
    ]


def _pivot(subject: Subject, names: tuple[str, str], measures: dict[str, str]) -> dict[str, Any]:
    """The first measure in each cell of two columns."""
    title, expression = next(iter(measures.items()))
    one, other = map(quoted, names)
    query = f"SELECT {one} AS a, {other} AS b, count(*) AS n, {expression} AS m FROM data"
    cells = subject.table.sql(f"{query} WHERE {one} IS NOT NULL AND {other} IS NOT NULL GROUP BY 1, 2").to_pylist()
    sizes: tuple[dict[str, int], dict[str, int]] = ({}, {})
    for cell in cells:
        for key, size in zip("ab", sizes, strict=True):
            size[word(cell[key])] = size.get(word(cell[key]), 0) + int(cell["n"])
    shown = [sorted(sorted(size, key=lambda value: -size[value])[:MOST_GROUPS]) for size in sizes]
    found = {(word(cell["a"]), word(cell["b"])): cell for cell in cells}
    return {
        "columns": list(names), "measure": title, "rows": shown[0], "across": shown[1],
        "values": [[found[a, b]["m"] if (a, b) in found else None for b in shown[1]] for a in shown[0]],
        "counts": [[int(found[a, b]["n"]) if (a, b) in found else 0 for b in shown[1]] for a in shown[0]],
    }  # fmt: skip
