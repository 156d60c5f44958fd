"""Are further heads proposed where there are further answers, or rows are few and learned by heart?"""

from __future__ import annotations

import dataclasses

from naeum.contract import Finding
from naeum.improve.techniques.heads import SEVERAL_HEADS
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.several_heads import SeveralHeads

VARIANCE = (Finding("M02", "variance", "issue", "Tune is 9 points below fit."),)


def proposed(edits) -> list[SeveralHeads]:
    return [edit.learner for edit in edits]


def test_further_answers_become_further_heads(rung, evidence):
    champion = rung(FineTuned())
    assert proposed(SEVERAL_HEADS.propose(champion, evidence(champion))) == []
    told = list(SEVERAL_HEADS.propose(champion, evidence(champion, also=("topic", "기분"))))
    assert proposed(told) == [SeveralHeads(FineTuned(), ("topic", "기분"), weight=weight) for weight in (0.3, 1.0)]
    assert told[0].reason.startswith(
        "Further heads for topic, 기분 beside that of the fine-tuned encoder, of weight 0.3"
    )


def test_few_rows_learned_by_heart_get_two_views(rung, evidence):
    champion = rung(FineTuned())
    few = evidence(champion, findings=VARIANCE)
    assert proposed(SEVERAL_HEADS.propose(champion, few)) == [SeveralHeads(FineTuned(), views=v) for v in (0.03, 0.1)]
    assert proposed(SEVERAL_HEADS.propose(champion, dataclasses.replace(few, rows=9000))) == []
    still = rung(FineTuned(dropout=0.0))
    assert proposed(SEVERAL_HEADS.propose(still, few)) == [], "without dropout two views are one"


def test_nothing_gets_heads_twice_and_no_other_learner_any(learners, rung, evidence):
    for learner in (SeveralHeads(FineTuned(), ("topic",)), learners["tfidf"]):
        champion = rung(learner)
        assert proposed(SEVERAL_HEADS.propose(champion, evidence(champion, also=("topic",)))) == []
