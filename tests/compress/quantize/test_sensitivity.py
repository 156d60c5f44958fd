"""Is what eight bits cost a layer measured at real tokens, and is an outlier seen?"""

import numpy as np
import pytest

from naeum.compress.quantize import sensitivity


@pytest.fixture(scope="module")
def given(opened):
    return opened.file.parent, opened.model, opened.layers, opened.batches


def test_activations_are_those_of_real_tokens(given):
    place, _, found, batches = given
    seen = sensitivity.activations(place / "part0.onnx", found, batches)
    tokens = sum(int(batch["attention_mask"].sum()) for batch in batches)
    assert set(seen) == {layer.input for layer in found if not layer.table}
    assert all(values.shape[0] == tokens and np.isfinite(values).all() for values in seen.values())


def test_few_vectors_are_kept_of_many(given, monkeypatch):
    place, _, found, batches = given
    monkeypatch.setattr(sensitivity, "MOST_VECTORS", 10)
    seen = sensitivity.activations(place / "part0.onnx", found, batches)
    assert all(0 < len(values) <= 10 for values in seen.values())


def test_a_graph_whose_words_alone_change_needs_none(given):
    place, _, found, batches = given
    assert sensitivity.activations(place / "part0.onnx", found[:1], batches) == {}


def test_every_layer_is_judged_the_dearest_first(given):
    place, model, found, batches = given
    seen = sensitivity.activations(place / "part0.onnx", found, batches)
    costs = sensitivity.costs(model, found, seen, "minmax")
    assert {one.layer for one in costs} == {layer.name for layer in found}
    assert [one.decibels for one in costs] == sorted(one.decibels for one in costs)
    assert all(15 < one.decibels < 70 for one in costs)


def test_a_layer_with_an_outlier_is_the_dearest_and_says_so(given):
    place, model, found, batches = given
    seen = dict(sensitivity.activations(place / "part0.onnx", found, batches))
    layer = found[-1]
    seen[layer.input] = seen[layer.input].copy()
    seen[layer.input][0, 0] = 5_000.0
    worst = sensitivity.costs(model, found, seen, "minmax")[0]
    assert worst.layer == layer.name and worst.outlier > sensitivity.OUTLYING
    assert "times the usual greatest" in worst.said and layer.name in worst.said


def test_nothing_lost_is_many_decibels():
    assert sensitivity.decibels(np.ones((2, 4)), np.ones((2, 4))) > 100
