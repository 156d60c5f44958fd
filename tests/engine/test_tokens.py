"""Does any string become tokens, and the same tokens as the library gives?"""

from __future__ import annotations

import time

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.engine import bases, tokens
from naeum.engine.tokens import Tokens, clean, pad, tokenize
from naeum.errors import BaseModelError, InputError

ODD = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "good \udfff movie",
    "🙂👨‍👩‍👧",
    "영화 정말 좋다",
    "\u1112\u1161\u11ab",
    "﷽" * 50,
    None,
]


def rows_of(tokens):
    return [tokens.ids[a:b].tolist() for a, b in zip(tokens.offsets, tokens.offsets[1:], strict=False)]


def test_same_ids_as_the_tokenizer_itself(base):
    from tokenizers import Tokenizer

    texts = ["the movies was very good", "영화가 정말 좋다", "not bad today " * 30]
    plain = Tokenizer.from_file(str(base.folder / "tokenizer.json"))
    plain.enable_truncation(12)
    tokens = tokenize(base, texts, 12)
    assert rows_of(tokens) == [plain.encode(text).ids for text in texts]
    assert tokens.ids.dtype == np.int32 and tokens.offsets.dtype == np.int64


def test_any_string_gets_tokens(base):
    tokens = tokenize(base, ODD, 32)
    assert len(tokens) == len(ODD)
    assert (tokens.lengths >= 2).all() and (tokens.lengths <= 32).all()


def test_half_surrogates_are_replaced_and_pairs_joined():
    assert clean("a\ud800b") == "a\ufffdb"
    assert clean("\ud83d\ude42") == "🙂"
    assert clean("영화") == "영화"


def test_a_million_characters_are_cut_before_tokenising(base):
    started = time.perf_counter()
    tokens = tokenize(base, ["the movie was good " * 50_000] * 20, 16)  # 19 million characters
    assert time.perf_counter() - started < 2.0
    assert rows_of(tokens)[0] == rows_of(tokenize(base, ["the movie was good " * 10], 16))[0]


@pytest.mark.parametrize("space", [" ", "\n", "x"])
def test_a_text_that_the_window_does_not_fill_is_read_on(base, space):
    """A long run of spaces, or one endless word (a single unknown token), hides the text behind it."""
    text = space * 5_000 + " good movie"
    whole = rows_of(tokenize(base, [text.replace(space * 5_000, space * 200)], 16))[0]
    assert rows_of(tokenize(base, [text], 16))[0] == whole


def test_padding_puts_every_token_in_its_place(base):
    tokens = tokenize(base, ["good", "the movie was good", "bad movie"], 16)
    ids, mask = pad(tokens, [2, 1, 0])
    assert mask.sum(axis=1).tolist() == tokens.lengths[[2, 1, 0]].tolist()
    assert [row[row_mask > 0].tolist() for row, row_mask in zip(ids, mask, strict=True)] == [
        rows_of(tokens)[at] for at in (2, 1, 0)
    ]
    assert (ids[mask == 0] == tokens.padding).all()


def test_no_rows(base):
    assert len(tokenize(base, [], 16)) == 0
    assert isinstance(tokenize(base, [], 16), Tokens)


def test_max_length_must_hold_a_token_of_the_text(base):
    with pytest.raises(InputError, match="max_length must be at least 3 tokens; got 2"):
        tokenize(base, ["a"], 2)


def test_the_limit_of_the_base_holds(base):
    assert tokenize(base, ["good " * 500], 512).lengths.tolist() == [base.max_length]


def test_a_broken_tokenizer_is_one_sentence(own_folder):
    (own_folder / "tokenizer.json").write_text("{")
    with pytest.raises(BaseModelError, match="the tokenizer of a base model must be readable"):
        tokenize(bases.find(own_folder, Policy(offline=True)), ["a"], 16)


def test_a_vocabulary_without_tokenizer_json_is_read(own_folder):
    import json

    words = json.loads((own_folder / "tokenizer.json").read_text())["model"]["vocab"]
    (own_folder / "vocab.txt").write_text("\n".join(sorted(words, key=words.get)), encoding="utf-8")
    (own_folder / "tokenizer.json").unlink()
    base = bases.find(own_folder, Policy(offline=True))
    assert rows_of(tokenize(base, ["good movie"], 16)) == [[2, words["good"], words["movie"], 3]]


def test_the_frame_of_a_pair_is_that_of_the_tokenizer_itself(tmp_path):
    from tokenizers import Tokenizer, processors

    from naeum.testing.encoders import tiny_encoder

    folder = tiny_encoder(tmp_path / "tiny")
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(f"{folder}/tokenizer.json")
    own = bases.find(folder, Policy(offline=True))
    found = tokens.pair_frame(own)
    one, other = (tokens.uncut(own, [text])[0].ids.tolist() for text in ("where is it", "the movie"))
    whole = tokens.tokenize_pairs(own, ["where is it"], ["the movie"], 64)
    assert [*found.before, *one, *found.between, *other, *found.after] == whole.ids.tolist()
    assert found.typed and whole.types.any() and found.size == 3


def test_a_tokenizer_that_knows_no_pairs_puts_its_end_between(tmp_path):
    from naeum.testing.encoders import tiny_encoder

    own = bases.find(tiny_encoder(tmp_path / "tiny"), Policy(offline=True))
    assert tokens.pair_frame(own) == tokens.Frame((2,), (3,), (3,), False)
