"""When are the dates of a column: from, to, by year, month and weekday, and in which formats are they written?"""

from __future__ import annotations

from typing import Any

from naeum.explore.subject import Subject
from naeum.explore.table import quoted

UNITS = ("year", "month", "isodow", "hour")


def dates(subject: Subject, name: str) -> dict[str, Any]:
    """Rows by year, month, weekday (1 = Monday) and, where there are times, hour; and the formats with their rows."""
    column = quoted(name)
    found: dict[str, Any] = {"least": subject.known[name]["least"], "most": subject.known[name]["most"]}
    for unit in UNITS:
        place = f"date_part('{unit}', {column})::INT"
        query = f"SELECT {place} AS u, count(*) AS n FROM data WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 1"
        counts = subject.table.sql(query).to_pylist()
        found[unit] = {str(row["u"]): int(row["n"]) for row in counts}
    if len(found["hour"]) <= 1:
        del found["hour"]
    found["formats"] = formats(subject, name)
    return found


def formats(subject: Subject, name: str) -> dict[str, int]:
    """Format -> rows, most frequent first; one format where the dates agree, none where the source held dates."""
    table = subject.table
    forms = table.forms.get(name, ())
    if name not in table.form_of:
        return {form: int(subject.known[name]["count"]) for form in forms}
    column = f'"{table.form_of[name]}"'
    query = f"SELECT {column} AS f, count(*) AS n FROM stored WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    return {forms[int(row[0])]: int(row[1]) for row in table.connection.execute(query).fetchall()}
