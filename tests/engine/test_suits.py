"""Is it seen how a vocabulary reads texts?"""

import pytest

from naeum.engine.suits import sample, suit


def test_pieces_unknowns_and_cut_texts_are_counted(base):
    found = suit(base, ["the movie was good", "영화는 정말 좋다"])
    assert found.pieces == pytest.approx(8 / 7) and found.unknown == 0.0 and found.cut == 0.0
    assert suit(base, ["the zebra"]).unknown == 0.5
    assert suit(base, ["a " * 100, "a"]).cut == 0.5, "it reads 64 tokens"
    assert not found.cased, "its tokenizer lower-cases"
    assert suit(base, ["", "  "]) is None
    assert set(found.to_json()) == {"pieces", "unknown", "cut", "cased"}


def test_samples_are_spread_over_the_rows():
    assert sample([str(at) for at in range(10)], 4) == ["0", "3", "6", "9"] and sample(["", "a"]) == ["a"]
