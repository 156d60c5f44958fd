"""Does the program in an exported folder answer as the model does, with nothing of naeum at hand?"""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from naeum.compress.export import folder
from naeum.compress.export.parity import answers, cells, in_float32
from naeum.compress.reading import reader
from naeum.model.around.conformal import WithEnds
from naeum.model.around.thresholded import Cut
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.ridge import TfidfRidge
from naeum.testing.data import ODD_TEXTS
from naeum.testing.worlds import english, labels, numbers, ordered, pairs


def opened(predictor, rows, place):
    folder.export(predictor, place, rows)
    return reader.Model(place, 1)


def test_it_answers_in_a_process_that_has_only_three_packages(exported, mixed, parts, alone):
    place, _ = exported
    told = parts.tune.rows["text"].to_pylist()[:3]
    found = alone(place, *told)
    own = mixed.predict(parts.tune.rows.slice(0, 3))
    assert [one["prediction"] for one in found] == own.labels.tolist()
    np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, atol=1e-2)


def test_lines_of_standard_input_are_answered_one_each(exported):
    place, _ = exported
    done = subprocess.run(
        [sys.executable, str(place / "predict.py")], input="좋은 영화\n\n", capture_output=True, text=True, check=True
    )
    assert [set(json.loads(line)) for line in done.stdout.splitlines()] == [{"prediction", "confidence"}] * 2


def test_scores_are_those_of_the_model_in_any_order_and_company(exported, mixed, parts):
    model, rows = reader.Model(exported[0], 1), parts.tune.rows
    given, own = cells(rows, ("text",)), in_float32(mixed).predict(rows).scores
    np.testing.assert_allclose(model.scores(given), own, atol=1e-4)
    np.testing.assert_allclose(model.scores(given[::-1])[::-1], own, atol=1e-4)
    np.testing.assert_allclose(model.scores([given[2]]), own[2:3], atol=1e-4)


def test_odd_texts_and_no_texts_are_answered(exported):
    model = reader.Model(exported[0], 1)
    found = model.predict([*ODD_TEXTS, chr(0xD800), None])
    assert len(found) == len(ODD_TEXTS) + 2
    assert all(np.isfinite(one["confidence"]) for one in found)
    assert model.predict([]) == []


@pytest.mark.parametrize(
    "learner",
    [
        TfidfLogistic(),
        TfidfLogistic(words=(0, 0), chars=(2, 4), sublinear=False),
        TfidfLogistic(words=(2, 3), chars=(0, 0), min_df=1, lowercase=False),
        Majority(),
    ],
)
@pytest.mark.parametrize("world", [english, labels])
def test_ngrams_of_every_form_are_counted_alike(learner, world, run, tmp_path):
    given = world.parts(48)
    fitted = learner.fit(given, run)
    model = opened(fitted, given.tune.rows, tmp_path / "model")
    odd = world.odd()
    np.testing.assert_allclose(answers(model, fitted.task, odd).scores, fitted.predict(odd).scores, atol=1e-5)


def test_a_number_comes_with_its_interval(run, tmp_path):
    given = numbers.parts(48)
    fitted = WithEnds(TfidfRidge(c=1.0).fit(given, run), 2.5)
    model = opened(fitted, given.tune.rows, tmp_path / "model")
    own = fitted.predict(given.tune.rows)
    found = model.predict(cells(given.tune.rows, given.tune.task.inputs))
    np.testing.assert_allclose([one["prediction"] for one in found], own.scores[:, 0], rtol=1e-4)
    np.testing.assert_allclose([[one["low"], one["high"]] for one in found], own.quantiles, rtol=1e-4)
    np.testing.assert_allclose(answers(model, fitted.task, given.tune.rows).quantiles, own.quantiles, rtol=1e-4)


def test_labels_are_answered_above_their_own_thresholds(run, tmp_path):
    given = labels.parts(48)
    inner = TfidfLogistic().fit(given, run)
    fitted = Cut(inner, tuple(np.linspace(0.2, 0.9, len(given.fit.task.classes))))
    model = opened(fitted, given.tune.rows, tmp_path / "model")
    found = model.predict(cells(given.tune.rows, given.tune.task.inputs))
    own = fitted.predict(given.tune.rows)
    assert [tuple(one["prediction"]) for one in found] == own.labels.tolist()
    np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, atol=1e-5)


@pytest.mark.parametrize("chosen", ["mae", "quadratic_kappa", "accuracy"])
@pytest.mark.parametrize("cut", [(), (0.3, 1.2)])
def test_classes_in_an_order_are_decided_as_a_run_decides(chosen, cut, run, tmp_path):
    given = ordered.parts(48)
    inner = TfidfLogistic(c=0.1).fit(given, run)
    inner = replace(inner, task=replace(inner.task, metric=chosen))
    fitted = Cut(inner, cut) if cut else inner
    model = opened(fitted, given.tune.rows, tmp_path / "model")
    found, own = model.predict(cells(given.tune.rows, given.tune.task.inputs)), fitted.predict(given.tune.rows)
    assert [one["prediction"] for one in found] == own.labels.tolist()
    np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, atol=1e-5)


def test_several_columns_are_read_as_one_text(run, tmp_path):
    given = pairs.parts(48)
    fitted = TfidfLogistic().fit(given, run)
    model = opened(fitted, given.tune.rows, tmp_path / "model")
    np.testing.assert_allclose(
        model.scores(cells(given.tune.rows, given.tune.task.inputs)), fitted.predict(given.tune.rows).scores, atol=1e-5
    )


def test_a_part_that_it_does_not_know_is_refused(exported, tmp_path):
    card = json.loads((exported[0] / folder.CARD).read_text())
    (tmp_path / folder.CARD).write_text(json.dumps({**card, "model": {"kind": "oracle", "members": []}}))
    with pytest.raises(ValueError, match=r"got 'oracle'; take the predict\.py of its own folder"):
        reader.Model(tmp_path)
