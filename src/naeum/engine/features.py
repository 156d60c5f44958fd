"""Which vectors does a frozen encoder give to texts?

One pass computes every layer under every pooling and stores it by the hash of the text; later calls only read. A pass
is cut into chunks of rows, a chunk into batches of like lengths; the next chunk is tokenised while this one computes.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import sets
from naeum.contract import Floats, Ints, Policy
from naeum.engine import sessions
from naeum.engine.batches import by_tokens
from naeum.engine.tokens import clean, pad, tokenize
from naeum.engine.vectors import Halves, Hashes, Shape, Vectors
from naeum.errors import BaseModelError, InputError
from naeum.extras import need

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.engine.bases import Base

    Texts = Sequence[str] | pa.ChunkedArray[Any]

POOLINGS = ("mean", "cls")
CHUNK = 8_192  # rows tokenised and sorted together: enough for batches with 2 % padding, little memory
BUDGET = {"cpu": 4_096, "mps": 16_384, "cuda": 65_536}  # padded tokens of a batch; on CPUs larger ones leave the cache
SECONDS_BETWEEN_FLUSHES = 3.0  # what a kill may lose
BYTES_BETWEEN_FLUSHES = 2**26
MOST_BYTES = 2**32  # of one request in the cache; above it only some layers are stored
LAST_LAYERS = 4  # that are stored above it: the ones that classify best
LARGEST_HALF = 65_504.0
HASHED_AT_ONCE = 65_536  # texts taken out of an Arrow column together


@dataclass(frozen=True)
class _Pass:
    """What every batch of one pass has in common."""

    base: Base
    policy: Policy
    max_length: int
    shape: Shape


def features(
    base: Base,
    texts: Texts,
    *,
    policy: Policy,
    cache: Path | None = None,
    layers: Sequence[int] = (-1,),
    pooling: str = "mean",
    max_length: int = 128,
    report: Callable[[int, int], None] | None = None,
) -> Floats:
    """Vectors of texts under a frozen base model.

    Args:
        base: which model.
        texts: any strings, or an Arrow column of them.
        policy: device, dtype, threads.
        cache: folder of stored vectors; None: compute only what is asked for and store nothing (for single rows).
        layers: 0 = embeddings, 1 … base.layers, or negative from the last; several are put side by side.
        pooling: mean over the tokens, or cls (the first token). The maximum added nothing where it was tried.
        max_length: tokens of a text that are read.
        report: called with (rows done, rows to do) a few times a second.

    Returns:
        (rows, len(layers) * base.width) float32 with float16 precision.

    Raises:
        InputError: no such layer or pooling.
        BaseModelError: the model cannot be loaded, or gives numbers that are not finite.
        StoreError: the disk is full.
    """
    numbers = tuple(_number(layer, base) for layer in layers)
    if pooling not in POOLINGS:
        raise InputError(f"pooling must be one of {', '.join(POOLINGS)}; got {pooling!r}")
    limit = min(max_length, base.max_length)
    if not len(texts):
        return np.empty((0, len(numbers) * base.width), np.float32)
    if cache is None:
        asked = _Pass(base, policy, limit, Shape(numbers, (pooling,), base.width))
        return _direct(asked, texts, report).reshape(len(texts), -1)
    hashes = _hashes(texts)
    unique, first = np.unique(hashes, return_index=True)
    first = np.sort(first)  # in the order in which they come
    shape = _stored(base, len(unique), numbers, pooling)
    vectors = Vectors(cache / "features" / _name(base, limit, policy, shape), shape)
    places = vectors.find(hashes)
    if (places < 0).any():
        with vectors.writing():
            _fill(_Pass(base, policy, limit, shape), vectors, hashes[first], lambda at: _take(texts, first[at]), report)
        places = vectors.find(hashes)
    return vectors.read(places, numbers, pooling)


def _number(layer: int, base: Base) -> int:
    number = layer + base.layers + 1 if layer < 0 else layer
    if not 0 <= number <= base.layers:
        raise InputError(
            f"a layer must lie between 0 (embeddings) and {base.layers} in {base.name}, or be negative from the last; "
            f"got {layer}"
        )
    return number


def _stored(base: Base, rows: int, numbers: tuple[int, ...], pooling: str) -> Shape:
    """What is stored of a request: everything, the last layers, or only what was asked for, by its size on disk."""
    every = tuple(range(base.layers + 1))
    last = every[-LAST_LAYERS:]
    for layers in (every, last):
        shape = Shape(layers, POOLINGS, base.width)
        if rows * shape.bytes <= MOST_BYTES and set(numbers) <= set(layers):
            return shape
    return Shape(tuple(sorted(set(numbers))), (pooling,), base.width)


def _name(base: Base, limit: int, policy: Policy, shape: Shape) -> str:
    kept = "-".join(map(str, shape.layers)) + "-" + "-".join(shape.poolings)
    return f"{base.digest}-{limit}-{policy.dtype}-{policy.device}-{kept}"


def _hashes(texts: Texts) -> Hashes:
    """(rows,) 16 bytes of BLAKE2b of each text."""
    out = np.empty(len(texts), "S16")
    for start in range(0, len(texts), HASHED_AT_ONCE):
        piece = _take(texts, np.arange(start, min(start + HASHED_AT_ONCE, len(texts))))
        digests = [hashlib.blake2b(clean(text).encode(), digest_size=16).digest() for text in piece]
        out[start : start + len(piece)] = digests
    return out


def _take(texts: Texts, at: Ints) -> list[str]:
    if isinstance(texts, Sequence):
        return [texts[int(row)] for row in at]
    return [str(text or "") for text in texts.take(at).to_pylist()]  # only these rows become Python strings


def _direct(asked: _Pass, texts: Texts, report: Callable[[int, int], None] | None) -> Floats:
    """(rows, layers, poolings, width), computed and not stored."""
    out = np.empty((len(texts), *asked.shape.row), np.float32)
    done = 0
    for rows, block in _batches(asked, len(texts), lambda at: _take(texts, at), skip=None):
        out[rows] = block
        done += len(rows)
        if report is not None:
            report(done, len(texts))
    return out


def _fill(
    asked: _Pass,
    vectors: Vectors,
    wanted: Hashes,
    texts: Callable[[Ints], list[str]],
    report: Callable[[int, int], None] | None,
) -> None:
    """Compute and store what is missing of `wanted` (unique hashes, whose texts `texts` gives by position).

    A pass that was killed goes on in the batches it had planned, so that it ends in the very bits it would have given.
    """
    left = vectors.plan()
    if left is not None and sets.isin(left, wanted).all():
        order = np.argsort(wanted)
        positions = order[np.searchsorted(wanted, left, sorter=order)]
        _pass(asked, vectors, left, lambda at: texts(positions[at]), report)
    missing = np.flatnonzero(vectors.find(wanted) < 0)
    if len(missing):
        vectors.describe({
            "base": asked.base.name, "digest": asked.base.digest, "max_length": asked.max_length,
            "dtype": asked.policy.dtype, "layers": asked.shape.layers, "poolings": asked.shape.poolings,
            "width": asked.shape.width, "number": "float16",
        })  # fmt: skip
        vectors.write_plan(wanted[missing])
        _pass(asked, vectors, wanted[missing], lambda at: texts(missing[at]), report)
    vectors.end_plan()


def _pass(
    asked: _Pass,
    vectors: Vectors,
    planned: Hashes,
    texts: Callable[[Ints], list[str]],
    report: Callable[[int, int], None] | None,
) -> None:
    """Compute the batches of a plan that are not stored yet, bringing them to the disk every few seconds."""
    there = vectors.find(planned) >= 0
    done, blocks, held, last = int(there.sum()), list[tuple[Ints, Halves]](), 0, time.monotonic()

    def bring() -> None:
        if blocks:
            vectors.append(
                planned[np.concatenate([rows for rows, _ in blocks])], np.concatenate([b for _, b in blocks])
            )
            blocks.clear()

    try:
        for rows, block in _batches(asked, len(planned), texts, there):
            blocks.append((rows[~there[rows]], block[~there[rows]]))
            held, done = held + block.nbytes, done + len(blocks[-1][0])
            if held >= BYTES_BETWEEN_FLUSHES or time.monotonic() - last >= SECONDS_BETWEEN_FLUSHES:
                bring()
                held, last = 0, time.monotonic()
            if report is not None:
                report(done, len(planned))
    finally:
        bring()  # also after Ctrl-C or a deadline raised by `report`: whole batches only, so nothing is lost


def _batches(asked: _Pass, rows: int, texts: Callable[[Ints], list[str]], skip: Any) -> Iterator[tuple[Ints, Halves]]:
    """(rows, block) of every batch, block (n, layers, poolings, width); batches that `skip` wholly covers are left out.

    Batches are the same whatever was skipped.
    """
    chunks = [np.arange(start, min(start + CHUNK, rows)) for start in range(0, rows, CHUNK)]
    if skip is not None:
        chunks = [chunk for chunk in chunks if not skip[chunk].all()]
    budget = BUDGET.get(asked.policy.device, BUDGET["cpu"])

    def ready(chunk: Ints) -> Any:
        return tokenize(asked.base, texts(chunk), asked.max_length)

    with ThreadPoolExecutor(1) as ahead:
        coming = [ahead.submit(ready, chunk) for chunk in chunks[:1]]
        for number, chunk in enumerate(chunks):
            tokens = coming.pop().result()
            coming += [ahead.submit(ready, after) for after in chunks[number + 1 : number + 2]]
            for batch in by_tokens(tokens.lengths, budget):
                if skip is None or not skip[chunk[batch]].all():
                    yield chunk[batch], _compute(asked, *pad(tokens, batch))


def _compute(asked: _Pass, ids: Ints, mask: Ints) -> Halves:
    """(rows, layers, poolings, width) of one batch."""
    torch = need("torch", "computing features")
    last_only = asked.shape.layers == (asked.base.layers,)
    states, mask_there = sessions.hidden_states(asked.base, asked.policy, ids, mask, every=not last_only)
    wanted = states if last_only else [states[layer] for layer in asked.shape.layers]
    with torch.inference_mode():
        pooled = [[_pool(torch, state, mask_there, name) for name in asked.shape.poolings] for state in wanted]
        block = torch.stack([torch.stack(row, 1) for row in pooled], 1)
        finite = bool(torch.isfinite(block).all())
        halves: Halves = block.clamp(-LARGEST_HALF, LARGEST_HALF).half().cpu().numpy()
    if not finite:
        raise BaseModelError(
            f"a base model must give finite numbers; {asked.base.name} gave others in {asked.policy.dtype}; "
            "its weights are broken, or it needs float32: choose another base or dtype"
        )
    return halves


def _pool(torch: Any, state: Any, mask: Any, pooling: str) -> Any:
    """(rows, width) float32 of one layer (rows, tokens, width)."""
    if pooling == "cls":
        return state[:, 0].float()
    share = mask.float() / mask.sum(1, keepdim=True)  # (rows, tokens)
    return torch.bmm(share[:, None], state.float())[:, 0]
