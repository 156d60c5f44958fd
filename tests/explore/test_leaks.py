"""Are rows on two sides of a split found, by their inputs alone?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.data import read
from naeum.errors import NotApplicable
from naeum.explore import leaks
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of


def rows(numbers):
    rngs = {n: np.random.default_rng(n) for n in numbers}
    words = {n: " ".join(f"낱말{rng.integers(10**6)}" for _ in range(4)) for n, rng in rngs.items()}
    return [{"text": words[n], "label": "ab"[n % 2]} for n in numbers]


def subject(train, **others):
    given = {name: read(each, target="label", text="text", part=name) for name, each in others.items()}
    return subject_of(
        opened(train), target="label", text=("text",), data=read(train, target="label", text="text"), **given
    )


TRAIN = rows(range(100))


def test_equal_rows_and_near_copies_are_counted_apart():
    test = [*rows(range(200, 240)), TRAIN[3], TRAIN[3], TRAIN[4], {"text": TRAIN[5]["text"] + "!!", "label": "a"}]
    found = leaks.look(subject(TRAIN, test=test))
    (pair,) = found["pairs"]
    assert (pair["first"], pair["second"], pair["rows"]) == ("train", "test", 44)
    assert (pair["equal"], pair["equal_texts"], pair["near"]) == (3, 2, 4)
    assert pair["named"] == [40, 41, 42, 43]
    assert pair["shown"] == [{"row": 43, "text": TRAIN[5]["text"] + "!!", "like": 5, "like_text": TRAIN[5]["text"]}]


def test_parts_without_shared_rows_are_clean():
    found = leaks.look(subject(TRAIN, valid=rows(range(200, 240)), test=rows(range(300, 340))))
    assert [(one["first"], one["second"], one["near"]) for one in found["pairs"]] == [
        ("train", "valid", 0), ("train", "test", 0), ("valid", "test", 0),
    ]  # fmt: skip


def test_targets_of_test_make_no_difference():
    given = subject(TRAIN, test=rows(range(90, 130)))
    hidden = replace(given.test.dataset, target=np.full(40, -1))
    assert leaks.look(replace(given, test=replace(given.test, dataset=hidden))) == leaks.look(given)


def test_one_part_has_no_leak():
    with pytest.raises(NotApplicable, match="a part beside the training rows"):
        leaks.look(subject(TRAIN))


def test_too_many_rows_are_told(monkeypatch):
    monkeypatch.setattr(leaks, "MOST_ROWS", 120)
    with pytest.raises(NotApplicable, match="in 120 rows at most; all parts have 140"):
        leaks.look(subject(TRAIN, test=rows(range(200, 240))))
