"""Are the tokens of texts and of pairs laid into batches of like lengths, each row once?"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from naeum.compress.reading.encoders import Graph, Sides

NODE = {"padding": 9, "pair": False}
NAMES = ("input_ids", "attention_mask")


class Letters:
    """A tokenizer of letters."""

    def encode_batch_fast(self, texts):
        return [SimpleNamespace(ids=[ord(one) for one in text], type_ids=[0] * len(text)) for text in texts]


def part(kind, answer=None):
    session = SimpleNamespace(get_inputs=lambda: [SimpleNamespace(name=name) for name in NAMES], run=answer)
    return kind(None, NODE, session, Letters(), 1)


def test_every_row_stands_in_one_batch_and_none_is_too_large():
    one = part(Graph)
    one.budget = 8
    found = list(one.batches([["abcd"], ["a"], [""], ["ab", "c"], ["abc"]]))
    assert sorted(at for where, _ in found for at in where) == [0, 1, 2, 3, 4]
    assert all(given["input_ids"].size <= 8 for _, given in found)
    assert {tuple(sorted(given)) for _, given in found} == {tuple(sorted(NAMES))}


def test_two_texts_of_a_row_stand_side_by_side():
    where, given = next(part(Sides).batches([["a", "bcd"], ["", "e"]]))
    assert where == [0, 1] and given["input_ids"].shape == (2, 2, 3)
    assert given["input_ids"].tolist() == [[[97, 9, 9], [98, 99, 100]], [[9, 9, 9], [101, 9, 9]]]
    assert given["attention_mask"].sum(axis=2).tolist() == [[1, 3], [1, 1]]


@pytest.mark.parametrize("kind", [Graph, Sides])
def test_answers_stand_in_the_order_of_the_rows(kind):
    one = part(
        kind, lambda _, given: [given["input_ids"].reshape(len(given["input_ids"]), -1)[:, :1].astype(np.float32)]
    )
    assert one([["a", "x"], ["bbb", "x"], ["cc", "x"]])[:, 0].tolist() == [97.0, 98.0, 99.0]
