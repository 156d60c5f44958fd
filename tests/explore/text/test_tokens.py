"""Are tokens, unknown ones and special ones counted as the tokenizer gives them?"""

import pytest

from naeum import extras
from naeum.contract import Policy
from naeum.engine import bases
from naeum.engine.tokens import spelled, tokenize, unknown_id
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import tokens
from naeum.testing.encoders import tiny_encoder

pytestmark = pytest.mark.skipif(not extras.there("torch"), reason="a base model needs torch")
TEXTS = ["the movie was great", "정말 재밌는 영화", "a b", "", "the movie " * 20]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return bases.find(tiny_encoder(tmp_path_factory.mktemp("encoder")), Policy(offline=True))


def test_every_token_of_a_text_is_spelled(base):
    pieces = spelled(base, "the movie", 16)
    assert [piece.id for piece in pieces] == tokenize(base, ["the movie"], 16).ids.tolist()
    special = [piece.special for piece in pieces]
    assert special[0] and special[-1] and not any(special[1:-1])


def test_lengths_and_words_agree_with_the_tokenizer(base):
    found = tokens.tokens(base, TEXTS)
    sizes = tokenize(base, TEXTS, base.max_length).lengths
    assert found["special"] == 2
    own, words = (sizes - 2).clip(0).sum(), sum(len(text.split()) for text in TEXTS)
    if sizes.max() < base.max_length:
        assert found["longest"] == sizes.max() and found["per_word"] == pytest.approx(own / words)
    assert [one["limit"] for one in found["cut"]][-1] == base.max_length


def test_unknown_tokens_are_counted(base):
    unknown = unknown_id(base)
    assert unknown is not None
    found = tokens.tokens(base, ["☃☃ ☃", "the"])
    seen = tokenize(base, ["☃☃ ☃", "the"], 64).ids
    assert found["unknown"] == pytest.approx((seen == unknown).sum() / (len(seen) - 4))
    assert found["rows_with_unknown"] == float((seen == unknown).any()) / 2


def test_a_real_row_is_shown_with_special_tokens_and_padding(base):
    row = tokens.shown(base, ["one two three four", "one two three", "one two three four five six seven eight nine"])
    assert row["text"] == "one two three four" and row["added"] == 2 and row["padded"] > 0
    kinds = [kind for _, _, kind in row["pieces"]]
    assert kinds[0] == "special" and kinds[-1] == "padding" and "text" in kinds


def test_no_row_of_enough_words_shows_none(base):
    assert tokens.shown(base, ["", "a b"]) is None


def test_a_part_names_the_base(base):
    rows = [{"text": f"the movie was great {n}", "label": "a"} for n in range(20)]
    found = tokens.look(subject_of(opened(rows), text=("text",), base=str(base.folder), policy=Policy(offline=True)))
    assert found["base"] == str(base.folder) and found["knows_language"] and found["rows"] == 20
