"""Is the nearest mean found, is the spread shrunk where rows are few, and is it decided without tune?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.neighbors import NearestCentroid

from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.model.text.prototypes import Prototypes, nearest
from naeum.testing.data import make, parts
from naeum.testing.runs import TinyRun


def clouds(rows: int, seed: int = 0, width: int = 12) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    target = np.arange(rows) % 3
    means = np.random.default_rng(9).normal(size=(3, width))
    return (means[target] + rng.normal(size=(rows, width)) * np.linspace(0.3, 3, width)).astype(np.float32), target


def ones(rows: int) -> np.ndarray:
    return np.ones(rows, np.float32)


def test_with_a_round_spread_it_is_the_nearest_centroid() -> None:
    vectors, target = clouds(60)
    asked, _ = clouds(200, 1)
    found = nearest(vectors, target, ones(60), 3, shrinkage=1.0)
    theirs = NearestCentroid().fit(vectors, target).predict(asked)
    assert (found.logits(asked).argmax(axis=1) == theirs).all()


def test_with_many_rows_it_is_linear_discriminant_analysis() -> None:
    vectors, target = clouds(900)
    asked, _ = clouds(400, 1)
    found = nearest(vectors, target, ones(900), 3, shrinkage=0.0)
    theirs = LinearDiscriminantAnalysis(solver="lsqr", priors=[1 / 3] * 3).fit(vectors, target).predict(asked)
    assert (found.logits(asked).argmax(axis=1) == theirs).mean() > 0.99


@pytest.mark.parametrize("rows", [30, 300])
def test_the_spread_that_is_decided_is_about_the_best(rows: int) -> None:
    vectors, target = clouds(rows, 3, width=30)
    asked, truth = clouds(2000, 4, width=30)

    def right(**settings: float) -> float:
        found = nearest(vectors, target, ones(rows), 3, **settings)
        return float((found.logits(asked).argmax(axis=1) == truth).mean())

    assert right() >= max(right(shrinkage=one) for one in (0.03, 0.2, 1.0)) - 0.05


def test_probabilities_are_about_as_sure_as_they_are_right() -> None:
    vectors, target = clouds(90, 5)
    asked, truth = clouds(2000, 6)
    logits = nearest(vectors, target, ones(90), 3).logits(asked)
    told = np.exp(logits - logits.max(axis=1, keepdims=True))
    told /= told.sum(axis=1, keepdims=True)
    assert abs(told.max(axis=1).mean() - (logits.argmax(axis=1) == truth).mean()) < 0.1


def test_one_row_a_class_is_enough(tmp_path: Path, tiny_base: str) -> None:
    vectors, target = clouds(3)
    logits = nearest(vectors, target, ones(3), 3).logits(vectors)
    assert logits.argmax(axis=1).tolist() == [0, 1, 2] and np.isfinite(logits).all()


def test_a_class_without_rows_is_never_answered() -> None:
    vectors, target = clouds(30)
    kept = target != 1
    assert not (nearest(vectors[kept], target[kept], ones(20), 3).logits(vectors).argmax(axis=1) == 1).any()


def test_a_row_of_weight_zero_is_as_if_absent() -> None:
    vectors, target = clouds(60)
    light = (np.arange(60) % 4 > 0).astype(np.float32)
    one = nearest(vectors, target, light, 3).logits(vectors)
    kept = light > 0
    other = nearest(vectors[kept], target[kept], ones(45), 3).logits(vectors)
    np.testing.assert_allclose(one, other, rtol=1e-3, atol=1e-3)


def test_it_learns_needs_no_tune_and_comes_back(tiny_base: str, tmp_path: Path) -> None:
    given, learner = parts(60, classes=3, korean=True), Prototypes(tiny_base, max_length=32)
    bare = Parts(given.fit, subset(given.tune, [], "none"))
    fitted, run = learner.fit(given, TinyRun(tmp_path)), TinyRun(tmp_path)
    outputs = fitted.predict(given.tune.rows)
    assert (outputs.codes == given.tune.target).mean() > 0.8
    np.testing.assert_array_equal(learner.fit(bare, run).predict(given.tune.rows).scores, outputs.scores)
    assert fitted.decided(learner) == learner
    back = type(fitted).restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, outputs.scores)


def test_what_it_cannot_do_is_refused(tiny_base: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"shrinkage must be in \[0, 1\], or -1 to have it decided; got 2"):
        Prototypes(tiny_base, shrinkage=2)
    bare = replace(make(6), target=np.full(6, -1))
    with pytest.raises(InputError, match="prototypes must have labelled rows to learn from; got none of 6 rows"):
        Prototypes(tiny_base).fit(Parts(bare, bare), TinyRun(tmp_path))
