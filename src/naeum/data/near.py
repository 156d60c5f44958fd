"""Which rows say nearly the same, so that they must stand on one side of a split?

Equal after normalising (case, width, spaces, punctuation), or Jaccard similarity of the character 5-grams of at least
0.9. Candidates come from MinHash (Broder 1997) with banding (Leskovec, Rajaraman & Ullman 2020, chapter 3), are sifted
by one bit of each hash (Li & König 2010), and then compared exactly. Memory is 80 bytes a row, and one batch. Of rows
with numbers, categories or images those that are equal stand together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from naeum import sets
from naeum.contract import Ids, InputKind, Ints
from naeum.data.ids import hash_strings, mix, row_hashes
from naeum.data.inputs import hash_input
from naeum.data.spool import Chunk, batches_of

GRAM = 5  # characters: five Hangul syllables are about two words, five Latin letters about one
ALIKE = 0.9  # Jaccard; one other word in a sentence of 40 characters leaves about 0.6, so short intents stay apart
SHORTEST = 13  # characters: with fewer than nine 5-grams a changed character always leaves less than 0.9
LONGEST = 2_000  # characters that are compared; texts alike so far are the same page with another ending
BANDS, ROWS = 8, 8  # 1 - (1 - 0.9^8)^8 = 0.99 of the pairs at 0.9 are found, 0.0005 of those at 0.3 are candidates
HASHES = BANDS * ROWS
BITS_AGREEING = 54  # of 64: at Jaccard 0.9 61 agree, standard deviation 1.7; at 0.5 only 48
GRAMS_AT_ONCE = 1 << 18  # 1 MiB of hashes: stays in the cache of a core
PAIRS_AT_ONCE = 20_000
TEXT_AT_ONCE = 32 << 20  # bytes of text that are compared exactly at a time
FRESH = 0.5  # share of distinct rows from which equal ones are copies
NOT_WORDS = r"[^\p{L}\p{M}\p{N}]+"  # all but letters, marks and digits of any script
SEPARATOR = "\x1f"  # between the columns of a row


def near_groups(rows: pa.Table, ties: tuple[Ints, ...] = (), kinds: Sequence[InputKind] = ()) -> Ints:
    """(rows,) a number for each row, equal for rows that are equal or nearly so, or tied; numbers mean nothing else.

    Args:
        rows: text columns, several are read as one text; or typed columns.
        ties: arrays (rows,); rows with equal numbers in one of them are tied, and so are their likes.
        kinds: of the columns; none where all are texts.

    Example:
        >>> groups = near_groups(pa.table({"text": ["Where is my card?", "where is my  card", "고마워"]}))
        >>> groups[0] == groups[1], groups[0] == groups[2]
        (np.True_, np.False_)
    """
    if not rows.num_rows:
        return np.empty(0, np.int64)
    if not set(kinds) <= {"text"}:
        return merged(rows.num_rows, (_typed_groups(rows, kinds), *ties))
    keys, bands, bits = _sketches(rows)
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    distinct = _near(rows, first, bands, bits[first])
    return merged(rows.num_rows, (distinct[inverse], *ties))


def _typed_groups(rows: pa.Table, kinds: Sequence[InputKind]) -> Ints:
    """(rows,) groups of rows with typed columns: near texts, else equal rows, else each row alone.

    Texts or rows that come back all the time, as in a table of a few categories, are no copies of each other.
    """
    texts = [name for name, kind in zip(rows.column_names, kinds, strict=True) if kind == "text"]
    if texts:
        found = near_groups(rows.select(texts))
        if len(sets.unique(found)) >= FRESH * rows.num_rows:
            return found
    _, found = np.unique(row_hashes([hash_input(column) for column in rows.columns]), return_inverse=True)
    return found if found.max() + 1 >= FRESH * rows.num_rows else np.arange(rows.num_rows)


def merged(count: int, ties: tuple[Ints, ...]) -> Ints:
    """(count,) components of rows that are tied by any of the arrays."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    edges = []
    for tie in ties:
        _, first, inverse = np.unique(tie, return_index=True, return_inverse=True)
        edges.append(first[inverse])  # each row to the first one of its tie
    if len(edges) == 1:
        return np.asarray(edges[0], np.int64)
    left = np.tile(np.arange(count), len(edges))
    graph = coo_matrix((np.ones(len(left), np.int8), (left, np.concatenate(edges))), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1], np.int64)


