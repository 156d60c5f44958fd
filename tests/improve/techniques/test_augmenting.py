"""Are rows made the way the language is written, once a learner?"""

from __future__ import annotations

from naeum.improve.techniques.augmenting import AUGMENT


def test_korean_gets_korean_methods(learners, rung, evidence):
    champion = rung(learners["tfidf"])
    english = next(AUGMENT.propose(champion, evidence(champion))).learner
    korean = next(AUGMENT.propose(champion, evidence(champion, languages=("ko",)))).learner
    both = next(AUGMENT.propose(champion, evidence(champion, languages=("en", "ko")))).learner
    assert english.inner == korean.inner == learners["tfidf"]
    assert english.methods == ("delete", "swap", "typo")
    assert korean.methods == ("delete", "swap", "spacing", "jamo", "particle")
    assert set(both.methods) == {*english.methods, *korean.methods}


def test_the_reason_says_how_many_and_how(learners, rung, evidence):
    champion = rung(learners["tuned"])
    edit = next(AUGMENT.propose(champion, evidence(champion)))
    assert edit.reason.startswith("0.5 made rows (delete, swap, typo) a real one for the fine-tuned encoder: 1200 rows")


def test_nothing_is_augmented_twice(learners, rung, evidence):
    champion = rung(learners["augmented"])
    assert list(AUGMENT.propose(champion, evidence(champion))) == []
    deep = rung(learners["deep"])
    changed = {edit.changed for edit in AUGMENT.propose(deep, evidence(deep))}
    assert changed == {("inner.members.1.inner",), ("inner.members.2",)}
