"""D11: are there very many columns?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.subject import Subject

VERY_MANY = 1_000  # columns: some of them go with anything by chance
FEW_ROWS = 5  # rows a column: with fewer a model can learn each row by heart
LEAST_COLUMNS = 50  # below, few rows are the trouble and not many columns


@dataclass(frozen=True)
class ManyColumns:
    """Fires on wide tables: very many columns, or many for their rows."""

    code: ClassVar[str] = "D11"
    title: ClassVar[str] = "many columns"
    severity: ClassVar[Severity] = "tip"
    answers: ClassVar[tuple[str, ...]] = ()  # columns are chosen by whoever knows them

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where rows outnumber columns well.

        Raises:
            NotApplicable: columns were not looked at.
        """
        columns, rows = len(subject.part("facts")), subject.table.rows
        if columns < VERY_MANY and (columns < LEAST_COLUMNS or columns * FEW_ROWS <= rows):
            return None
        seen = (
            f"{columns:,} columns stand against {rows:,} rows ({rows / columns:.1f} rows a column): some of them go"
            " with the target by chance alone."
        )
        numbers = {"columns": float(columns), "rows_a_column": rows / columns}
        return Finding(self.code, self.title, self.severity, seen, numbers, (), self.answers)
