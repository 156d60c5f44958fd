"""Do some rows lose more than the others, or is that chance?

A group's rows that became worse are set against those that became better: were nothing lost there, both would be
equally likely (McNemar 1947). p values are raised for as many groups as are looked at (Holm 1979).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from naeum.compress.loss.slices import KINDS, Slice
from naeum.measure.paired import holm, mcnemar
from naeum.measure.scored import Doubles

SURE = 0.05  # p value below which a loss is no chance
HEAVIER = 1.5  # times the share of the loss that as many rows would carry by themselves
SAME = 1e-9  # of a row's error: what is rounding


@dataclass(frozen=True)
class Group:
    """Some rows, before and after."""

    kind: str  # class, length or slice
    name: str
    rows: int
    part: float  # of all rows
    before: float  # mean error of its rows: 0 faultless, about 1 as wrong as the floor
    after: float
    worse: int  # rows that are more wrong now
    better: int
    share: float  # of all rows' added error that these rows carry; 0 where nothing was added
    p: float  # that worse and better are equally likely, raised for all groups of the kind

    @property
    def guilty(self) -> bool:
        """Whether these rows lose beyond chance, and more than the others do."""
        return self.p < SURE and self.after > self.before and self.share >= HEAVIER * self.part


def groups(slices: Sequence[Slice], before: Doubles, after: Doubles) -> tuple[Group, ...]:
    """Every slice as it was and as it is, the one that carries most of the loss first.

    Args:
        slices: of the same rows.
        before: (rows,) how wrong each answer was.
        after: (rows,) how wrong it is.

    Example:
        >>> import numpy as np
        >>> first = np.arange(16) < 8
        >>> groups([Slice("length", "short", first)], np.zeros(16), first * 1.0)[0].guilty
        True
    """
    added = after - before
    lost = float(added.sum())
    found = [_group(one, before, added, lost) for one in slices]
    raised: list[Group] = []
    for kind in KINDS:
        own = [one for one in found if one.kind == kind]
        raised += [replace(one, p=float(p)) for one, p in zip(own, holm([one.p for one in own]), strict=True)]
    return tuple(sorted(raised, key=lambda one: (-(one.after - one.before) * one.rows, one.p)))


def _group(one: Slice, before: Doubles, added: Doubles, lost: float) -> Group:
    own = added[one.rows]
    worse, better = int((own > SAME).sum()), int((own < -SAME).sum())
    mean = float(before[one.rows].mean())
    share = float(own.sum()) / lost if lost > SAME else 0.0
    p = mcnemar(better, worse)
    part = len(own) / len(before)
    return Group(one.kind, one.name, len(own), part, mean, mean + float(own.mean()), worse, better, share, p)
