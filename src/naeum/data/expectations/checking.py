"""Which expectations do new data break, and in which rows?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.data.expectations.between import Key, Readable, There
from naeum.data.expectations.parts import measured, refuse_wide
from naeum.data.expectations.rule import Rule, Verdict
from naeum.data.kinds import Kind, literal, quoted
from naeum.data.relation import ROW, Relation, related
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

BREAKS = "naeum breaks"  # the column that says what a row breaks
SHOWN = 10  # rows of a broken expectation that are kept in a report


class Unmet(AssertionError):
    """Data break what was expected of them; the message lists it."""


@dataclass(frozen=True)
class Result:
    """An expectation with its verdict and the first rows that break it, with their cells."""

    rule: Rule
    verdict: Verdict
    rows: tuple[Mapping[str, Any], ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the expectation holds."""
        return self.verdict.holds

    @property
    def title(self) -> str:
        """The column and the word of the expectation."""
        columns = self.rule.needs() if not getattr(self.rule, "column", "") else (getattr(self.rule, "column", ""),)
        whole = self.rule.word in ("unique",) and not getattr(self.rule, "column", "")
        return " · ".join(["rows" if whole else " ≤ ".join(columns) or "the table", self.rule.word])

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        verdict = dataclasses.asdict(self.verdict)
        column = getattr(self.rule, "column", "")
        rows = [{name: _plain(value) for name, value in row.items()} for row in self.rows]
        return {"expectation": self.rule.word, "column": column, "title": self.title, **verdict, "rows": rows}


@dataclass(frozen=True)
class Report:
    """All expectations with their verdicts.

    Args:
        name: of the data.
        count: its rows.
        results: one an expectation, in their order.
    """

    name: str
    count: int
    results: tuple[Result, ...]

    @property
    def holds(self) -> bool:
        """Whether every expectation holds."""
        return all(result.holds for result in self.results)

    @property
    def broken(self) -> tuple[Result, ...]:
        """The results that do not hold."""
        return tuple(result for result in self.results if not result.holds)

    def require(self) -> Report:
        """The report itself where all holds; for tests and monitoring loops.

        Raises:
            Unmet: an expectation does not hold.
        """
        if not self.holds:
            raise Unmet(str(self))
        return self

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "data": self.name,
            "rows": self.count,
            "holds": self.holds,
            "expectations": len(self.results),
            "broken": [result.to_json() for result in self.broken],
        }

    def __str__(self) -> str:
        kept = len(self.results) - len(self.broken)
        lines = [f"{self.name}: {kept:,} of {len(self.results):,} expectations hold of {self.count:,} rows"]
        for result in self.broken:
            lines.append(f"  broken   {result.title}: {result.verdict.seen}")
            lines += [f"           row {row[ROW]:,}: {_cells(row)}" for row in result.rows]
        return "\n".join(lines)


def checked(
    source: Any, rules: Sequence[Rule], level: float, *, folder: Path | None = None, strict: bool = False, **how: Any
) -> Report:
    """Judge every rule on the data, in two passes and one more for the rows of each broken rule.

    Args:
        level: an alarm where the chance of so large a difference is below.
        folder: where tables of keys are looked for.
        strict: whether chance is no excuse: no row may break anything.
        how: a text file is written, where sniffing errs.

    Raises:
        InputError: the data cannot be read, have no rows or too many columns.
    """
    refuse_wide(source, **how)
    with related(source, _kinds_of(rules), **how) as data:
        rules, gone = _present(_ready(rules, data, folder), data)
        found = measured(
            data,
            {str(at): rule.measures() for at, rule in enumerate(rules)},
            {str(at): rule.needs() for at, rule in enumerate(rules)},
        )
        results = []
        for rule, mine in zip(rules, found.values(), strict=True):
            verdict = rule.judge(mine, level)
            if strict and verdict.breaking:
                verdict = dataclasses.replace(verdict, holds=False)
            where = None if verdict.holds else rule.where(mine)
            results.append(Result(rule, verdict, () if where is None else tuple(_rows(data, rule, where, SHOWN))))
        return Report(data.name, data.rows, (*gone, *results))


