"""What is expected of data: learned, loaded, saved, and checked?"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from naeum.data.expectations.checking import Report, checked
from naeum.data.expectations.learning import learned
from naeum.data.expectations.marked import read_file, read_marked
from naeum.data.expectations.parts import refuse_wide
from naeum.data.expectations.rule import Rule
from naeum.data.expectations.written import document, parsed, text_of
from naeum.data.relation import related
from naeum.errors import InputError
from naeum.store.files import write_atomic

CHANCE = 0.001  # of a false alarm, for each expectation: a table of 100 of them cries wolf once in ten checks


@dataclass(frozen=True)
class Expectations:
    """What must hold of data.

    Args:
        rules: what must hold.
        reference: of what it was learned: name, rows, day.
        chance: an alarm where rows of one source differ so much more rarely than this.
        folder: beside which tables of keys lie.

    Example:
        >>> reference = [{"도시": name, "n": str(n)} for n in range(30) for name in ("서울", "부산")]
        >>> expected = learn(reference)
        >>> expected.check(reference).holds
        True
        >>> report = expected.check([{**row, "도시": "대구"} for row in reference])
        >>> [result.title for result in report.broken]
        ['도시 · values', '도시 · shares', 'rows · unique']
    """

    rules: tuple[Rule, ...]
    reference: Mapping[str, Any] = field(default_factory=dict)
    chance: float = CHANCE
    folder: Path | None = None

    def __len__(self) -> int:
        return len(self.rules)

    def __post_init__(self) -> None:
        if not 0 < self.chance < 1:
            raise InputError(f"chance must be between 0 and 1; got {self.chance}; 0.001 is usual")

    def check(self, data: Any, *, strict: bool = False, **how: Any) -> Report:
        """Judge the data: a path, a DataFrame, an Arrow table or a list of dicts.

        Args:
            data: what is judged; files are streamed.
            strict: whether chance is no excuse: no row may break anything.
            how: a text file is written, where sniffing errs (delimiter, quoting, header, encoding).

        Raises:
            InputError: the data cannot be read or have no rows.
        """
        return checked(data, self.rules, self.chance, folder=self.folder, strict=strict, **how)

    def to_yaml(self, name: str = "expectations.yaml") -> str:
        """The YAML that `load` reads."""
        return text_of(document(self.rules, self.reference, self.chance), name)

    def save(self, path: str | Path) -> Path:
        """Write the YAML file, whole or not at all."""
        path = Path(path)
        if path.is_dir() or not path.absolute().parent.is_dir():
            raise InputError(f"expectations must be written to a file in a folder that exists; got {path}; make it")
        write_atomic(path, self.to_yaml(path.name))
        return path


def learn(data: Any, *, chance: float = CHANCE, **how: Any) -> Expectations:
    """What holds of a reference: a path, a DataFrame, an Arrow table or a list of dicts.

    Raises:
        InputError: the data cannot be read, have no rows or too many columns.
    """
    refuse_wide(data, **how)
    with related(data, **how) as relation:
        about = {"name": relation.name, "rows": relation.rows, "learned": datetime.date.today()}
        return Expectations(learned(relation), about, chance)


def load(source: str | Path) -> Expectations:
    """The expectations of a YAML file, or of YAML text that has more than one line.

    Raises:
        InputError: it is no YAML, or a key or value in it cannot be; with file and line.

    Example:
        >>> load("columns:\\n  나이: {range: [0, 120]}\\n").check([{"나이": 31}, {"나이": 310}]).holds
        False
    """
    inline = isinstance(source, str) and "\n" in source
    marked = read_marked(str(source), "expectations") if inline else read_file(Path(source))
    rules, reference, level = parsed(marked)
    return Expectations(rules, reference, CHANCE if level is None else level, None if inline else Path(source).parent)


def check(data: Any, expected: str | Path | Expectations, **options: Any) -> Report:
    """Judge data by expectations, or by the file that they stand in."""
    return (expected if isinstance(expected, Expectations) else load(expected)).check(data, **options)
