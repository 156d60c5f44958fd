"""Which texts does an analysis look at, and in which language are they?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Ints
from naeum.errors import NotApplicable
from naeum.explore.subject import Subject

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.contract import Dataset
    from naeum.engine.bases import Base

MOST_ROWS = 300_000  # texts held in memory and counted; of more, a sample of so many
LANGUAGE_ROWS = 2_000  # texts whose language is told: a language with 0.3 % of them is then seen almost surely
ENOUGH = 0.05  # share from which a language counts, as in `naeum.data.language`


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of a subject, several text columns joined by a space, and the number of each row in the data."""

    column: pa.ChunkedArray[Any]  # (rows,) of strings
    row: Ints  # (rows,) from 0
    rows: int  # of the whole data, where `column` holds a sample

    def __len__(self) -> int:
        return len(self.row)

    def drawn(self, most: int, seed: int) -> Ints:
        """At most `most` positions drawn without replacement, rising; fewer are a part of more."""
        return drawn(len(self), most, seed)

    def at(self, positions: Ints) -> list[str]:
        """The texts at positions; empty where there is none."""
        return ["" if text is None else str(text) for text in self.column.take(positions).to_pylist()]


def drawn(rows: int, most: int, seed: int) -> Ints:
    """At most `most` of `rows` positions drawn without replacement, rising; fewer are a part of more.

    Example:
        >>> few, more = drawn(100, 5, 0), drawn(100, 50, 0)
        >>> len(few), set(few) <= set(more), drawn(3, 5, 0).tolist()
        (5, True, [0, 1, 2])
    """
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(seed).permutation(rows)[:most])


def texts_of(subject: Subject) -> Texts:
    """The texts of a subject.

    Raises:
        NotApplicable: it has no text column.
    """
    if not subject.text:
        raise NotApplicable("it is for data with a text column; these have none")
    if subject.data is not None:
        return texts_in(subject.data.dataset, subject.seed)
    where = subject.table.drawn(MOST_ROWS, subject.seed)
    return Texts(_joined(subject.table.take(where, subject.text)), where, subject.table.rows)


def texts_in(dataset: Dataset, seed: int) -> Texts:
    """The texts of a data set; of many, a sample.

    Raises:
        NotApplicable: no input is a text.
    """
    names = [name for name, kind in dataset.task.columns.items() if kind == "text"]
    if not names:
        raise NotApplicable("it is for data with a text column; these have none")
    where = drawn(len(dataset), MOST_ROWS, seed)
    held = dataset.rows if len(where) == len(dataset) else dataset.rows.take(where)
    return Texts(_joined(held.select(names)), where, len(dataset))


def _joined(table: pa.Table) -> pa.ChunkedArray[Any]:
    import pyarrow as pa
    import pyarrow.compute as pc

    arrow: Any = pc  # the stubs lack functions that are there
    columns = [arrow.fill_null(column.cast(pa.large_string()), "") for column in table.columns]
    joined = (
        columns[0] if len(columns) == 1 else arrow.binary_join_element_wise(*columns, pa.scalar(" ", pa.large_string()))
    )
    return joined if isinstance(joined, pa.ChunkedArray) else pa.chunked_array([joined])


def language(subject: Subject) -> str:
    """The most frequent language, as an earlier part found it; "en" where nothing was found."""
    found = subject.seen.get("languages") or {}
    return str(found["languages"][0][0]) if found.get("languages") else "en"


def base_of(subject: Subject) -> tuple[Base, bool]:
    """The base model that is asked for, else the best at hand, and whether it knows the language.

    Raises:
        NotApplicable: none is at hand.
        BaseModelError: the one asked for is nowhere.
    """
    from naeum.engine import bases

    spoken = language(subject)
    if subject.base:
        return bases.find(subject.base, subject.policy), True  # who names one knows why
    fitting = bases.at_hand((spoken,), subject.policy)
    found = fitting or bases.at_hand((), subject.policy)
    if not found:
        raise NotApplicable("it needs a base model, and none is on this machine; name one with --base")
    return bases.find(found[0], subject.policy), bool(fitting)
