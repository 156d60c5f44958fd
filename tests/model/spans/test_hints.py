"""Are the hints of a passage what they say?"""

from __future__ import annotations

import numpy as np

from naeum.model.spans import hints
from naeum.model.spans.asked import Asked
from naeum.passages import units_of


def asked(*pairs: tuple[str, str]) -> Asked:
    texts = np.empty(len(pairs), object)
    texts[:] = [passage for _, passage in pairs]
    return Asked([question for question, _ in pairs], texts, units_of(texts))


def test_words_of_the_question_are_found_by_their_stems_and_korean_ones_by_two_characters() -> None:
    seen = hints.mark(
        asked(("Which cities did Mina visit?", "Mina visited one city."), ("민수는 어디에?", "그는 민수네 집에"))
    )
    assert seen.asked[:6].tolist() == [False, True, True, False, False, False], (
        "no answer, Mina, visit|ed, one, city, ."
    )
    assert [bool(one) for one in seen.asked[6:]] == [False, False, False, True, True, False, False, False]


def test_distances_stay_inside_their_passage() -> None:
    seen = hints.mark(asked(("Mina?", "a b c Mina d"), ("Mina?", "e f")))
    left, lefts = seen.nearest(-1)
    right, _ = seen.nearest(1)
    assert left.tolist() == [0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert right.tolist() == [3, 3, 2, 1, 0, 0, 0, 0, 0]
    assert lefts[5] == seen.text[4] and lefts[6] == 0


def test_a_sentence_says_a_share_of_the_question() -> None:
    seen = hints.mark(
        asked(
            ("Where does Mina live?", "Jun eats. Mina lives in 3.5 rooms. End"),
        )
    )
    assert seen.sentence.tolist() == [*[0] * 4, *[1] * 8, 2], "the point of 3.5 ends nothing"
    said, less = seen.said()
    assert said[4:11].tolist() == [5] * 7 and less[4:11].tolist() == [0] * 7
    assert said[1] == 0 and less[1] == 2


def test_what_is_asked_for_is_told_in_both_languages() -> None:
    kinds = [("Who came?", "누가 왔나?"), ("When was it?", "몇 년에 있었나?"), ("How many are there?", "몇 개인가?"),
             ("Where is it?", "어디인가?")]  # fmt: skip
    found = [[hints._asks(question)[0] for question in pair] for pair in kinds]
    assert all(one == other for one, other in found) and len({one for one, _ in found}) == 4
    assert hints._asks("What city is it?")[1] == hints._hash(hints._stem("city"))


def test_hints_are_the_same_alone_and_among_others() -> None:
    one, other = ("Where does Mina live?", "Mina lives in Busan."), ("누가?", "철수가 왔다.")
    both, alone = hints.hints(asked(one, other)), hints.hints(asked(other))
    assert np.array_equal(both[len(both) - len(alone) :], alone)
    assert both.max() < hints.BUCKETS and hints.hints(asked()).shape[0] == 0
    assert hints.hints(asked(("q", ""))).shape[0] == 1
