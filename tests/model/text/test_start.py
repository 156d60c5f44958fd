"""Does a head start from the best linear answer, or near zero?"""

from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from naeum.contract import Policy
from naeum.model.text import start
from naeum.train.job import Examples


class Straight(torch.nn.Module):
    """A module whose pooled vectors are its inputs."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        self.head = torch.nn.Linear(4, classes)
        self.register_buffer("center", torch.zeros(4))
        self.register_buffer("spread", torch.ones(4))

    def pooled(self, vectors: torch.Tensor) -> torch.Tensor:
        return vectors

    def forward(self, vectors: torch.Tensor) -> torch.Tensor:
        return self.head((self.pooled(vectors) - self.center) / self.spread)


def examples(vectors: np.ndarray, target: np.ndarray) -> Examples:
    rows = len(vectors)
    collate = lambda which: {"vectors": torch.as_tensor(vectors[which])}  # noqa: E731
    return Examples(np.ones(rows, np.int64), collate, target, np.ones(rows, np.float32))


@pytest.fixture
def vectors() -> np.ndarray:
    rng = np.random.default_rng(0)
    return (rng.normal(size=(90, 4)) * [1, 10, 0.1, 1] + [0, 50, 0, -3]).astype(np.float32)


def test_a_probe_is_the_logistic_regression_on_scaled_vectors(vectors: np.ndarray) -> None:
    target = (vectors[:, 0] > 0).astype(np.int64) + (vectors[:, 1] > 55)
    module = Straight(3)
    given = examples(vectors, target)
    start.from_probe(module, vectors, given)
    centred = vectors - vectors.mean(axis=0)
    standard = centred / centred.std()
    theirs = LogisticRegression(C=start.PROBE_C, max_iter=1000).fit(standard, target).predict_proba(standard)
    with torch.inference_mode():
        mine = module(torch.as_tensor(vectors)).softmax(dim=1).numpy()
    np.testing.assert_allclose(mine, theirs, atol=0.02)


def test_a_class_without_rows_is_no_reason_to_fail(vectors: np.ndarray) -> None:
    module = Straight(3)
    start.from_probe(module, vectors, examples(vectors, np.zeros(90, np.int64)))
    with torch.inference_mode():
        assert module(torch.as_tensor(vectors)).argmax(dim=1).tolist() == [0] * 90


def test_a_random_head_is_small_and_of_its_seed() -> None:
    heads = []
    for seed in (0, 0, 1):
        module = Straight(3)
        start.at_random(module, seed)
        heads.append(module.head.weight.detach().clone())
    assert torch.equal(heads[0], heads[1]) and not torch.equal(heads[0], heads[2])
    assert float(heads[0].abs().max()) < 0.1


def test_features_are_what_the_head_reads(vectors: np.ndarray) -> None:
    found = start.features_of(Straight(2), examples(vectors, np.zeros(90, np.int64)), Policy(threads=1))
    np.testing.assert_array_equal(found, vectors)
