"""How does the target move over time: by year, by month, by weekday?"""

from __future__ import annotations

from typing import Any

from naeum.explore.columns.numbers import finite
from naeum.explore.subject import Subject
from naeum.explore.table import literal, quoted

UNITS = ("year", "month", "isodow")
MOST_COLUMNS = 4
MOST_CLASSES = 5


def look(subject: Subject) -> dict[str, Any] | None:
    """For each date column and unit of time: rows, and the mean of the target or the share of each class.

    None where there are no dates.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> rows = [{"day": f"20{year}-03-01", "label": "ab"[year % 2]} for year in range(10, 14)]
        >>> found = look(subject_of(opened(rows)))
        >>> found["columns"]["day"]["year"][0]
        {'at': 2010, 'rows': 1}
    """
    names = subject.having("date")[:MOST_COLUMNS]
    if not names:
        return None
    measures = _measures(subject)
    return {"measures": list(measures), "columns": {name: _of(subject, name, measures) for name in names}}


def _measures(subject: Subject) -> dict[str, str]:
    target = subject.target
    if target is None or subject.roles[target] == "date":
        return {}
    if subject.roles[target] == "number":
        return {f"mean of {target}": f"avg(({finite(subject, target)})::DOUBLE)"}
    classes = (subject.seen.get("target") or {}).get("classes", [])[:MOST_CLASSES]
    spelt = f"{quoted(target)}::BIGINT::VARCHAR" if subject.known[target].get("whole") else f"{quoted(target)}::VARCHAR"
    return {str(one["class"]): f"avg(({spelt} = {literal(str(one['class']))})::INT)" for one in classes}


def _of(subject: Subject, name: str, measures: dict[str, str]) -> dict[str, list[dict[str, Any]]]:
    found = {}
    told = "".join(f", {expression} AS {quoted(f'm{at}')}" for at, expression in enumerate(measures.values()))
    for unit in UNITS:
        place = f"date_part('{unit}', {quoted(name)})::INT"
        query = (
            f"SELECT {place} AS u, count(*) AS n{told} FROM data WHERE {quoted(name)} IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        found[unit] = [
            {"at": int(row["u"]), "rows": int(row["n"])}
            | {title: row[f"m{at}"] for at, title in enumerate(measures) if row[f"m{at}"] is not None}
            for row in subject.table.sql(query).to_pylist()
        ]
    return found