def normalised(batch: pa.RecordBatch) -> Chunk:
    """(rows,) each row's text in one case and width, without punctuation; as it is where nothing would be left."""
    arrow: Any = pc  # the stubs lack functions that are there
    texts = arrow.binary_join_element_wise(*batch.columns, SEPARATOR) if batch.num_columns > 1 else batch.column(0)
    texts = arrow.utf8_trim_whitespace(arrow.utf8_lower(arrow.utf8_normalize(texts, form="NFKC")))
    words = arrow.utf8_trim_whitespace(arrow.replace_substring_regex(texts, pattern=NOT_WORDS, replacement=" "))
    return arrow.if_else(arrow.equal(words, ""), texts, words)


def jaccard(left: list[str], right: list[str]) -> npt.NDArray[np.float64]:
    """(pairs,) |A ∩ B| / |A ∪ B| of the sets of character 5-grams of two lists of texts.

    Example:
        >>> jaccard(["abcdef", "abcdef"], ["abcdef", "abcdeg"]).round(3).tolist()
        [1.0, 0.333]
    """
    one, other = _gram_sets(left), _gram_sets(right)
    shift = np.uint64(32)
    common = np.bincount(
        (np.intersect1d(one, other, assume_unique=True) >> shift).astype(np.int64), minlength=len(left)
    )
    sizes = np.bincount((one >> shift).astype(np.int64), minlength=len(left))
    sizes = sizes + np.bincount((other >> shift).astype(np.int64), minlength=len(left))
    return np.asarray(common / np.maximum(1, sizes - common), np.float64)


def _near(rows: pa.Table, where: Ints, bands: Ids, bits: Ids) -> Ints:
    """(distinct texts,) components of the rows at `where`, which all differ; `bands` are of all rows, `bits` of "
    "these."""
    groups = np.arange(len(where))
    lot = int(np.clip(TEXT_AT_ONCE * rows.num_rows / max(1, rows.nbytes), 1, PAIRS_AT_ONCE))
    for band in bands:
        for left, right in _pairs(band[where], bits, lot):
            apart = groups[left] != groups[right]
            found = _alike(rows, where, left[apart], right[apart])
            if len(found):
                groups = _united(groups, found)
    return groups


def _united(groups: Ints, edges: Ints) -> Ints:
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    count = len(groups)
    ends = (groups[edges[:, 0]], groups[edges[:, 1]])
    graph = coo_matrix((np.ones(len(edges), np.int8), ends), shape=(count, count))
    return np.asarray(connected_components(graph, directed=False)[1][groups], np.int64)


def _sketches(rows: pa.Table) -> tuple[Ids, Ids, Ids]:
    """Of each row: the hash of its normalised text, the keys of its bands, and one bit of each MinHash.

    Returns:
        (rows,), (BANDS, rows), (rows,); keys of bands are 0 for texts too short to have a near one.
    """
    keys = np.empty(rows.num_rows, np.uint64)
    bands = np.zeros((BANDS, rows.num_rows), np.uint64)
    bits = np.zeros(rows.num_rows, np.uint64)
    start = 0
    for batch in batches_of(rows):
        plain = normalised(batch)
        keys[start : start + len(plain)] = hash_strings(pa.chunked_array([plain]))
        for low, some in _in_lots(plain.to_pylist()):
            long = np.flatnonzero([len(text) >= SHORTEST for text in some])
            if len(long):
                at = start + low + long
                bands[:, at], bits[at] = _minhash([some[one] for one in long])
        start += len(plain)
    return keys, bands, bits


