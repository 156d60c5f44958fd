"""How is a table of very many columns measured: a part of them at a time?

DuckDB plans over every column of a view and every measure of a query together, and that grows faster than they do. So
of a wide table some columns are laid aside with their kinds, are measured there, and go again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from naeum.data.delimited import column_names
from naeum.data.kinds import quoted
from naeum.data.read import paths_of
from naeum.data.relation import ROW, Relation, told_of
from naeum.data.sniff import sniff
from naeum.errors import InputError

WIDE = 24  # columns from which a table is measured in parts
PART = 20  # columns of a part
MOST_MEASURES = 200  # of one query of a part
MOST_COLUMNS = 1_000  # of which expectations are learned or checked: half a minute; nobody reads the rules of more


def measured(
    data: Relation, measures: Mapping[str, Mapping[str, str]], needs: Mapping[str, Sequence[str]], most: int = 1_000
) -> dict[str, dict[str, Any]]:
    """What was measured, by owner and name.

    Args:
        data: what is measured.
        measures: owner -> name -> SQL aggregate over `cells`.
        needs: owner -> the columns that its measures read; none, where they read all.
        most: measures of one query.
    """
    if len(data.kinds) <= WIDE:
        return _asked(data, measures, list(measures), most)
    found = _asked(data, measures, [owner for owner in measures if not needs.get(owner)], most)
    for owners in _parts({owner: needs[owner] for owner in measures if needs.get(owner)}):
        columns = list(dict.fromkeys(column for owner in owners for column in needs[owner]))
        with _laid_aside(data, columns):
            found |= _asked(data, measures, owners, min(most, MOST_MEASURES))
    return {owner: found[owner] for owner in measures}


def refuse_wide(source: Any, **how: Any) -> None:
    """Refuse a table of too many columns before it is opened; what cannot be told yet is left to the opening.

    Raises:
        InputError: there are more than MOST_COLUMNS.

    Example:
        >>> refuse_wide([{"나이": 31}])
    """
    columns = _columns_in(source, how)
    if columns > MOST_COLUMNS:
        raise InputError(
            f"expectations must be of {MOST_COLUMNS:,} columns at most; the data have {columns:,}; keep the columns"
            " that matter in a table of their own"
        )


def _columns_in(source: Any, how: Mapping[str, Any]) -> int:
    """How many columns a source has; 0 where that is not known before it is read."""
    paths = paths_of(source)
    if paths is None:
        shape = getattr(source, "shape", None)
        return int(shape[1]) if shape is not None else len(source[0]) if isinstance(source, list) and source else 0
    dialect = sniff(paths[0])
    if dialect.format != "delimited":
        return 0
    given = {key: how[key] for key in ("delimiter", "quoting", "header", "encoding") if how.get(key) is not None}
    return len(column_names(paths[0], replace(dialect, **given)))


def _asked(
    data: Relation, measures: Mapping[str, Mapping[str, str]], owners: Sequence[str], most: int
) -> dict[str, Any]:
    flat = {f"{owner}\n{name}": sql for owner in owners for name, sql in measures[owner].items()}
    found = data.one(flat, most) if flat else {}
    return {owner: {name: found[f"{owner}\n{name}"] for name in measures[owner]} for owner in owners}


def _parts(needs: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Owners together that need at most PART columns, or one owner that needs more."""
    owners: list[str] = []
    columns: set[str] = set()
    for owner, needed in needs.items():
        if owners and len(columns | set(needed)) > PART:
            yield owners
            owners, columns = [], set()
        owners.append(owner)
        columns |= set(needed)
    if owners:
        yield owners


@contextmanager
def _laid_aside(data: Relation, columns: Sequence[str]) -> Iterator[None]:
    """Inside, `cells` holds these columns only, with their kinds."""
    both = ", ".join(f"{quoted(column)}, {quoted(told_of(column))}" for column in columns)
    whole = f"{quoted(data.connection.execute('SELECT current_database()').fetchone()[0])}.main.cells"
    data.connection.execute(f"CREATE OR REPLACE TEMP TABLE cells AS SELECT {quoted(ROW)}, {both} FROM {whole}")
    try:
        yield
    finally:
        data.connection.execute("DROP TABLE temp.main.cells")
