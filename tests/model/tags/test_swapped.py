"""Do made sentences keep the types of their names, and come from fit rows alone?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from naeum.contract import AUGMENTED
from naeum.errors import InputError
from naeum.measure.entities import entities
from naeum.measure.words import tag_codes
from naeum.model.tags.crf import Crf
from naeum.model.tags.swapped import Swapped, swapped
from naeum.testing.worlds import tags

KOREAN = tags.dataset(
    [["김하나", "는", "서울", "시청", "에", "간다"], ["이두리", "도", "부산", "에", "온다"], ["아무도", "없다"], None],
    [[0, 4, 1, 3, 4, 4], [0, 4, 1, 4, 4], [4, 4], None],
)


def made(data, seed=0, **how):
    found = swapped(data, Swapped(Crf(), **how), seed)
    rows = zip(found.rows["words"].to_pylist(), found.truth.to_pylist(), strict=True)
    return found, list(rows)[len(data) :]


def mentions(data):
    codes, offsets = tag_codes(data)
    words = [word for row in data.rows["words"].to_pylist() for word in row or ()]
    return {(" ".join(words[a:b]), kind) for a, b, kind in entities(codes, offsets, data.task.classes).tolist()}


def test_names_stand_for_names_of_their_type_and_tags_follow():
    data, rows = made(KOREAN, share=8.0, swap=1.0, drop=0.0)
    assert len(rows) > 5
    assert mentions(data) == mentions(KOREAN)
    assert {"서울 시청", "부산"} <= {name for name, kind in mentions(data) if kind == 1}
    others = {(" ".join(words)) for words, _ in rows}
    assert any("이두리" in one and "서울 시청" in one for one in others)
    assert all(len(words) == len(codes) for words, codes in rows)


def test_words_outside_are_left_out_and_names_never():
    data, rows = made(tags.make(40), share=4.0, swap=0.0, drop=0.5)
    plain = dict(zip(data.ids.tolist(), data.rows["words"].to_pylist(), strict=True))
    parents = data.parent[-len(rows) :].tolist()
    names = lambda codes: sum(code != 4 for code in codes)  # noqa: E731
    truth = dict(zip(data.ids.tolist(), data.truth.to_pylist(), strict=True))
    assert all(names(codes) == names(truth[one]) for (_, codes), one in zip(rows, parents, strict=True))
    assert np.mean([len(words) / len(plain[one]) for (words, _), one in zip(rows, parents, strict=True)]) < 0.85


def test_made_rows_say_where_they_come_from():
    data, rows = made(KOREAN, share=2.0)
    new = slice(len(KOREAN), None)
    assert (data.origin[new] == AUGMENTED).all() and set(data.parent[new]) <= set(KOREAN.ids[:3])
    assert len(set(data.ids.tolist())) == len(data) == len(KOREAN) + len(rows)
    groups = dict(zip(KOREAN.ids.tolist(), KOREAN.group.tolist(), strict=True))
    assert [groups[one] for one in data.parent[new].tolist()] == data.group[new].tolist()
    assert not {tuple(words) for words, _ in rows} & {tuple(row or ()) for row in KOREAN.rows["words"].to_pylist()[:3]}


def test_the_same_seed_makes_the_same_and_another_others():
    assert made(tags.make(20))[1] == made(tags.make(20))[1] != made(tags.make(20), seed=1)[1]


def test_tags_without_names_get_other_words_alone():
    plain = replace(KOREAN, task=replace(KOREAN.task, classes=("N", "V", "M", "X", "O")))
    data, _ = made(plain, share=4.0, swap=1.0, drop=0.5)
    assert (data.origin == AUGMENTED).any()


def test_numbers_out_of_range_are_refused():
    with pytest.raises(InputError, match=r"share must be above 0 and at most 8, swap in \[0, 1\].*got 0.0, 0.5"):
        Swapped(Crf(), share=0.0)
