"""Which rows of a table are equal in all that could be learned from, and differ in their target?"""

from __future__ import annotations

from typing import Any

from naeum.explore.columns.duplicates import hashed
from naeum.explore.columns.wording import word
from naeum.explore.plain.features import features, giveaways, target_of
from naeum.explore.subject import Subject
from naeum.explore.table import ROW, literal, quoted

MOST_NAMED = 1_000  # rows that are named
SHOWN = 120  # rows that are shown, those of one input together
LETTERS = 300  # characters of a row that are shown


def look(subject: Subject) -> dict[str, Any]:
    """Rows that are equal but for their target, counted over all rows.

    Rows are compared by a 64-bit hash, as in `columns.duplicates`. `near` is `equal`: cells are equal, or they are not.

    Raises:
        NotApplicable: there is no target of classes, or no column beside it.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> rows = [{"age": str(n % 60), "label": "ab"[n % 2]} for n in range(60)] + [{"age": "3", "label": "a"}]
        >>> look(subject_of(opened(rows)))["equal"]["named"]
        [3, 60]
    """
    names, target = features(subject), quoted(target_of(subject))
    table = subject.table
    table.connection.execute(
        f'CREATE OR REPLACE TEMP TABLE hashed AS SELECT "{ROW}" AS r, {hashed(names)} AS h, {target} AS t '
        f"FROM numbered WHERE {target} IS NOT NULL"
    )
    table.connection.execute(
        "CREATE OR REPLACE TEMP TABLE clash AS SELECT h, count(*) AS n, min(r) AS first, "
        "(count(*) - max(k))::BIGINT AS lost FROM (SELECT r, h, count(*) OVER (PARTITION BY h, t) AS k FROM hashed "
        "WHERE h IN (SELECT h FROM hashed GROUP BY h HAVING min(t) <> max(t))) GROUP BY h"
    )
    rows = int(table.one("SELECT count(*) FROM hashed")[0])
    inputs, involved, lost = table.one("SELECT count(*), coalesce(sum(n), 0), coalesce(sum(lost), 0) FROM clash")
    found = table.connection.execute(
        f"SELECT r, t FROM hashed JOIN clash USING (h) ORDER BY first, r LIMIT {MOST_NAMED}"
    ).fetchall()
    shown = [(int(row), word(value)) for row, value in found[:SHOWN]]
    told = cells(subject, names, [row for row, _ in shown])
    table.connection.execute("DROP TABLE hashed; DROP TABLE clash")
    equal = {
        "inputs": int(inputs), "rows": int(involved), "lost": int(lost), "share": int(lost) / max(rows, 1),
        "named": [int(row) for row, _ in found],
        "shown": [{"row": row, "label": label, "text": told[row]} for row, label in shown],
    }  # fmt: skip
    left_out = [name for name in giveaways(subject) if name != subject.target]
    return {"rows": rows, "of": rows, "what": "rows", "left_out": left_out, "equal": equal, "near": equal}


def cells(subject: Subject, names: tuple[str, ...], rows: list[int]) -> dict[int, str]:
    """Number of a row -> its cells in words, cut where they are long."""
    if not rows:
        return {}
    told = ", ".join(f"{literal(name)} || ' ' || coalesce({quoted(name)}::VARCHAR, '-')" for name in names)
    query = f'SELECT "{ROW}", concat_ws(\', \', {told}) FROM numbered WHERE "{ROW}" IN ({", ".join(map(str, rows))})'
    return {int(row): text[:LETTERS] for row, text in subject.table.connection.execute(query).fetchall()}
