"""Is a search proposed around each learner, once, and only where Optuna is there?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from naeum import values
from naeum.improve.techniques.searching import SEARCH
from naeum.model.around.blend import Blend
from naeum.model.around.searched import Searched
from naeum.model.floor import Majority
from naeum.model.text.probe import Probe


def test_each_searchable_member_gets_one_search(evidence: Any, rung: Any) -> None:
    one = rung(Blend((Probe(base="b"), Majority())))
    known = evidence(one, installed=frozenset({"optuna"}))
    edits = list(SEARCH.propose(one, known))
    assert len(edits) == 1
    assert edits[0].changed == ("members.0",)
    assert values.get(edits[0].learner, "members.0") == Searched(inner=Probe(base="b"), trials=12)
    assert list(SEARCH.propose(replace(one, learner=edits[0].learner), known)) == []


def test_without_optuna_nothing_is_proposed(evidence: Any, rung: Any) -> None:
    one = rung(Probe(base="b"))
    assert list(SEARCH.propose(one, evidence(one, installed=frozenset()))) == []
