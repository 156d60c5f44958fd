"""Are n-grams and their weight varied, and Hangul's are shorter?"""

from __future__ import annotations

import pytest

from naeum import values
from naeum.improve.techniques.ngrams import NGRAMS, REGULARIZATION


def _chars(champion, world):
    edits = NGRAMS.propose(champion, world)
    return [edit.learner.chars for edit in edits if edit.learner.chars != champion.learner.chars]


def test_words_and_characters_one_at_a_time(learners, rung, evidence):
    champion = rung(learners["tfidf"])
    edits = list(NGRAMS.propose(champion, evidence(champion)))
    assert all(len({path.split(".")[0] for path in edit.changed}) == 1 for edit in edits)
    assert [edit.learner.words for edit in edits if edit.learner.words != (1, 2)] == [(1, 1), (1, 3)]
    assert edits[0].reason.startswith("N-grams of 1 instead of 1 to 2 words in n-grams with logistic regression: ")


def test_hangul_syllables_need_shorter_ones(learners, rung, evidence):
    champion = rung(learners["tfidf"])
    assert (1, 3) in _chars(champion, evidence(champion, languages=("ko", "en")))
    assert (1, 3) not in _chars(champion, evidence(champion, languages=("en", "ko")))


@pytest.mark.parametrize("codes, factors", [((), [0, 4, 0.25]), (("M01",), [0, 4, 16]), (("M02",), [0, 0.25, 0.0625])])
def test_the_strength_goes_where_the_finding_points(learners, rung, evidence, finding, codes, factors):
    champion = rung(values.put(learners["tfidf"], "c", 4.0))
    world = evidence(champion, findings=tuple(finding(code) for code in codes))
    found = [edit.learner.c / 4 for edit in REGULARIZATION.propose(champion, world)]
    assert found == pytest.approx(factors)


def test_the_strength_has_bounds(learners, rung, evidence):
    champion = rung(values.put(learners["tfidf"], "c", 1000.0))
    assert [edit.learner.c for edit in REGULARIZATION.propose(champion, evidence(champion))] == [0.0, 250.0]


def test_networks_without_ngrams_are_left_alone(learners, rung, evidence):
    champion = rung(learners["tuned"])
    assert list(NGRAMS.propose(champion, evidence(champion))) == []


def test_a_strength_that_is_chosen_at_every_fit_is_left_alone(learners, rung, evidence):
    champion = rung(values.put(learners["tfidf"], "c", 0.0))
    assert list(REGULARIZATION.propose(champion, evidence(champion))) == []


def test_rare_ngrams_may_count(learners, rung, evidence):
    champion = rung(learners["naive_bayes"])
    rare = [edit for edit in NGRAMS.propose(champion, evidence(champion)) if edit.changed == ("min_df",)]
    assert [edit.learner.min_df for edit in rare] == [1]
