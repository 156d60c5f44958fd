"""Do vectors beside a graph come to eight bits, measured like all others, and back where they cost too much?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum import extras
from naeum.compress.export import folder, parity
from naeum.compress.export.exported import opened
from naeum.compress.quantize.quantizing import Settings, quantize
from naeum.compress.quantize.stored import Vectors, rounded
from naeum.compress.reading import reader
from naeum.model.sequence.vectors import Skipgram
from naeum.model.text.word_vectors import WordVectors
from naeum.testing.worlds import korean

pytestmark = pytest.mark.skipif(not extras.there("onnx"), reason="needs onnx")
LAYER = "part0.npz:vectors"


@pytest.fixture
def own(run, tmp_path):
    """A folder of word vectors, its card, its rows and what was exported."""
    given = korean.parts(48)
    fitted = run.fit(WordVectors(Skipgram(width=16, epochs=1), c=1.0), given)
    place = tmp_path / "own"
    return place, folder.export(fitted, place, given.tune.rows), given, fitted


def test_vectors_in_eight_bits_are_smaller_and_answer_alike(own):
    place, card, given, fitted = own
    before = (place / "part0.npz").stat().st_size
    found = quantize(place, card, given.fit, given.tune, Settings("minmax", 0.5, None))
    folder.describe(place, found)
    told = found["eight_bits"]
    assert (
        told["kept"] == ()
        and [one["layer"] for one in told["layers"]] == [LAYER]
        and told["layers"][0]["decibels"] > 25
    )
    assert found["model"]["file"] == "part0.int8.npz" and not (place / "part0.npz").exists()
    assert (place / "part0.int8.npz").stat().st_size < 0.6 * before
    scores = parity.answers(reader.Model(place), fitted.task, given.tune.rows).scores
    np.testing.assert_allclose(scores, fitted.predict(given.tune.rows).scores, atol=0.3)
    assert opened(place).predict(given.tune.rows).scores.shape == scores.shape


def test_vectors_that_are_to_stay_do(own):
    place, card, given, _ = own
    found = quantize(place, card, given.fit, given.tune, Settings("minmax", 0.5, (LAYER,)))
    assert found["model"]["file"] == "part0.npz" and [one.name for one in place.glob("*.npz")] == ["part0.npz"]


def test_a_row_has_a_step_of_its_own(own):
    table = np.random.default_rng(0).normal(size=(5, 8)).astype(np.float32) * np.float32(
        [[1], [10], [0.1], [0], [1e-6]]
    )
    whole, step = rounded(table)
    assert np.abs(whole).max(axis=1).tolist() == [127, 127, 127, 0, 127]
    np.testing.assert_allclose(whole * step[:, None], table, atol=step.max())
    (one,) = Vectors.of(own[0], own[1])
    assert (one.file, one.name, one.cost.layer) == ("part0.npz", "vectors", LAYER)
