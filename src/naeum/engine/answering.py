"""How are many rows answered without computing anything twice, in bounded memory?

Equal rows are computed once, within a call and over calls: answers are remembered by a hash of the row, the oldest
forgotten first. Chunks of rows are computed one ahead of whoever writes them down.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints, Outputs

if TYPE_CHECKING:
    import pyarrow as pa

MOST_BYTES = 2**26  # of answers that are remembered: 100,000 rows of 150 classes
KEY = 16  # bytes of the hash of a row
BESIDE = 320  # bytes that a remembered row takes besides its scores: hash, places in tables, array headers

Answer = Callable[["pa.Table"], Outputs]
Told = TypeVar("Told")  # what is made of a chunk


@dataclass(eq=False)
class Remembering:
    """What answers as `answer` does, each different row once while it is remembered. Threads wait for each other.

    Args:
        answer: of rows, whatever their order and company; such as `Predictor.predict`.
        most: bytes of answers that are kept.

    Example:
        >>> import pyarrow as pa
        >>> from naeum.contract import Task
        >>> task = Task(classes=("a", "b"))
        >>> calls = []
        >>> def answer(rows):
        ...     calls.append(rows.num_rows)
        ...     return Outputs(task, np.ones((rows.num_rows, 2), np.float32))
        >>> both = Remembering(answer, ("text",))
        >>> len(both(pa.table({"text": ["가", "가", "나"]}))), len(both(pa.table({"text": ["나"]}))), calls
        (3, 1, [2])
    """

    answer: Answer
    inputs: tuple[str, ...]  # the columns that a row is told apart by
    most: int = MOST_BYTES
    asked: int = 0  # rows so far
    computed: int = 0
    _kept: OrderedDict[bytes, tuple[Floats, Floats | None]] = field(default_factory=OrderedDict, repr=False)
    _bytes: int = 0
    _form: Outputs | None = None  # link and cut of the answers
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def __call__(self, rows: pa.Table) -> Outputs:
        """The answers to rows, in their order."""
        with self._lock:
            return self._answered(rows)

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that is remembered, oldest first, for `remember`."""
        with self._lock:
            kept = list(self._kept.values())
            width = kept[0][0].shape[1] if kept else 0
            ends = [end for _, end in kept if end is not None]
            return {
                "keys": np.frombuffer(b"".join(self._kept), np.uint8),
                "sizes": np.array([len(scores) for scores, _ in kept], np.int64),
                "scores": np.concatenate([scores for scores, _ in kept]) if kept else np.empty((0, width), np.float32),
                "ends": np.stack(ends) if ends else np.empty((0, 2), np.float32),
                "counts": np.array([self.asked, self.computed], np.int64),
            }

    def remember(self, arrays: Mapping[str, npt.NDArray[Any]], form: Outputs) -> None:
        """Take over what another remembered; `form` is any answer of the model, for what all of them have in common."""
        keys, places = arrays["keys"].tobytes(), np.cumsum([0, *arrays["sizes"].tolist()])
        with self._lock:
            for at in range(len(places) - 1):
                scores = arrays["scores"][places[at] : places[at + 1]].copy()
                ends = arrays["ends"][at].copy() if len(arrays["ends"]) else None
                self._kept[keys[at * KEY : (at + 1) * KEY]] = scores, ends
                self._bytes += scores.nbytes + BESIDE
            self.asked, self.computed = (int(one) for one in arrays["counts"])
            self._form = _formed(form)

    def _answered(self, rows: pa.Table) -> Outputs:
        keys = hashes(rows, self.inputs)
        first: dict[bytes, int] = {}
        for at, key in enumerate(keys):
            if key not in self._kept:
                first.setdefault(key, at)
        self.asked, self.computed = self.asked + len(keys), self.computed + len(first)
        if len(first) == len(keys):  # nothing is known and nothing stands twice
            outputs = self.answer(rows)
            self._remember(keys, outputs)
            return outputs
        found = dict(self._known(keys))
        if first:
            fresh = self.answer(rows.take(list(first.values())))
            found |= dict(zip(first, _each(fresh), strict=True))
            self._remember(list(first), fresh)
        return self._together([found[key] for key in keys])

    def _known(self, keys: list[bytes]) -> Iterator[tuple[bytes, tuple[Floats, Floats | None]]]:
        for key in keys:
            if key in self._kept:
                self._kept.move_to_end(key)
                yield key, self._kept[key]

    def _remember(self, keys: list[bytes], outputs: Outputs) -> None:
        for key, one in zip(keys, _each(outputs), strict=True):
            self._bytes += one[0].nbytes + BESIDE
            self._kept[key] = one[0].copy(), None if one[1] is None else one[1].copy()
        while self._bytes > self.most and self._kept:
            _, old = self._kept.popitem(last=False)
            self._bytes -= old[0].nbytes + BESIDE
        self._form = _formed(outputs)

    def _together(self, found: list[tuple[Floats, Floats | None]]) -> Outputs:
        if self._form is None:
            raise RuntimeError("answers are put together after the first were computed")
        ends = [end for _, end in found if end is not None]
        return replace(
            self._form,
            scores=np.concatenate([scores for scores, _ in found]),
            offsets=_offsets(self._form, [len(scores) for scores, _ in found]),
            quantiles=np.stack(ends) if len(ends) == len(found) else None,
        )


def _formed(outputs: Outputs) -> Outputs:
    """Answers to no rows, with what all answers of a model have in common."""
    return replace(outputs, scores=outputs.scores[:0], offsets=_offsets(outputs, []), quantiles=None)


def hashes(rows: pa.Table, inputs: tuple[str, ...]) -> list[bytes]:
    """16 bytes of BLAKE2b of each row's inputs."""
    columns = [rows.column(name).to_pylist() for name in inputs]
    return [
        hashlib.blake2b(b"\x1f".join(map(_told, row)), digest_size=KEY).digest() for row in zip(*columns, strict=True)
    ]


def streamed(answer: Callable[[pa.Table], Told], chunks: Iterable[pa.Table]) -> Iterator[tuple[pa.Table, Told]]:
    """Each chunk with its answers, in order; the next one is computed while the caller uses this one."""
    with ThreadPoolExecutor(1) as ahead:
        waiting: tuple[pa.Table, Future[Told]] | None = None
        try:
            for chunk in chunks:
                coming = chunk, ahead.submit(answer, chunk)
                if waiting is not None:
                    yield waiting[0], waiting[1].result()
                waiting = coming
            if waiting is not None:
                yield waiting[0], waiting[1].result()
        finally:
            ahead.shutdown(wait=False, cancel_futures=True)


def _told(cell: Any) -> bytes:
    """A cell as bytes, another for every other value and type."""
    if isinstance(cell, bytes):
        return b"b%d:" % len(cell) + cell
    if isinstance(cell, str):
        told = cell.encode("utf-8", "surrogatepass")
        return b"s%d:" % len(told) + told
    return repr(cell).encode("utf-8", "surrogatepass")


def _each(outputs: Outputs) -> Iterator[tuple[Floats, Floats | None]]:
    """Scores (units, columns) and ends of each row."""
    offsets = np.arange(len(outputs) + 1) if outputs.offsets is None else outputs.offsets
    for at in range(len(outputs)):
        ends = None if outputs.quantiles is None else outputs.quantiles[at]
        yield outputs.scores[offsets[at] : offsets[at + 1]], ends


def _offsets(outputs: Outputs, sizes: list[int]) -> Ints | None:
    return None if outputs.offsets is None else np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
