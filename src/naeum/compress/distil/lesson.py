"""Which rows does a student learn from, and what does its teacher say of them?

Labelled rows, rows without a label where the run has any, and rows made from both. The teacher is asked once; its
answers lie in the cache, memory-mapped, for every student that it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum import values
from naeum.compress.distil.wording import made
from naeum.contract import AUGMENTED, PSEUDO, Dataset, Floats, Parts, Predictor, Run, concatenated, subset
from naeum.data.parts import joined, keyed
from naeum.errors import InputError
from naeum.measure.words import word_offsets
from naeum.model.around.pseudo import asked
from naeum.model.around.weights import poolable
from naeum.model.text.examples import labelled
from naeum.store.files import replacing
from naeum.values import Choice, Real, setting

if TYPE_CHECKING:
    import pyarrow as pa

CHUNK = 2_048  # rows that a teacher is asked about between two reports
SAMPLE = 16  # rows whose answers tell one teacher from another
MOST_MADE = 20.0  # rows for each: what TinyBERT took
MADE_WEIGHT = 1.0  # of a made row, and of one without a label, beside a labelled one


@dataclass(frozen=True)
class More:
    """Rows that a student learns from beside the labelled ones.

    Args:
        unlabelled: whether rows without a label are learned from, where the run has any.
        made: texts made for each labelled or unlabelled row; see wording.py.

    Raises:
        InputError: made is out of its range.

    Example:
        >>> More(made=4.0).unlabelled
        True
    """

    kind: ClassVar[str] = "more_rows"
    version: ClassVar[int] = 1
    unlabelled: bool = setting(True, Choice((True, False)))
    made: float = setting(0.0, Real(0.0, 8.0))

    def __post_init__(self) -> None:
        if not 0 <= self.made <= MOST_MADE:
            raise InputError(f"made must be at least 0 and at most {MOST_MADE:g} rows for each; got {self.made}; try 4")


@dataclass(frozen=True, eq=False)
class Lesson:
    """Rows to learn from with what the teacher says of them."""

    data: Dataset  # every row has a target: the true one, or where there is none the teacher's
    told: Floats  # (units, columns) log-probabilities, log odds or numbers; memory-mapped
    known: npt.NDArray[np.bool_]  # (rows,) whether the target is the true one

    def rows(self, kept: npt.NDArray[np.bool_]) -> Lesson:
        """Only these rows; each has one unit."""
        if kept.all():
            return self
        at = np.flatnonzero(kept)
        return Lesson(labelled(subset(self.data, at, f"{self.data.key}/seen")), self.told[at], self.known[at])


def lesson(asker: Any, teacher: Predictor, parts: Parts, more: More, run: Run) -> Lesson:
    """The rows of a student, and its teacher's answers.

    Args:
        asker: the teacher's learner, whose answers are kept under its name.
        teacher: what answers.
        parts: labelled rows.
        more: which others.
        run: has rows without a label, and the cache.
    """
    own = labelled(parts.fit)
    own = labelled(subset(own, np.flatnonzero(own.weight > 0), own.key))
    if not len(own):
        raise InputError(f"a student must have labelled rows to learn from; got none of {len(parts.fit)}; give labels")
    rest = []
    if more.unlabelled and len(bare := asked(run.bare, parts, run.seed)):
        rest.append(_besides(bare, own, PSEUDO))
    if more.made and len(fresh := _fresh((own, *rest), more.made, run.seed)):
        rest.append(fresh)
    plain = _bare(own)
    whole = joined((plain, *rest)) if rest else plain
    told = answers(asker, teacher, whole, parts, run)
    known = np.arange(len(whole)) < len(own)
    if not rest:
        return Lesson(own, told, known)
    others = subset(whole, np.flatnonzero(~known), f"{whole.key}/others")
    return Lesson(labelled(joined((own, _answered(others, told[-_units(others) :], own)))), told, known)


def answers(asker: Any, teacher: Predictor, data: Dataset, parts: Parts, run: Run) -> Floats:
    """(units, columns) what a teacher says of rows: log-probabilities, log odds or numbers, from the cache if there."""
    sample = poolable(teacher.predict(data.rows.slice(0, SAMPLE))).astype(np.float32)
    seen = [values.key(asker), parts.fit.key, parts.tune.key, run.seed, data.key, values.digest(sample.tobytes())]
    path = run.cache / "taught" / f"{values.digest(values.canonical(seen))}.npy"
    if not path.exists():
        found, count = [], len(data)
        for at in range(0, count, CHUNK):
            found.append(teacher.predict(data.rows.slice(at, CHUNK)))
            run.report(min(at + CHUNK, count), count, None, "rows answered by the teacher")
        with replacing(path) as part:
            np.save(part, poolable(concatenated(found)).astype(np.float32), allow_pickle=False)
    told: Floats = np.load(path, mmap_mode="r", allow_pickle=False)
    return told


def _besides(rows: Dataset, own: Dataset, origin: int) -> Dataset:
    """Rows whose target is not known, as rows like the others: each a group of its own, no soft targets."""
    count, first = len(rows), int(own.group.max(initial=0)) + 1
    return replace(
        rows, target=np.zeros(count, np.int64), weight=np.full(count, MADE_WEIGHT, np.float32), soft=None, truth=None,
        group=first + np.arange(count, dtype=np.int64), origin=np.full(count, origin, np.uint8),
    )  # fmt: skip


def _fresh(rows: Sequence[Dataset], each: float, seed: int) -> Dataset:
    """Rows made from rows: of one with several texts one is another, the others stay."""
    whole = joined(tuple(_bare(one) for one in rows))
    texts = [name for name, kind in whole.task.columns.items() if kind == "text"]
    found = []
    for place, name in enumerate(texts):
        column = ["" if cell is None else str(cell) for cell in whole.rows.column(name).to_pylist()]
        new, source = made(column, each / len(texts), seed + place)
        at = np.asarray(source, np.int64)
        one = _besides(subset(whole, at, f"{whole.key}/made"), whole, AUGMENTED)
        ids = [
            int(values.digest(f"{int(whole.ids[row])}{name}{text}")[:16], 16)
            for text, row in zip(new, source, strict=True)
        ]
        found.append(replace(one, rows=_with(one.rows, name, new), ids=np.asarray(ids, np.uint64)))
    return joined(tuple(found)) if found else subset(whole, [], f"{whole.key}/none")


def _with(rows: pa.Table, name: str, texts: list[str]) -> pa.Table:
    import pyarrow as pa

    field = rows.schema.field(name)
    return rows.set_column(rows.schema.get_field_index(name), field, pa.array(texts, field.type))


def _bare(data: Dataset) -> Dataset:
    """Without truth and soft targets, which the other rows have not."""
    return keyed(replace(data, soft=None, truth=None))


def _units(data: Dataset) -> int:
    """How many answers the rows get: one each, or one a word."""
    return int(word_offsets(data.rows[data.task.inputs[0]])[-1]) if data.task.output == "tags" else len(data)


def _answered(data: Dataset, told: Floats, own: Dataset) -> Dataset:
    """Rows with what their teacher answers as the target, told as the truth of `own` is."""
    import pyarrow as pa

    output = data.task.output
    if output == "label":
        soft = None if own.soft is None else np.exp(np.asarray(told, np.float32))
        return replace(data, target=np.asarray(told.argmax(axis=1), np.int64), soft=soft)
    if output == "number":
        cells: Any = np.asarray(told[:, 0], np.float64)
    elif output == "labels":
        cells = [np.flatnonzero(row > 0).tolist() for row in told]
    else:
        codes, ends = told.argmax(axis=1), word_offsets(data.rows[data.task.inputs[0]])
        cells = [codes[low:high].tolist() for low, high in pairwise(ends)]
    return replace(data, truth=pa.chunked_array([pa.array(cells, own.truth.type)]))
