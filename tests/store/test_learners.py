"""Is a learner inside others kept once, and does it come back equal?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from naeum.errors import StoreError
from naeum.store import learners


@dataclass(frozen=True)
class Leaf:
    kind: ClassVar[str] = "leaf"
    version: ClassVar[int] = 1
    size: float = 1.0
    words: tuple[int, ...] = (1, 2)


@dataclass(frozen=True)
class Group:
    kind: ClassVar[str] = "group"
    version: ClassVar[int] = 1
    members: tuple[Any, ...] = ()
    name: str = "묶음"


KINDS: dict[str, type] = {"leaf": Leaf, "group": Group}


def test_shared_learners_stand_once_and_come_back_equal(tmp_path: Path) -> None:
    teacher = Group((Leaf(2.0), Leaf(3.0)))
    outer = Group(tuple(Group((teacher, Leaf(float(number)))) for number in range(10)))
    key = learners.save(tmp_path, outer)
    assert learners.load(tmp_path, key, KINDS) == outer
    teachers = [file for file in tmp_path.glob("*.json") if learners.load(tmp_path, file.stem, KINDS) == teacher]
    assert len(teachers) == 1
    assert learners.save(tmp_path, outer) == key


def test_missing_and_unknown(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the learner 123 must be in .*; it is missing"):
        learners.load(tmp_path, "123", KINDS)
    key = learners.save(tmp_path, Leaf())
    with pytest.raises(StoreError, match="every kind must be known; got 'leaf'; install or name"):
        learners.load(tmp_path, key, {})
