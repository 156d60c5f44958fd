"""Are alike texts near, in Hangul and in English, and do figures and denials show?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.model.text.overlap import BUCKETS, KINDS, NAMES, likeness, squared, weights

FIRST = ["한 남자가 기타를 치고 있다.", "A man is playing a guitar.", "비행기가 이륙한다", ""]
SECOND = ["남자가 기타를 친다.", "A man plays the guitar.", "고양이가 잔다", ""]
KNOWN = weights(FIRST, SECOND)


def of(first: str, second: str, ordered: bool = False) -> dict[str, float]:
    return dict(zip(NAMES, likeness([first], [second], KNOWN, ordered)[0].tolist(), strict=True))


def test_a_text_is_wholly_like_itself_and_not_at_all_like_another() -> None:
    for text in FIRST[:3]:
        found = of(text, text)
        assert all(value == pytest.approx(1.0) for name, value in found.items() if "," in name)
    apart = of("가나다", "xyz")
    assert all(value == 0.0 for name, value in apart.items() if "," in name and not name.endswith("characters 1"))
    assert apart["cosine, characters 1"] < 0.5  # both have a space at either end


def test_alike_pairs_are_nearer_than_unlike_ones() -> None:
    found = likeness(FIRST, SECOND, KNOWN, ordered=False)
    for what in ("cosine, characters 2", "overlap, letters 3", "cosine, letters 3"):
        column = found[:, NAMES.index(what)]
        assert column[0] > column[2] and column[1] > column[2]


def test_letters_see_what_syllables_hide() -> None:
    found = of("친다", "치다")
    assert found["cosine, letters 3"] > found["cosine, characters 2"]


def test_shares_tell_which_text_holds_the_other_where_order_matters() -> None:
    longer, shorter = "한 남자가 큰 기타를 치고 있다", "한 남자가"
    ordered = of(longer, shorter, ordered=True)
    assert ordered["of the second, words 1"] == pytest.approx(1.0)
    assert ordered["of the first, words 1"] < 0.6
    turned = of(shorter, longer, ordered=True)
    assert turned["of the first, words 1"] == pytest.approx(1.0)
    assert of(longer, shorter) == of(shorter, longer)


def test_figures_and_denials_show() -> None:
    assert of("10명이 왔다", "12명이 왔다")["figures of one"] == 2
    assert of("10명이 왔다", "10명이 갔다")["figures of both"] == 1
    assert of("나는 간다", "나는 가지 않는다")["denials of one"] == 1
    assert of("it is good", "it isn't good")["denials of one"] == 1
    assert of("notable", "noble")["denials of one"] == 0


def test_rare_words_count_more_also_where_no_row_had_them() -> None:
    known = weights(["같은 말"] * 50, ["같은 글"] * 50)
    common = likeness(["같은 사과"], ["같은 바다"], known, False)[0, NAMES.index("cosine, words 1")]
    rare = likeness(["하나 사과"], ["둘 사과"], known, False)[0, NAMES.index("cosine, words 1")]
    assert common < 0.2 < rare


def test_odd_texts_give_finite_numbers() -> None:
    odd = ["", " ", "\x00", "🙂" * 50, "가" * 100_000, "\ud800"]
    assert np.isfinite(likeness(odd, odd[::-1], KNOWN, True)).all()
    assert KNOWN.shape == (len(KINDS), BUCKETS)


def test_products_of_each_two_are_added() -> None:
    assert squared(np.array([[2.0, 3.0]])).tolist() == [[2.0, 3.0, 4.0, 6.0, 9.0]]
