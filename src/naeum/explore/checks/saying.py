"""How do checks of data put columns and values into a sentence, alike?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from naeum.contract import Ints
from naeum.diagnose.rates import percent
from naeum.explore.subject import Subject

NAMED = 5  # columns named in a sentence; all are in the numbers
ROWS_SHOWN = 100  # rows a finding lists


def listed(parts: Sequence[str], most: int = NAMED) -> str:
    """A list in words, cut after `most`.

    Example:
        >>> listed(["a", "b", "c"], 2), listed(["a", "b"])
        ('a, b and 1 more', 'a and b')
    """
    if len(parts) > most:
        return f"{', '.join(parts[:most])} and {len(parts) - most:,} more"
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def columns_of(subject: Subject, *wanted: str) -> dict[str, Mapping[str, Any]]:
    """What the part `columns` found of each column with one of these roles; of all where none is named."""
    found = subject.part("columns")["columns"]
    return {name: one for name, one in found.items() if not wanted or one["role"] in wanted}


def shares(found: Mapping[str, float]) -> str:
    """Columns with a share each, largest first: `deck (77.2 %) and age (19.9 %)`."""
    ranked = sorted(found, key=lambda name: -found[name])
    return listed([f"{name} ({percent(found[name])})" for name in ranked])


def plural(count: int, one: str, many: str | None = None) -> str:
    """A number of things.

    Example:
        >>> plural(1, "row"), plural(1200, "row")
        ('1 row', '1,200 rows')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def rows_of(subject: Subject, where: str) -> tuple[int, ...]:
    """The first rows for which SQL over `numbered` holds."""
    query = f'SELECT "naeum row" FROM numbered WHERE {where} ORDER BY 1 LIMIT {ROWS_SHOWN}'
    return ids(subject, [int(row[0]) for row in subject.table.connection.execute(query).fetchall()])


def ids(subject: Subject, rows: Iterable[int] | Ints) -> tuple[int, ...]:
    """What rows of these numbers are called in a finding: the ids of data read as a task, else the numbers."""
    wanted = [int(row) for row in rows][:ROWS_SHOWN]
    if subject.data is None or len(subject.data) != subject.table.rows:
        return tuple(wanted)
    return tuple(int(subject.data.dataset.ids[row]) for row in wanted)
