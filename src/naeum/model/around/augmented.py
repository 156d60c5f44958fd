"""Does a learner get better with more rows, made from those there are?

References:
    Wei & Zou 2019, "EDA: easy data augmentation techniques for boosting performance on text classification tasks".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum import values
from naeum.contract import AUGMENTED, REAL, Dataset, Ints, Parts, Run, Shape
from naeum.errors import InputError
from naeum.model.around.augmentations import METHODS, Change, synonym
from naeum.model.around.lexicon import read_lexicon
from naeum.model.around.through import Through
from naeum.values import Real, setting

if TYPE_CHECKING:
    import pyarrow as pa

Cells = tuple[Any, ...]  # the input columns of a row
MOST_SHARE = 16  # made rows a real row: the most that EDA tried


@dataclass(frozen=True)
class Augmented:
    """`inner` fitted on the fit rows and on rows made from them; tune stays as it is.

    Args:
        inner: the learner.
        methods: names in `augmentations.METHODS`; each made row is made by one of them, the first in random order that
            changes its text.
        share: made rows a real labelled row; those that came out as they went in, or twice, are left out.
        strength: the share of a text's words that change, at least one.
        lexicon: path of a file of synonyms, for "synonym".

    Raises:
        InputError: a method is unknown, a number is out of its range, or synonyms are asked for without a lexicon.

    Example:
        >>> from naeum.model.floor import Majority
        >>> Augmented(Majority()).share
        0.5
    """

    inner: Any = None
    methods: tuple[str, ...] = ("delete", "swap")
    share: float = setting(0.5, Real(0.25, 2.0, log=True))
    strength: float = setting(0.1, Real(0.05, 0.3, log=True))
    lexicon: str = ""

    kind: ClassVar[str] = "augmented"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})

    def __post_init__(self) -> None:
        unknown = [name for name in self.methods if name not in METHODS]
        if unknown or not self.methods:
            raise InputError(
                f"methods must be some of {', '.join(METHODS)}; got {unknown[0] if unknown else 'none'!r}; "
                "correct its name"
            )
        if not 0 < self.share <= MOST_SHARE or not 0 < self.strength <= 1:
            raise InputError(
                f"share must be above 0 and at most {MOST_SHARE}, strength above 0 and at most 1; "
                f"got {self.share} and {self.strength}; leave them out to use the defaults"
            )
        if ("synonym" in self.methods) != bool(self.lexicon):
            raise InputError(
                "the method synonym must come with a lexicon, and a lexicon with it; "
                f"got {', '.join(self.methods)} and {self.lexicon!r}; give both or neither"
            )

    @property
    def rows_factor(self) -> float:
        """How many times its own rows the inner learner learns from: what its time is forecast by."""
        return 1.0 + self.share

    def fit(self, parts: Parts, run: Run) -> Through:
        """Make the rows and fit the inner learner on all."""
        fit = augmented(parts.fit, self, run.seed)
        run.report(0, 1, None, f"{len(fit) - len(parts.fit):,} rows made from {len(parts.fit):,}")
        return Through(run.fit(self.inner, Parts(fit, parts.tune)))


def augmented(data: Dataset, how: Augmented, seed: int) -> Dataset:
    """The rows of `data` and, after them, those made from its real labelled rows.

    A made row has the label, weight and group of the row it was made from, and depends on that row and the seed alone.

    Example:
        >>> from naeum.testing.data import make
        >>> more = augmented(make(8), Augmented(share=0.5), seed=0)
        >>> len(more), more.origin.tolist()[-1], more.parent[-1] in make(8).ids
        (12, 1, True)
    """
    changes, lexicon = _changes(how)
    settings = [list(how.methods), how.share, how.strength, lexicon]
    key = values.digest(values.canonical([data.key, "augmented", values.to_json(settings), seed]))
    columns = [data.rows.column(name).to_pylist() for name in data.task.inputs]
    at: list[int] = []
    ids: list[int] = []
    made: dict[Cells, None] = {}  # (source, its texts), each once
    for source, copy in _sources(data, how.share, seed):
        rng = np.random.default_rng(_hash(int(data.ids[source]), copy, seed))
        before = tuple(column[source] for column in columns)
        name, after = _changed(before, how, changes, rng)
        if after != before and (source, *after) not in made:
            made[source, *after] = None
            at.append(source)
            ids.append(_hash(int(data.ids[source]), copy, seed, name))
    texts = [[row[1 + place] for row in made] for place in range(len(columns))]
    return _joined(data, np.asarray(at, np.int64), np.asarray(ids, np.uint64), texts, key)


def _changed(cells: Cells, how: Augmented, changes: dict[str, Change], rng: np.random.Generator) -> tuple[str, Cells]:
    """The first method, in random order, that changes the texts, and what they become."""
    name = ""
    for place in rng.permutation(len(how.methods)):
        name = how.methods[int(place)]
        after = tuple(cell if cell is None else changes[name](cell, rng, how.strength) for cell in cells)
        if after != cells:
            return name, after
    return name, cells


def _changes(how: Augmented) -> tuple[dict[str, Change], dict[str, tuple[str, ...]]]:
    """The functions of the methods by name, and the lexicon, empty if none is used."""
    lexicon = read_lexicon(how.lexicon) if how.lexicon else {}
    found = {name: METHODS[name][0] for name in how.methods}
    return {name: partial(synonym, lexicon=lexicon) if name == "synonym" else found[name] for name in found}, lexicon


def _sources(data: Dataset, share: float, seed: int) -> list[tuple[int, int]]:
    """(place of the source, number of the copy) of every row to make: whole rounds, then some rows once more."""
    real = np.flatnonzero((data.target >= 0) & (data.origin == REAL))
    whole, rest = divmod(round(share * len(real)), max(len(real), 1))
    drawn = sorted((_hash(int(data.ids[place]), whole, seed, "drawn"), int(place)) for place in real)
    last = sorted(place for _, place in drawn[:rest])
    return [(int(place), copy) for copy in range(whole) for place in real] + [(place, whole) for place in last]


def _joined(data: Dataset, at: Ints, ids: npt.NDArray[np.uint64], texts: list[list[Any]], key: str) -> Dataset:
    """`data` with a copy of its rows `at` behind them, under new ids and with other texts."""
    arrays: dict[str, Any] = {
        name: np.concatenate([getattr(data, name), getattr(data, name)[at]]) for name in ("target", "weight", "group")
    }
    return replace(
        data,
        rows=_rows(data, at, texts),
        ids=np.concatenate([data.ids, ids]),
        origin=np.concatenate([data.origin, np.full(len(at), AUGMENTED, np.uint8)]),
        parent=np.concatenate([data.parent, data.ids[at]]),
        soft=None if data.soft is None else np.concatenate([data.soft, data.soft[at]]),
        key=key,
        **arrays,
    )


def _rows(data: Dataset, at: Ints, texts: list[list[Any]]) -> pa.Table:
    import pyarrow as pa

    made = data.rows.take(at)
    for name, column in zip(data.task.inputs, texts, strict=True):
        field = made.schema.field(name)
        made = made.set_column(made.schema.get_field_index(name), field, pa.array(column, field.type))
    return pa.concat_tables([data.rows, made])


def _hash(*parts: int | str) -> int:
    """64 bits that depend on every part."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little")
