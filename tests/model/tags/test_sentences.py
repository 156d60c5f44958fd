"""Which words are read, and which of them are learned from?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.tags.sentences import Sentences, distinct, judge, sentences, tagged, to_learn
from naeum.testing import data
from naeum.testing.worlds import tags


def test_any_word_is_read() -> None:
    rows = pa.table({"words": pa.chunked_array([[["가", None, "\x00"]], [None, []]], pa.list_(pa.string()))})
    found = sentences(rows, Task(("words",)))
    assert found.words == ["가", "", "\x00"] and found.offsets.tolist() == [0, 3, 3, 3] and len(found) == 3


def test_words_of_one_character_are_joined_without_blanks() -> None:
    assert Sentences(list("나는 서울"), np.array([0, 5])).joint == ""
    assert Sentences(["a", "cat"], np.array([0, 2])).joint == " "
    assert Sentences([], np.array([0])).joint == " "


def test_rows_without_tags_or_weight_are_left_out() -> None:
    given = tags.make(6)
    light = replace(given, weight=np.array([2, 0, 1, 1, 1, 1], np.float32), target=np.array([0, 0, -1, 0, 0, 0]))
    rows, found = tagged(light)
    assert len(rows) == 4 and len(found.sentences) == 4
    sizes = np.diff(found.sentences.offsets)
    assert found.weight.mean() == pytest.approx(1) and found.weight[0] == pytest.approx(2 * found.weight[-1])
    assert len(found.codes) == sizes.sum() == len(found.sentences.words)


def test_there_must_be_tags_to_learn() -> None:
    with pytest.raises(InputError, match="crf must have tagged words to learn from; got none in 2 rows"):
        to_learn(tags.dataset([["a"], []], [None, []]), "crf")
    with pytest.raises(InputError, match="crf answers tasks with a tag a word; got label"):
        to_learn(data.make(4), "crf")


def test_the_judge_sees_entities() -> None:
    given = tags.dataset([["가", "나"]], [[0, 2]])
    logits = np.full((2, 5), -9, np.float32)
    logits[[0, 1], [0, 2]] = 9
    assert judge(given)(logits, np.array([0, 2])) == 1.0


def test_distinct_words_are_numbered() -> None:
    words, which = distinct(["나", "너", "나"])
    assert [words[at] for at in which] == ["나", "너", "나"] and len(words) == 2
