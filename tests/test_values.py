"""Are learners values: JSON and back, keys, differences, edits at a path, spaces?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naeum import values
from naeum.errors import InputError, StoreError
from naeum.values import Choice, Real, Whole, setting


@dataclass(frozen=True)
class Tuning:
    kind: ClassVar[str] = "tuning"
    version: ClassVar[int] = 2
    rank: int = setting(8, Whole(2, 64, log=True))
    rate: float = setting(0.1, Real(1e-3, 1.0, log=True))

    @classmethod
    def upgrade(cls, settings: dict[str, Any], version: int) -> dict[str, Any]:
        return {"rank": settings["r"], "rate": settings["rate"]}


@dataclass(frozen=True)
class Model:
    kind: ClassVar[str] = "model"
    version: ClassVar[int] = 1
    tuning: Tuning = Tuning()
    words: tuple[int, ...] = (1, 2)
    loss: str = setting("plain", Choice(("plain", "focal")))


@dataclass(frozen=True)
class Vote:
    kind: ClassVar[str] = "vote"
    version: ClassVar[int] = 1
    members: tuple[Any, ...] = ()


KINDS: dict[str, type] = {"tuning": Tuning, "model": Model, "vote": Vote}
TUNINGS = st.builds(Tuning, st.integers(2, 64), st.floats(0.001, 1))
MODELS = st.builds(
    Model, TUNINGS, st.lists(st.integers(1, 5), max_size=3).map(tuple), st.sampled_from(["plain", "한글"])
)
VOTES = st.builds(Vote, st.lists(MODELS, max_size=3).map(tuple))


@given(VOTES)
def test_json_and_back_is_the_same_value(vote: Vote) -> None:
    assert values.from_json(values.to_json(vote), KINDS) == vote


@given(VOTES, VOTES)
def test_keys_and_differences_agree_with_equality(one: Vote, other: Vote) -> None:
    assert (values.key(one) == values.key(other)) == (one == other)
    assert (values.changed(one, other) == ()) == (one == other)


@given(MODELS, st.integers(2, 64))
def test_an_edit_changes_its_path_alone(model: Model, rank: int) -> None:
    vote = Vote((Model(), model))
    edited = values.put(vote, "members.1.tuning.rank", rank)
    assert values.get(edited, "members.1.tuning.rank") == rank
    assert values.changed(vote, edited) == (() if rank == model.tuning.rank else ("members.1.tuning.rank",))
    assert vote.members[1] is model


def test_nodes_and_space_are_addressed_by_path() -> None:
    vote = Vote((Model(),))
    assert [path for path, _ in values.nodes(vote)] == ["", "members.0", "members.0.tuning"]
    assert values.space(vote) == {
        "members.0.loss": Choice(("plain", "focal")),
        "members.0.tuning.rank": Whole(2, 64, log=True),
        "members.0.tuning.rate": Real(1e-3, 1.0, log=True),
    }


def test_another_kind_at_a_path_is_one_difference() -> None:
    assert values.changed(Vote((Model(),)), Vote((Tuning(),))) == ("members.0",)
    assert values.changed(Model(), Tuning()) == ("",)
    assert values.changed(Vote((Model(),)), Vote((Model(), Model()))) == ("members",)


def test_an_older_version_is_upgraded() -> None:
    old = {"kind": "tuning", "version": 1, "settings": {"r": 4, "rate": 0.5}}
    assert values.from_json(old, KINDS) == Tuning(4, 0.5)


def test_what_is_refused() -> None:
    newer = {"kind": "model", "version": 9, "settings": {}}
    with pytest.raises(StoreError, match="model must have at most version 1; got 9, written by a newer naeum; update"):
        values.from_json(newer, KINDS)
    with pytest.raises(StoreError, match="every kind must be known; got 'other'; install or name"):
        values.from_json({"kind": "other", "version": 1, "settings": {}}, KINDS)
    with pytest.raises(InputError, match="must be JSON-able or a value; got set; use a tuple"):
        values.to_json(Vote(({1},)))
    with pytest.raises(InputError, match="Tuning must have the setting 'depth' to change it; look at its fields"):
        values.put(Model(), "tuning.depth", 3)
