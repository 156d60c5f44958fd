"""Are parts told apart by their inputs, without a look at test targets?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.data import read
from naeum.errors import NotApplicable
from naeum.explore.loading import opened
from naeum.explore.shift import parts
from naeum.explore.subject import subject_of

RNG = np.random.default_rng(0)


def rows(n, words, label=None, year="2020"):
    return [
        {
            "text": " ".join(RNG.choice(words, 6)) + f" {RNG.integers(10**6)}",
            "label": label or "ab"[at % 2],
            "year": year,
        }
        for at in range(n)
    ]


OLD = ["영화", "배우", "재미", "감동", "연기", "최고", "별로", "음악"]
NEW = ["배송", "환불", "택배", "주문", "포장", "상담", "교환", "결제"]


def subject(train, **others):
    given = {name: read(each, target="label", text="text", part=name) for name, each in others.items()}
    data = read(train, target="label", text="text")
    found = subject_of(opened(train), target="label", text=("text",), data=data, **given)
    return found.with_seen("languages", {"languages": [["ko", 9]]})


def test_like_parts_look_alike():
    found = parts.look(subject(rows(200, OLD), test=rows(150, OLD)))["parts"][0]
    assert abs(found["auroc"] - 0.5) < 0.12 and found["part"] == "test" and "labels" not in found


def test_a_new_topic_is_told_with_its_words_rows_and_columns():
    found = parts.look(subject(rows(200, OLD), test=rows(150, NEW, year="2024")))["parts"][0]
    assert found["auroc"] > 0.95 and len(found["unlike"]) == 20
    words = [each["word"] for side in found["words"] if side["side"] == "part" for each in side["words"]]
    assert any(word in " ".join(NEW) for word in words[:3])
    assert found["columns"][0]["column"] == "year" and found["columns"][0]["distance"] == 1


def test_labels_of_valid_are_compared_and_those_of_test_are_never_read():
    given = subject(rows(200, OLD), valid=rows(150, OLD, label="a"), test=rows(150, OLD, label="a"))
    valid, test = parts.look(given)["parts"]
    assert valid["labels"]["cramer_v"] > 0.3 and "labels" not in test
    hidden = replace(given.test.dataset, target=np.full(150, -1))
    blind = replace(given, test=replace(given.test, dataset=hidden))
    assert parts.look(blind)["parts"][1] == test


def test_it_needs_another_part_of_enough_rows():
    with pytest.raises(NotApplicable, match="needs 100 training rows"):
        parts.look(subject(rows(200, OLD), test=rows(50, OLD)))
