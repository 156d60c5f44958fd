"""Do two texts that are read apart, means of word vectors, patterns of words answer in a folder as in a run?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum import extras
from naeum.compress.export import folder
from naeum.compress.export.parity import answers, in_float32
from naeum.compress.reading import reader
from naeum.model.around.blend import Blend
from naeum.model.sequence.vectors import Skipgram
from naeum.model.tags.chained import Chained
from naeum.model.tags.crf import Crf
from naeum.model.text.finetuned import BiEncoder
from naeum.model.text.pair_linear import PairLinear
from naeum.model.text.probe import PairProbe
from naeum.model.text.word_vectors import WordVectors
from naeum.testing.worlds import korean, pairs, tags
from naeum.train.recipe import Optimization

needs_torch = pytest.mark.skipif(not extras.there("torch"), reason="needs torch")


def alike(fitted, given, odd, place):
    """The card of a folder whose answers are those of the model."""
    card = folder.export(fitted, place, given.tune.rows)
    model, plain = reader.Model(place), in_float32(fitted)
    for rows in (given.tune.rows, odd, odd.slice(0, 1)):
        np.testing.assert_allclose(answers(model, fitted.task, rows).scores, plain.predict(rows).scores, atol=1e-4)
    return card


@needs_torch
def test_a_probe_of_pairs_is_one_graph(base, run, tmp_path):
    given = pairs.parts(24)
    learner = Blend((PairProbe(base, c=0.01, max_length=32), PairLinear(c=4.0, chars=(1, 2))), how="mean")
    card = alike(run.fit(learner, given), given, pairs.odd(), tmp_path / "out")
    assert [node["kind"] for node in card["model"]["members"]] == ["sides", "pairs"]
    assert card["needs"] == ["numpy", "onnxruntime", "tokenizers"]


@needs_torch
@pytest.mark.slow
def test_an_encoder_that_compares_two_texts(base, run, tmp_path):
    given = pairs.parts(24)
    brisk = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)
    fitted = run.fit(BiEncoder(base=base, optimization=brisk, max_length=32), given)
    assert alike(fitted, given, pairs.odd(), tmp_path / "out")["model"]["kind"] == "sides"


@pytest.mark.parametrize("weighting", ["tfidf", "mean"])
def test_means_of_word_vectors_need_numpy_alone(weighting, run, tmp_path):
    given = korean.parts(48)
    fitted = run.fit(WordVectors(Skipgram(width=8, epochs=1), weighting, c=1.0), given)
    assert alike(fitted, given, korean.odd(), tmp_path / "out")["needs"] == ["numpy"]


@pytest.mark.parametrize("learner", [Crf(c=1.0), Crf(c=1.0, pieces_of_words=True), Chained(Crf(c=1.0))])
def test_patterns_of_words_need_numpy_alone(learner, run, tmp_path):
    given = tags.parts(24)
    fitted = run.fit(learner, given)
    assert alike(fitted, given, tags.odd(), tmp_path / "out")["needs"] == ["numpy"]
    sentence = given.tune.rows["words"].to_pylist()[0]
    found = reader.Model(tmp_path / "out").predict([sentence, " ".join(sentence), []])
    assert found[0]["prediction"] == found[1]["prediction"] == list(fitted.predict(given.tune.rows).labels[0])
    assert found[2]["prediction"] == []
