"""Does an exported tagger answer every word as the run does: in windows, in chains, in blends, in any company?"""

import json
import subprocess
import sys

import numpy as np
import pytest

from naeum.compress.export import folder
from naeum.compress.export.parity import answers, cells, in_float32
from naeum.compress.reading import reader
from naeum.model.around.blend import Pool
from naeum.model.floor import Majority
from naeum.model.tags.chained import Links
from naeum.model.tags.finetuned import Reading, TunedTagger
from naeum.model.tags.probe import WordProbe
from naeum.testing.worlds import tags
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=1.0, learning_rate=5e-3, batch_size=8, layer_decay=1.0)
LONG = ["서울", "New", "York", "@you", "#가나", "", "http://a.b", "2026", "..."] * 12  # more pieces than a window


@pytest.fixture(scope="module")
def given():
    return tags.parts(24)


@pytest.fixture(scope="module")
def tagger(base, given, run):
    return run.fit(TunedTagger(base, optimization=BRISK, reading=Reading(max_length=16)), given)


@pytest.fixture(scope="module")
def probed(base, given, run):
    return run.fit(WordProbe(base, layers=2, max_length=16, c=0.01), given)


@pytest.fixture(scope="module")
def chained(tagger, probed, given):
    """A chain over a blend of a tagger and a probe."""
    numbers = np.random.default_rng(0).normal(0, 1, 1 + len(given.fit.task.classes) * (1 + len(given.fit.task.classes)))
    numbers[0] = 1.2
    return Links(Pool(given.fit.task, (tagger, probed), (0.6, 0.4), (0, 1)), numbers)


@pytest.fixture(scope="module")
def place(chained, given, tmp_path_factory):
    place = tmp_path_factory.mktemp("exports") / "tags"
    folder.export(chained, place, given.tune.rows)
    return place


def rows_of(given, sentences):
    import pyarrow as pa

    return pa.table({given.fit.task.inputs[0]: pa.array(sentences, pa.list_(pa.string()))})


def test_a_chain_over_a_blend_answers_as_the_run_does(place, chained, given):
    model, rows = reader.Model(place, 1), given.tune.rows
    own = in_float32(chained).predict(rows)
    np.testing.assert_allclose(answers(model, chained.task, rows).scores, own.scores, atol=1e-4)
    found = model.predict(cells(rows, chained.task.inputs))
    assert [one["prediction"] for one in found] == own.labels.tolist()
    np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, rtol=1e-3, atol=1e-5)


def test_long_odd_and_empty_rows_are_answered_word_by_word(place, chained, given):
    rows = rows_of(given, [LONG, [], None, ["가"], [None, "a" * 300], ["\u1100\u1161", "🙂", "ﬁ"]])
    model = reader.Model(place, 1)
    own = in_float32(chained).predict(rows)
    np.testing.assert_allclose(answers(model, chained.task, rows).scores, own.scores, atol=1e-4)
    found = model.predict(cells(rows, chained.task.inputs))
    assert [len(one["prediction"]) for one in found] == [len(LONG), 0, 0, 1, 2, 3]
    assert model.predict([]) == [] and model.predict(["New York"]) == model.predict([["New", "York"]])


@pytest.mark.parametrize(
    ("pieces", "cased"),
    [("mean", True), *(pytest.param(*one, marks=pytest.mark.slow) for one in (("first", False), ("mean", False)))],
)
def test_every_form_of_reading_is_exported(pieces, cased, base, given, run, tmp_path):
    learner = TunedTagger(base, optimization=BRISK, reading=Reading(pieces, cased, 16))
    fitted = run.fit(learner, given)
    card = folder.export(fitted, tmp_path / "model", given.tune.rows)
    assert card["parity"]["largest"] <= card["parity"]["tolerance"] and card["model"]["kind"] == "words"
    rows = rows_of(given, [LONG])
    told = answers(reader.Model(tmp_path / "model", 1), fitted.task, rows)
    np.testing.assert_allclose(told.scores, fitted.predict(rows).scores, atol=1e-4)


def test_the_floor_of_tags_has_a_score_for_every_word(given, run, tmp_path):
    fitted = Majority().fit(given, run)
    folder.export(fitted, tmp_path / "model", given.tune.rows)
    own = fitted.predict(given.tune.rows)
    found = reader.Model(tmp_path / "model").predict(cells(given.tune.rows, fitted.task.inputs))
    assert [one["prediction"] for one in found] == own.labels.tolist()


def test_its_program_answers_lists_and_lines(place):
    done = subprocess.run(
        [sys.executable, "-I", str(place / "predict.py")],
        input="New York\n\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert [len(json.loads(line)["prediction"]) for line in done.stdout.splitlines()] == [2, 0]
