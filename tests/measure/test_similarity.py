"""Are measures those of an independent implementation?"""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from naeum.errors import InputError
from naeum.measure.similarity import HOWS, is_distance, nearest, similarity

RNG = np.random.default_rng(0)
ONE, OTHER = RNG.normal(size=(30, 7)), RNG.normal(size=(300, 7))


@pytest.mark.parametrize(
    "how, name, turned",
    [("cosine", "cosine", True), ("pearson", "correlation", True), ("euclidean", "euclidean", False),
     ("manhattan", "cityblock", False)],
)  # fmt: skip
def test_as_scipy(how, name, turned):
    wanted = cdist(ONE, OTHER, name)
    assert np.allclose(similarity(ONE, OTHER, how), 1 - wanted if turned else wanted, atol=1e-5)


def test_jaccard_counts_what_is_there():
    one, other = RNG.integers(0, 2, (20, 9)), RNG.integers(0, 2, (25, 9))
    both, every = one @ other.T, (one[:, None] | other[None]).sum(axis=2)
    assert np.allclose(similarity(one, other, "jaccard"), both / every)


@pytest.mark.parametrize("how", HOWS)
def test_a_row_is_most_alike_to_itself(how):
    vectors = np.abs(ONE) * (RNG.random(ONE.shape) > 0.5)
    itself = similarity(vectors, how=how)
    best = itself.min(axis=1) if is_distance(how) else itself.max(axis=1)
    assert np.allclose(np.diag(itself), best, atol=1e-6) and np.allclose(itself, itself.T, atol=1e-6)


def test_vectors_without_anything_are_no_trouble():
    empty = np.zeros((2, 3))
    assert similarity(empty, how="cosine").tolist() == [[0, 0], [0, 0]]
    assert similarity(empty + 5, how="pearson").tolist() == [[0, 0], [0, 0]]
    assert similarity(empty, how="jaccard").tolist() == [[1, 1], [1, 1]]


def test_the_nearest_come_first():
    places, scores = nearest(OTHER[:4], OTHER, k=5, how="manhattan")
    wanted = np.argsort(cdist(OTHER[:4], OTHER, "cityblock"), axis=1)[:, :5]
    assert (places == wanted).all() and (np.diff(scores, axis=1) >= 0).all() and (scores[:, 0] == 0).all()
    assert nearest(OTHER[:1], OTHER[:3], k=9)[0].shape == (1, 3)


def test_columns_of_a_table():
    rows = [{"a": str(n), "b": str(-2 * n), "c": "글"} for n in range(20)]
    assert np.allclose(similarity(rows, how="pearson", axis="columns"), [[1, -1], [-1, 1]], atol=1e-6)


@pytest.mark.parametrize(
    "act, sentence",
    [
        (lambda: similarity(ONE, how="hamming"), "how must be one of cosine, .*; got 'hamming'; correct its name"),
        (lambda: similarity(ONE, axis="depth"), "axis must be rows or columns; got 'depth'; name one of these"),
        (lambda: nearest(ONE, OTHER, k=0), "k must be 1 or more; got 0; 10 is usual"),
    ],
)
def test_refusals(act, sentence):
    with pytest.raises(InputError, match=sentence):
        act()
