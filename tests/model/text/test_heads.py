"""Is the search for c the best of its path, and is the loss that of the kind of answer?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.metrics import log_loss, mean_squared_error

from naeum.model.text.aims import numbers, several
from naeum.model.text.heads import PATH, WITHOUT_TUNE, loss, search, shares, solver
from naeum.testing.data import make
from naeum.testing.worlds import labels as labels_world
from naeum.testing.worlds import numbers as numbers_world

WEIGHTS = np.linspace(0.5, 1.5, 30).astype(np.float32)


def drawn(rows: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(rows, 3)).astype(np.float32)


def test_the_losses_are_scikit_learns() -> None:
    data = replace(make(30, classes=3), weight=WEIGHTS)
    scores = drawn(30)
    told = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    assert loss(scores, data) == pytest.approx(log_loss(data.target, told, sample_weight=WEIGHTS), rel=1e-4)
    number = replace(numbers_world.parts(30).fit, weight=WEIGHTS)
    assert loss(scores[:, :1], number) == pytest.approx(
        mean_squared_error(numbers(number), scores[:, 0], sample_weight=WEIGHTS), rel=1e-5
    )
    labels = labels_world.parts(30).fit
    sure = 20 * (several(labels) - 0.5)
    assert loss(sure, labels) < 1e-3 < loss(scores, labels)


@pytest.mark.parametrize("world", [labels_world, numbers_world])
def test_the_search_finds_the_best_of_its_path(world) -> None:
    given = world.parts(90)
    rng = np.random.default_rng(0)
    noise = rng.normal(size=(90, 40)).astype(np.float32)
    truth = several(given.fit) if world is labels_world else numbers(given.fit)[:, None]
    vectors = np.concatenate([truth + rng.normal(size=truth.shape), noise], axis=1).astype(np.float32)
    vectors = (vectors - vectors.mean(0)) / vectors.std(0)
    fit = solver(vectors[:60], replace(given.fit, **_cut(given.fit, slice(0, 60))), np.ones(60, np.float32))
    tune = replace(given.fit, **_cut(given.fit, slice(60, 90)))
    c, _ = search(fit, vectors[60:], tune)
    losses = [loss(fit(one, None).logits(vectors[60:]), tune) for one in PATH]
    # The search walks from the middle and may stop before a second valley; the losses here have one.
    assert losses[PATH.index(c)] <= min(losses) * 1.02
    assert WITHOUT_TUNE in PATH


def test_a_soft_target_is_shared_and_a_hard_one_is_whole() -> None:
    data = make(4, classes=3)
    soft = np.zeros((4, 3), np.float32)
    soft[0] = (0.2, 0.3, 0.5)
    found = shares(replace(data, soft=soft))
    assert found[0].tolist() == soft[0].tolist()
    assert (found[1:].argmax(axis=1) == data.target[1:]).all() and (found[1:].sum(axis=1) == 1).all()


def _cut(data, part: slice) -> dict:
    names = ("ids", "target", "weight", "group", "origin", "parent")
    return {
        "rows": data.rows.slice(part.start, part.stop - part.start),
        "truth": data.truth.slice(part.start, part.stop - part.start),
        **{name: getattr(data, name)[part] for name in names},
    }
