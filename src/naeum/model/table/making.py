"""Which columns are made of those of a table, by what was learned of fit rows? Arithmetic on plain arrays alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from naeum.contract import Task
from naeum.model.table.form import DAY, Columns, Doubles, places

MOST_NUMBERS, MOST_DATES = 6, 4  # columns of which every two are put together: 30 and 6 made ones
MARK = "{name}·{sort}{number}"  # the dot keeps made columns apart from the user's


@dataclass(frozen=True, eq=False)
class Making:
    """What was learned of fit rows to make columns.

    Args:
        task: the columns that are given.
        add: the sorts that are made.
        words: category column -> its categories.
        arrays: column -> its "logs" (scale), "ranks" (quantiles), "means" and "counts" by category.
    """

    task: Task
    add: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    arrays: Mapping[str, Doubles] = field(default_factory=dict)

    def columns(self, cells: Columns) -> dict[str, Doubles]:
        """The made columns by name, each (rows,); NaN where it cannot be said."""
        found: dict[str, Doubles] = {}
        for name, kind in self.task.columns.items():
            if kind == "number":
                found |= self._of_number(name, cells.numbers(name))
            elif kind == "category" and name in self.words:
                found |= self.of_category(name, cells)
        for sort, kind, most in (("pairs", "number", MOST_NUMBERS), ("spans", "date", MOST_DATES)):
            names = [name for name, own in self.task.columns.items() if own == kind][:most]
            for one, other in combinations(names, 2) if sort in self.add else ():
                found |= _together(sort, one, cells.numbers(one), other, cells.numbers(other))
        return found

    def _of_number(self, name: str, value: Doubles) -> dict[str, Doubles]:
        found = {}
        if f"{name}/logs" in self.arrays:
            scale = self.arrays[f"{name}/logs"][0]
            found[MARK.format(name=name, sort="log", number="")] = np.sign(value) * np.log1p(np.abs(value) / scale)
        if f"{name}/ranks" in self.arrays:
            knots = self.arrays[f"{name}/ranks"]
            rank = np.interp(value, knots, np.linspace(0.0, 1.0, len(knots)))
            found[MARK.format(name=name, sort="rank", number="")] = np.where(np.isnan(value), np.nan, rank)
        return found

    def of_category(self, name: str, cells: Columns) -> dict[str, Doubles]:
        """The columns that are made of a category."""
        codes = places(cells, name, self.words[name])
        place = np.where(codes < 0, len(self.words[name]) + 1, codes)
        found = {}
        for sort in ("means", "counts"):
            if f"{name}/{sort}" in self.arrays:
                for number, column in enumerate(self.arrays[f"{name}/{sort}"][place].T):
                    found[MARK.format(name=name, sort=sort, number=number)] = np.asarray(column, np.float64)
        return found


def _together(sort: str, one: str, left: Doubles, other: str, right: Doubles) -> dict[str, Doubles]:
    """Ratio and difference of two numbers, or the days between two dates."""
    name = f"{one}·{other}"
    with np.errstate(all="ignore"):
        apart = left - right
        if sort == "spans":
            return {MARK.format(name=name, sort="days", number=""): _finite(apart / DAY)}
        ratio = left / right
    made = {"ratio": ratio, "difference": apart}
    return {MARK.format(name=name, sort=what, number=""): _finite(column) for what, column in made.items()}


def _finite(column: Doubles) -> Doubles:
    return np.where(np.isfinite(column), column, np.nan)