def _in_lots(texts: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of texts with about GRAMS_AT_ONCE characters, with the position of the first."""
    begin = characters = 0
    for at, text in enumerate(texts):
        characters += min(len(text), LONGEST)
        if characters >= GRAMS_AT_ONCE or at == len(texts) - 1:
            yield begin, texts[begin : at + 1]
            begin, characters = at + 1, 0


def _minhash(texts: list[str]) -> tuple[Ids, Ids]:
    """(BANDS, texts) band keys and (texts,) bits; each text has at least one 5-gram."""
    grams, owner = _grams(texts)
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    seeds = mix(np.arange(1, HASHES + 1, dtype=np.uint64) << np.uint64(17))
    factors = (seeds >> np.uint64(32)).astype(np.uint32) | np.uint32(1)  # odd: a permutation of 32 bits
    offsets = seeds.astype(np.uint32)
    bands = np.zeros((BANDS, len(texts)), np.uint64)
    bits = np.zeros(len(texts), np.uint64)
    for at in range(HASHES):
        least = np.minimum.reduceat(grams * factors[at] + offsets[at], starts)  # (texts,)
        bands[at // ROWS] = mix(bands[at // ROWS] + least)
        bit = (least * np.uint32(0x9E3779B1)) >> np.uint32(31)
        bits |= bit.astype(np.uint64) << np.uint64(at)
    return bands, bits


def _grams(texts: list[str]) -> tuple[npt.NDArray[np.uint32], Ints]:
    """(grams,) hashes of every 5-gram of code points and (grams,) the text that each is of, in order."""
    cut = [text[:LONGEST] if len(text) >= GRAM else text.ljust(GRAM, "\x00") for text in texts]
    codes = np.frombuffer("".join(cut).encode("utf-32-le", "replace"), "<u4").astype(np.uint32)
    owner = np.repeat(np.arange(len(cut)), [len(text) for text in cut])
    inside = owner[: len(codes) - GRAM + 1] == owner[GRAM - 1 :]
    grams = np.zeros(len(codes) - GRAM + 1, np.uint32)
    for at in range(GRAM):
        grams = grams * np.uint32(0x01000193) + codes[at : len(codes) - GRAM + 1 + at]
    grams = grams[inside]
    grams ^= grams >> np.uint32(16)  # the finaliser of MurmurHash3 (Appleby 2011)
    grams *= np.uint32(0x85EBCA6B)
    grams ^= grams >> np.uint32(13)
    grams *= np.uint32(0xC2B2AE35)
    grams ^= grams >> np.uint32(16)
    return grams, owner[: len(codes) - GRAM + 1][inside]


def _gram_sets(texts: list[str]) -> Ids:
    grams, owner = _grams(texts)
    return np.asarray(sets.unique(owner.astype(np.uint64) << np.uint64(32) | grams), np.uint64)


def _pairs(band: Ids, bits: Ids, lot: int) -> Iterator[tuple[Ints, Ints]]:
    """Pairs with one key: each text with the one before it and with the first, if their bits agree."""
    order = np.argsort(band, kind="stable")
    order = order[np.searchsorted(band[order], np.uint64(1)) :]  # 0 marks the short
    ranked = band[order]
    fresh = np.r_[True, ranked[1:] != ranked[:-1]] if len(ranked) else np.empty(0, np.bool_)
    first = np.flatnonzero(fresh)[np.cumsum(fresh) - 1]
    later = np.flatnonzero(~fresh)
    left = np.concatenate([order[later], order[later[first[later] < later - 1]]])
    right = np.concatenate([order[later - 1], order[first[later[first[later] < later - 1]]]])
    agree = HASHES - np.bitwise_count(bits[left] ^ bits[right]) >= BITS_AGREEING
    left, right = left[agree], right[agree]
    for start in range(0, len(left), lot):
        yield left[start : start + lot], right[start : start + lot]


def _alike(rows: pa.Table, where: Ints, left: Ints, right: Ints) -> Ints:
    """(found, 2) the pairs whose Jaccard similarity is at least ALIKE."""
    if not len(left):
        return np.empty((0, 2), np.int64)
    needed, inverse = np.unique(where[np.concatenate([left, right])], return_inverse=True)
    batch = rows.take(pa.array(needed)).combine_chunks().to_batches()[0]
    texts = normalised(batch).to_pylist()
    one, other = inverse[: len(left)].tolist(), inverse[len(left) :].tolist()
    same = jaccard([texts[at] for at in one], [texts[at] for at in other]) >= ALIKE
    return np.stack([left[same], right[same]], axis=1)
