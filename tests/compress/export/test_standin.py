"""Does a quick model lie in the folder and answer for the main one, in Python and beside a page?"""

import json
import shutil
import time

import numpy as np
import pytest

from naeum.compress.export import folder, standin
from naeum.compress.reading import reader
from naeum.errors import InputError
from naeum.model.around.blend import Blend
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.worlds import english, tags

PATIENT, SHORT = 60_000.0, 50.0  # milliseconds a row


@pytest.fixture(scope="module")
def ngrams(parts, run):
    return run.fit(Blend((TfidfLogistic(), Majority()), weights=(0.9, 0.1)), parts)


@pytest.fixture
def guarded(plain, ngrams, parts, tmp_path):
    """A copy of the export of an encoder, with a fallback; gives what makes it with a limit."""

    def made(limit):
        place = shutil.copytree(plain[0], tmp_path / f"model{limit:g}")
        card = standin.add(place, plain[1], ngrams, parts.tune.rows, limit)
        folder.describe(place, card)
        return place

    return made


def test_the_main_model_answers_in_time_and_its_files_are_counted(guarded, plain, parts):
    place, texts = guarded(PATIENT), parts.tune.rows["text"].to_pylist()
    model, own = reader.Model(place, 1), reader.Model(plain[0], 1)
    assert model.predict(texts) == [{**one, "by": "main"} for one in own.predict(texts)]
    np.testing.assert_array_equal(model.scores(texts), own.scores(texts))
    assert "fallback-part0.npz" in folder.files(model.card)


def test_a_graph_that_fails_or_cannot_be_opened_is_stood_in_for(guarded, ngrams, parts):
    place, texts = guarded(PATIENT), parts.tune.rows["text"].to_pylist()
    own = ngrams.predict(parts.tune.rows).labels.tolist()

    class Failing:
        def get_inputs(self):
            return []

        def run(self, *_):
            raise RuntimeError("a node failed")

    failing = reader.Model(place, 1, lambda file: Failing())
    (place / "part0.onnx").write_bytes(b"no graph")
    broken = reader.Model(place, 1)
    for model, why in ((failing, "failed: a node failed"), (broken, "failed: it cannot be opened")):
        found = model.predict(texts)
        assert [one["prediction"] for one in found] == own
        assert all(one["by"] == "fallback" and why in one["why"] for one in found)
    with pytest.raises(RuntimeError, match="it cannot be opened"):
        broken.scores(texts)


def test_a_graph_that_is_slow_is_stood_in_for(guarded, ngrams, parts):
    place = guarded(SHORT)

    class Slow:
        def get_inputs(self):
            return []

        def run(self, *_):
            time.sleep(20 * SHORT / 1000)
            return [np.zeros((1, 3), np.float32)]

    found = reader.Model(place, 1, lambda file: Slow()).predict(["좋은 영화"])
    assert found[0]["by"] == "fallback" and "longer than 50 ms a row" in found[0]["why"]


def test_what_cannot_stand_in_is_refused(plain, tuned, ngrams, parts, run, tmp_path):
    place, card = plain
    with pytest.raises(InputError, match="must have milliseconds above 0 to wait; got 0; 250 is usual"):
        standin.add(place, card, ngrams, parts.tune.rows, 0.0)
    with pytest.raises(InputError, match="this one is of n-grams, which answer at once; leave --fallback out"):
        standin.check({"model": {"kind": "ngrams"}}, 1.0)
    with pytest.raises(InputError, match="this one has an encoder; take another rung"):
        standin.add(place, card, tuned, parts.tune.rows, 1.0)
    foreign = Majority().fit(english.parts(12), run)
    with pytest.raises(InputError, match="this one gives others; take a rung of its run"):
        standin.add(place, {**card, "task": {**card["task"], "classes": ["?"]}}, foreign, parts.tune.rows, 1.0)
    assert json.loads((place / folder.CARD).read_text(encoding="utf-8")) == card


def test_the_best_rung_of_ngrams_is_taken(tuned, ngrams, run):
    words = Crf().fit(tags.parts(12), run)
    assert standin.best([(3, tuned), (2, words), (1, ngrams)])[0] == 1
    with pytest.raises(InputError, match="this run has none that can be exported; leave --fallback out"):
        standin.best([(3, tuned), (2, words)])
