"""Does a make of model join that nobody tried?"""

from __future__ import annotations

import pytest

from naeum.contract import Task
from naeum.improve.techniques.newcomers import LEAST_ROWS, NEWCOMER, NEWCOMERS
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.claims import claims
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.sequence import SequenceNetwork

TAGS = Task(("words",), "tags", ("B-a", "I-a", "O"), "entity_f1", "tags", kinds=("words",))


def kinds(edits) -> list[str]:
    return [edit.learner.members[-1].kind for edit in edits]


def test_every_make_of_texts_joins_once(rung, evidence) -> None:
    champion = rung(TfidfLogistic(), 1)
    edits = list(NEWCOMER.propose(champion, evidence(champion)))
    assert kinds(edits) == ["sequence_network", "char_convolution", "sequence_network", "word_vectors"]
    assert all(edit.learner.members[0] == TfidfLogistic() and edit.parents == (1,) for edit in edits)
    tried = rung(Blend((TfidfLogistic(), SequenceNetwork())), 2)
    assert kinds(NEWCOMER.propose(champion, evidence(champion, (tried,)))) == [
        "char_convolution", "sequence_network", "word_vectors",
    ]  # fmt: skip


def test_a_blend_under_a_calibration_gets_one_more_member(rung, evidence) -> None:
    champion = rung(Calibrated(Blend((TfidfLogistic(), TfidfLogistic(c=1.0)))), 1)
    edit = next(iter(NEWCOMER.propose(champion, evidence(champion))))
    assert edit.learner.kind == "calibrated" and len(edit.learner.inner.members) == 3
    assert edit.changed == ("inner.members",)


def test_bias_is_what_it_answers(rung, evidence, finding) -> None:
    champion = rung(TfidfLogistic(), 1)
    edit = next(iter(NEWCOMER.propose(champion, evidence(champion, findings=(finding("M01"),)))))
    assert edit.answers == "M01" and "M01 saw" in edit.reason


@pytest.mark.parametrize(
    "learner, more", [(Majority(), {}), (TfidfLogistic(), {"rows": LEAST_ROWS - 1})], ids=["floor", "few rows"]
)
def test_nothing_joins_a_floor_or_where_rows_are_few(learner, more, rung, evidence) -> None:
    champion = rung(learner, 1)
    assert list(NEWCOMER.propose(champion, evidence(champion, **more))) == []


def test_without_torch_only_vectors_join(rung, evidence) -> None:
    champion = rung(TfidfLogistic(), 1)
    assert kinds(NEWCOMER.propose(champion, evidence(champion, installed=frozenset()))) == ["word_vectors"]


def test_taggers_join_taggers(rung, evidence) -> None:
    champion = rung(Crf(), 1)
    assert set(kinds(NEWCOMER.propose(champion, evidence(champion, task=TAGS)))) == {"sequence_tagger"}


def test_every_newcomer_is_claimed_by_some_task() -> None:
    table = Task(("age",), "left", ("a", "b"), kinds=("number",))
    for learner, _, _ in NEWCOMERS:
        assert any(claims(learner, task) for task in (Task(classes=("a", "b")), TAGS, table))
