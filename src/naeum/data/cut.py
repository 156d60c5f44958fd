"""Which group of rows goes to which part?

Groups are ordered by a hash of a row's id and the seed, so the order of the file decides nothing. Each class is cut at
the same shares (systematic sampling with a random start, Cochran 1977, chapter 8), so the parts are stratified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from naeum.contract import Ids, Ints
from naeum.data.ids import GOLDEN, mix

GIANT = 0.1  # a group of over a tenth of the smallest part would upset that part: it rather goes to the last one, fit


@dataclass(frozen=True)
class Units:
    """Groups of rows that may not be parted. All arrays have one entry a group."""

    of: Ints  # (rows,) the group of each row
    name: Ids  # least id in the group
    size: Ints  # rows
    stratum: Ints  # most frequent class
    newest: npt.NDArray[np.float64] | None  # time of the newest row

    def __len__(self) -> int:
        return len(self.size)


def units(groups: Ints, ids: Ids, target: Ints, time: npt.NDArray[np.float64] | None = None) -> Units:
    """The groups of labelled rows.

    Args:
        groups: (rows,) equal for rows that stay together.
        ids: (rows,)
        target: (rows,) codes, none of them -1.
        time: (rows,) larger is newer; None if time does not matter.
    """
    _, of = np.unique(groups, return_inverse=True)
    count = int(of.max()) + 1
    name = np.full(count, np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(name, of, ids)
    pairs, times = np.unique(of * (int(target.max()) + 1) + target, return_counts=True)
    owner, code = np.divmod(pairs, int(target.max()) + 1)
    best = np.lexsort((code, -times, owner))
    stratum = code[best[np.r_[True, owner[best][1:] != owner[best][:-1]]]]
    newest = None
    if time is not None:
        newest = np.full(count, -np.inf)
        np.maximum.at(newest, of, time)
    return Units(of, name, np.bincount(of, minlength=count), stratum, newest)


def cut(groups: Units, shares: Sequence[float], caps: Sequence[int], seed: int) -> Ints:
    """(groups,) 0, 1, … for the parts with these shares of the rows, len(shares) for what is left.

    By time where `groups.newest` is there: the newest rows go to part 0, then part 1, and so on. Otherwise stratified;
    the only group of a class is always left over, so that it is learned from.
    """
    order = _order(groups, seed)
    part = _by_time(groups, shares, order) if groups.newest is not None else _stratified(groups, shares, order, seed)
    for at, cap in enumerate(caps):
        inside = np.flatnonzero(part == at)
        inside = inside[np.argsort(order[inside], kind="stable")]
        part[inside[np.cumsum(groups.size[inside]) > cap]] = len(shares)
    return part


def folds(groups: Units, count: int, seed: int) -> Ints:
    """(groups,) a fold from 0 to count - 1, of like sizes and like classes.

    Large groups first, each to the fold that has the fewest rows of its class, then the fewest rows.
    """
    order = np.lexsort((_order(groups, seed), groups.stratum, -groups.size))
    held = np.zeros((count, int(groups.stratum.max()) + 1), np.int64)
    total = np.zeros(count, np.int64)
    fold = np.empty(len(groups), np.int64)
    for at in order:
        stratum, size = groups.stratum[at], groups.size[at]
        chosen = min(range(count), key=lambda k: (held[k, stratum], total[k], k))
        fold[at] = chosen
        held[chosen, stratum] += size
        total[chosen] += size
    return fold


def _order(groups: Units, seed: int) -> Ids:
    return mix(groups.name ^ mix(np.array([seed + 1], np.uint64) * GOLDEN))


def _stratified(groups: Units, shares: Sequence[float], order: Ids, seed: int) -> Ints:
    giant = groups.size > GIANT * min(shares) * groups.size.sum()
    ranked = np.lexsort((order, giant, groups.stratum))
    stratum, size = groups.stratum[ranked], groups.size[ranked]
    starts = np.flatnonzero(np.r_[True, stratum[1:] != stratum[:-1]])
    lengths = np.diff(np.r_[starts, len(stratum)])
    before = np.cumsum(size) - size
    before = before - np.repeat(before[starts], lengths)
    total = np.repeat(np.add.reduceat(size, starts), lengths)
    starting = mix(stratum.astype(np.uint64) + np.array([seed + 1], np.uint64) * GOLDEN).astype(np.float64) / 2.0**64
    place = (before + starting * size) / total
    part = np.searchsorted(np.cumsum(shares), place, side="right")
    part[np.repeat(lengths == 1, lengths)] = len(shares)
    found = np.empty(len(groups), np.int64)
    found[ranked] = part
    return found


def _by_time(groups: Units, shares: Sequence[float], order: Ids) -> Ints:
    newest = groups.newest if groups.newest is not None else np.zeros(len(groups))
    ranked = np.lexsort((order, -newest))
    place = (np.cumsum(groups.size[ranked]) - 0.5 * groups.size[ranked]) / groups.size.sum()
    found = np.empty(len(groups), np.int64)
    found[ranked] = np.searchsorted(np.cumsum(shares), place, side="right")
    return found
