"""Which images look the same although their bytes differ?

Two perceptual hashes of 64 bits each name candidates; two are near copies where, besides, their tiny colour copies
agree. They stand up to other sizes, formats and qualities, and to changes of light; not to mirroring, turning or
cropping.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints

Hashes = npt.NDArray[np.uint64]
Pixels = npt.NDArray[np.uint8]

SIDE = 32  # pixels of a side of the grey copies that are hashed
BITS = 8  # of a side of a hash: 64 bits
MOST_DIFFERENT = 10  # bits of the difference hash in which near copies differ at most
MOST_DIFFERENT_DCT = 12  # bits of the DCT hash
AGREEING = 0.97  # correlation of the tiny colour copies from which two are copies
FLAT = 0.02  # contrast below which nothing is there to be compared
BLOCK = 512  # images compared with all later ones at a time: 512 × 40,000 numbers of 8 bytes are 160 MB


def difference_hashes(grays: Pixels) -> Hashes:
    """Whether each of 8 × 8 places is darker than its right neighbour (dHash, Krawetz 2013), for (n, 32, 32) greys.

    Example:
        >>> ramp = np.tile(np.arange(32, dtype=np.uint8), (32, 1))
        >>> [hex(one) for one in difference_hashes(np.stack([ramp, ramp[:, ::-1]])).tolist()]
        ['0xffffffffffffffff', '0x0']
    """
    means = _areas(BITS) @ grays.astype(np.float32) @ _areas(BITS + 1).T
    return _packed(means[:, :, 1:] > means[:, :, :-1])


def dct_hashes(grays: Pixels) -> Hashes:
    """Which of the 8 × 8 lowest frequencies are above their median (pHash, Zauner 2010), for (n, 32, 32) greys.

    Example:
        >>> noise = np.random.default_rng(0).integers(0, 255, (1, 32, 32)).astype(np.uint8)
        >>> int(np.bitwise_count(dct_hashes(noise))[0])
        32
    """
    low = _cosines() @ grays.astype(np.float32) @ _cosines().T
    flat = low.reshape(len(low), BITS * BITS)
    median = np.median(flat[:, 1:], axis=1) if len(low) else np.empty(0)  # the first is the mean brightness
    return _packed(low > median[:, None, None])


def near_pairs(first: Hashes, second: Hashes, tiny: Pixels) -> npt.NDArray[np.int64]:
    """(pairs, 2): positions of near copies, the smaller first.

    Args:
        first: difference hashes.
        second: DCT hashes.
        tiny: (n, values) small colour copies.
    """
    vectors = _standard(tiny)
    found = [np.empty((0, 2), np.int64)]
    for start in range(0, len(first), BLOCK):
        stop = min(start + BLOCK, len(first))
        close = np.bitwise_count(first[start:stop, None] ^ first[None, start:]) <= MOST_DIFFERENT
        one, other = np.nonzero(close)
        one, other = one + start, other + start
        later = one < other
        one, other = one[later], other[later]
        alike = np.bitwise_count(second[one] ^ second[other]) <= MOST_DIFFERENT_DCT
        one, other = one[alike], other[alike]
        agree = np.einsum("ij,ij->i", vectors[one], vectors[other]) >= AGREEING
        found.append(np.stack([one[agree], other[agree]], axis=1))
    return np.concatenate(found)


def groups(count: int, pairs: npt.NDArray[np.int64]) -> Ints:
    """The group of each of `count` things, named by its first member, where pairs belong together.

    Example:
        >>> groups(5, np.array([[0, 3], [3, 4]])).tolist()
        [0, 1, 2, 0, 0]
    """
    group = np.arange(count)
    while len(pairs):
        least = np.minimum(group[pairs[:, 0]], group[pairs[:, 1]])
        before = group.copy()
        np.minimum.at(group, pairs[:, 0], least)
        np.minimum.at(group, pairs[:, 1], least)
        group = group[group]
        if (group == before).all():
            break
    return group


def _areas(parts: int) -> npt.NDArray[np.float32]:
    """(parts, SIDE): means over equal stretches of SIDE pixels, those on a border in shares."""
    edges = np.linspace(0, SIDE, parts + 1)
    starts, stops = edges[:-1, None], edges[1:, None]
    pixels = np.arange(SIDE)[None]
    covered = np.clip(np.minimum(stops, pixels + 1) - np.maximum(starts, pixels), 0, None)
    return np.asarray(covered / covered.sum(axis=1, keepdims=True), np.float32)


def _cosines() -> npt.NDArray[np.float32]:
    """(BITS, SIDE): the lowest frequencies of the discrete cosine transform, type II."""
    places = (2 * np.arange(SIDE) + 1) * np.pi / (2 * SIDE)
    return np.asarray(np.cos(np.arange(BITS)[:, None] * places[None]), np.float32)


def _packed(bits: npt.NDArray[np.bool_]) -> Hashes:
    """(n, 8, 8) bits as one number each."""
    octets = np.packbits(bits.reshape(len(bits), BITS * BITS), axis=1)
    return np.asarray(octets.reshape(-1, BITS).copy().view(">u8").reshape(-1), np.uint64)


def _standard(tiny: Pixels) -> npt.NDArray[np.float32]:
    values = tiny.astype(np.float32)
    values -= values.mean(axis=1, keepdims=True)
    return np.asarray(values / np.maximum(np.linalg.norm(values, axis=1, keepdims=True), 1e-6), np.float32)