def breaking(source: Any, report: Report, **how: Any) -> pa.Table:
    """Every row that breaks an expectation of the report: its number, its cells, and a column BREAKS.

    The rows stand in their order, each once.
    """
    with related(source, _kinds_of([result.rule for result in report.results]), **how) as data:
        cases, row = [], quoted(ROW)
        for result in report.broken:
            found = data.one(result.rule.measures())
            where = result.rule.where(found)
            if where is not None:
                cases.append(f"SELECT {row}, {literal(result.title)} AS title FROM cells WHERE {where}")
        union = " UNION ALL ".join(cases or [f"SELECT 0::BIGINT AS {row}, '' AS title WHERE false"])
        grouped = f"SELECT {row}, string_agg(title, '; ') AS {quoted(BREAKS)} FROM ({union}) GROUP BY ALL"
        return data.sql(
            f"SELECT told.*, why.{quoted(BREAKS)} FROM told JOIN ({grouped}) AS why USING ({row}) ORDER BY {row}"
        )


def _kinds_of(rules: Sequence[Rule]) -> dict[str, Kind]:
    """How each column must be read: as its type says, else as another expectation needs it."""
    found: dict[str, Kind] = {}
    for rule in sorted(rules, key=lambda rule: rule.word != "type"):
        kind, column = rule.kind(), getattr(rule, "column", "")
        if kind is not None and column:
            found.setdefault(column, kind)
    return found


def _ready(rules: Sequence[Rule], data: Relation, folder: Path | None) -> list[Rule]:
    """The rules with what only the data, or other tables, can tell them."""
    made: list[Rule] = []
    for at, rule in enumerate(rules):
        if isinstance(rule, Readable):
            rule = dataclasses.replace(rule, broken=len(data.broken))
        if isinstance(rule, Key):
            rule = _with_keys(rule, f"keys {at}", data, folder)
        made.append(rule)
    return made


def _with_keys(rule: Key, name: str, data: Relation, folder: Path | None) -> Key:
    with related((folder or Path()) / rule.table) as other:
        if rule.key not in other.kinds:
            raise InputError(
                f"keys must stand in a column of {rule.table}: {', '.join(other.kinds)}; got {rule.key!r}; correct it"
            )
        values = other.sql(f"SELECT DISTINCT {quoted(rule.key)} AS value FROM told")
    data.connection.register(name, values)
    return dataclasses.replace(rule, known=name)


def _present(rules: Sequence[Rule], data: Relation) -> tuple[list[Rule], list[Result]]:
    """The rules whose columns are there, and a broken result for each column that is gone."""
    gone = {column: rule for rule in rules for column in rule.needs() if column not in data.kinds}
    left = [rule for rule in rules if not set(rule.needs()) & set(gone)]
    there = ", ".join(list(data.kinds)[:8])
    results = [
        Result(There(column), Verdict(False, f"the column must be there; the data have {there}", data.rows, data.rows))
        for column in gone
    ]
    return left, results


def _rows(data: Relation, rule: Rule, where: str, most: int) -> Iterator[dict[str, Any]]:
    row = quoted(ROW)
    names = ", ".join(f"told.{quoted(name)}" for name in rule.needs())
    inner = f"SELECT {row} FROM cells WHERE {where} ORDER BY {row} LIMIT {most}"
    query = f"SELECT told.{row}, {names} FROM told SEMI JOIN ({inner}) AS few USING ({row}) ORDER BY told.{row}"
    yield from data.sql(query).to_pylist()


def _cells(row: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} = {_short(value)}" for name, value in row.items() if name != ROW)


def _short(value: Any) -> str:
    text = "missing" if value is None else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…'"


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)
