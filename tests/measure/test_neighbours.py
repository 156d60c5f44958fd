"""How many of the truly nearest rows does the index find, and are those it finds judged rightly?"""

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.measure.neighbours import index, recall, squared
from naeum.measure.similarity import HOWS, nearest

RNG = np.random.default_rng(0)
CENTRES = RNG.normal(size=(40, 24))
VECTORS = (CENTRES[RNG.integers(0, 40, 4000)] + 0.5 * RNG.normal(size=(4000, 24))).astype(np.float32)
QUESTIONS = VECTORS[:40] + 0.1 * RNG.normal(size=(40, 24)).astype(np.float32)


@pytest.mark.parametrize("how", ["cosine", "pearson", "euclidean", "manhattan"])
def test_nearly_all_are_found_in_a_tenth_of_the_cells(how):
    exact, scores = nearest(QUESTIONS, VECTORS, k=10, how=how)
    found, approximate = index(VECTORS, how).nearest(QUESTIONS, k=10)
    assert recall(found, exact) >= 0.9
    for row, places in enumerate(found):
        common, here, there = np.intersect1d(places, exact[row], return_indices=True)
        assert np.allclose(approximate[row, here], scores[row, there], atol=1e-5) and len(common)


def test_recall_falls_where_rows_have_no_structure_and_probes_raise_it():
    noise = RNG.normal(size=(3000, 32)).astype(np.float32)
    made, exact = index(noise), nearest(noise[:30] + 0.01, noise, k=10)[0]
    shares = [recall(made.nearest(noise[:30] + 0.01, k=10, probes=probes)[0], exact) for probes in (1, 10, 55)]
    assert shares[0] < shares[1] < shares[2] == 1.0


@pytest.mark.parametrize("how", HOWS)
def test_all_cells_give_the_exact_answer(how):
    some = (np.abs(VECTORS[:300]) * (RNG.random((300, 24)) > 0.4)).astype(np.float32)
    made = index(some, how)
    places, scores = made.nearest(some[:20], k=5, probes=len(made.centres))
    exact, wanted = nearest(some[:20], some, k=5, how=how)
    assert np.allclose(scores, wanted, atol=1e-5) and (places == exact).mean() > 0.95


def test_one_seed_one_index():
    assert (index(VECTORS, seed=3).centres == index(VECTORS, seed=3).centres).all()


def test_fewer_rows_than_asked_for_leave_holes():
    places, scores = index(VECTORS[:3]).nearest(VECTORS[:1], k=5)
    assert places[0, 3:].tolist() == [-1, -1] and np.isnan(scores[0, 3:]).all()
    assert (index(np.ones((10, 2))).nearest(np.ones((1, 2)), k=2)[0] >= 0).all()  # one cell has them all


def test_squared_distances():
    wanted = ((VECTORS[:5, None] - VECTORS[None, 5:9]) ** 2).sum(axis=2)
    assert np.allclose(squared(VECTORS[:5], VECTORS[5:9]), wanted, rtol=1e-3)


@pytest.mark.parametrize(
    "act, sentence",
    [
        (lambda: index(VECTORS).nearest(np.ones((1, 3))), r"questions must be vectors 24 wide; got the shape \(1, 3\)"),
        (lambda: index(np.empty((0, 3))), r"vectors must be a table of finite numbers; got the shape \(0, 3\)"),
        (lambda: index(VECTORS, "hamming"), r"how must be one of cosine, .*; got 'hamming'"),
    ],
)
def test_refusals(act, sentence):
    with pytest.raises(InputError, match=sentence):
        act()
