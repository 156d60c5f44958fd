"""Do the words of the user's texts stay, can every sign still be read, and is what a cut costs measured?"""

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from naeum.compress.export import folder, parity, vocabulary
from naeum.compress.export.exported import opened
from naeum.compress.reading import reader
from naeum.contract import subset
from naeum.errors import InputError, ParityError
from naeum.model.floor import Majority


@pytest.fixture
def own(plain, tmp_path):
    """A copy of the folder, and its card."""
    return shutil.copytree(plain[0], tmp_path / "own"), json.loads(json.dumps(plain[1]))


def wordpiece(words, after=None):
    made = Tokenizer(models.WordPiece({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = after
    made.add_special_tokens(["[PAD]", "[CLS]", "[SEP]"])
    return made


def spelled(made, text):
    return made.encode(text).tokens


WORDS = ["[PAD]", "드문", "[UNK]", "[CLS]", "영화", "[SEP]", "좋", "##은", "좋은", "드", "##문", "a", "##b", "ab"]
TEMPLATE = processors.TemplateProcessing("[CLS] $A [SEP]", special_tokens=[("[CLS]", 3), ("[SEP]", 5)])


def cut_to(made, texts):
    document = json.loads(made.to_str())
    used = {at for text in texts for at in made.encode(text).ids}
    keep = vocabulary.kept(document, used)
    return Tokenizer.from_str(json.dumps(vocabulary.renumbered(document, keep))), keep


@pytest.mark.parametrize("after", [TEMPLATE, processors.BertProcessing(("[SEP]", 5), ("[CLS]", 3))])
def test_words_that_are_used_are_read_as_before_and_others_in_pieces(after):
    made = wordpiece(WORDS, after)
    cut, keep = cut_to(made, ["좋은 영화"])
    assert spelled(cut, "좋은 영화") == spelled(made, "좋은 영화") == ["[CLS]", "좋은", "영화", "[SEP]"]
    assert spelled(made, "드문")[1:-1] == ["드문"] and spelled(cut, "드문")[1:-1] == ["드", "##문"]
    assert [keep[at] for at in cut.encode("좋은 영화").ids] == made.encode("좋은 영화").ids
    assert len(keep) == len(WORDS) - 2  # without 드문 and ab


def test_a_unigram_vocabulary_keeps_its_scores_and_signs():
    pieces = [("<unk>", 0.0), ("▁영화", -1.0), ("▁드문", -2.0), ("▁", -5.0), ("드", -6.0), ("문", -6.0)]
    made = Tokenizer(models.Unigram(pieces, unk_id=0, byte_fallback=False))
    made.pre_tokenizer = pre_tokenizers.Metaspace()
    cut, keep = cut_to(made, ["영화"])
    assert keep == [0, 1, 3, 4, 5]
    assert spelled(cut, "영화") == ["▁영화"] and spelled(cut, "드문") == ["▁", "드", "문"]


def test_a_vocabulary_of_merges_is_refused():
    made = Tokenizer(models.BPE({"a": 0, "b": 1, "ab": 2}, [("a", "b")]))
    with pytest.raises(InputError, match=r"must be of the kind WordPiece or Unigram .*; this one is BPE; keep all"):
        vocabulary.kept(json.loads(made.to_str()), {0})


def test_the_rows_of_fit_are_answered_as_before_with_a_smaller_table(own, parts):
    place, card = own
    few = subset(parts.fit, np.arange(4), "few")
    before = reader.Model(place, 1).scores(parity.cells(few.rows, ("text",)))
    size = (place / "part0.onnx").stat().st_size
    found = vocabulary.cut(place, card, few, parts.tune, 1.0)
    folder.describe(place, found)
    np.testing.assert_allclose(opened(place, 1).predict(few.rows).scores, before, atol=1e-5)
    assert (place / "part0.onnx").stat().st_size < size
    told = found["vocabulary"]
    assert told["kept"] < told["words"] and told["rows"] == len(parts.tune)
    assert f"Of {told['words']} words {told['kept']} stay" in told["said"]


def test_a_cut_that_loses_too_much_is_refused(own, parts, monkeypatch):
    place, card = own
    found = vocabulary.compared

    def losing(*given, **more):
        return replace(found(*given, **more), loss=1 / 3)

    monkeypatch.setattr(vocabulary, "compared", losing)
    with pytest.raises(ParityError, match=r"lose at most 0\.5 % of the score; it loses 33 % on 8 rows of tune; keep"):
        vocabulary.cut(place, card, parts.fit, parts.tune, 0.005)


def test_a_model_without_an_encoder_is_refused(parts, run, tmp_path):
    card = folder.export(Majority().fit(parts, run), tmp_path / "floor", parts.tune.rows)
    with pytest.raises(InputError, match="must have an encoder to have its vocabulary cut"):
        vocabulary.cut(tmp_path / "floor", card, parts.fit, parts.tune, 1.0)
