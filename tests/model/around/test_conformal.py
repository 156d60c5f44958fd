"""Does the interval hold nine in ten, by the rank that its paper names?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.around.conformal import UNDECIDED, Conformal, WithEnds, reach
from naeum.model.text.ridge import TfidfRidge
from naeum.testing.bench import Bench
from naeum.testing.laws import keep
from naeum.testing.learners import LEARNER_LAWS
from naeum.testing.predictors import PREDICTOR_LAWS
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import numbers

INNER = TfidfRidge(words=(1, 1), chars=(0, 0), c=4.0)


@pytest.mark.parametrize("n, rank", [(9, 9), (10, 10), (19, 18), (20, 19), (99, 90), (100, 91)])
def test_the_rank_is_nine_tenths_of_one_more_rounded_up(n: int, rank: int) -> None:
    distances = np.random.default_rng(0).permutation(np.arange(1.0, n + 1))
    assert reach(distances, np.ones(n)) == rank


def test_a_row_of_weight_two_is_the_row_twice() -> None:
    rng = np.random.default_rng(1)
    distances, weights = rng.random(60), rng.integers(0, 3, 60).astype(np.float64)
    twice = np.repeat(distances, weights.astype(int))
    assert abs(reach(distances, weights) - reach(twice, np.ones(len(twice)))) < 0.05
    assert reach(distances[:0], weights[:0]) == UNDECIDED


def test_nine_in_ten_new_rows_lie_inside(tmp_path: Path) -> None:
    given = numbers.parts(150)
    fitted = Conformal(INNER).fit(given, TinyRun(tmp_path))
    new = numbers.parts(400, seed=77).fit
    assert 0.82 <= metric("within").score(fitted.predict(new.rows), new) <= 0.99


def test_the_ends_lie_around_the_inner_answer(tmp_path: Path) -> None:
    given = numbers.parts(30)
    fitted = Conformal(INNER, reach=2.5).fit(given, TinyRun(tmp_path))
    outputs = fitted.predict(given.tune.rows)
    np.testing.assert_array_equal(outputs.scores, fitted.inner.predict(given.tune.rows).scores)
    np.testing.assert_allclose(outputs.quantiles - outputs.scores, [[-2.5, 2.5]] * len(given.tune), rtol=1e-4)


def test_without_rows_to_look_at_there_is_no_interval(tmp_path: Path) -> None:
    given = numbers.parts(30)
    bare = Parts(given.fit, subset(given.tune, [], "none"))
    assert Conformal(INNER).fit(bare, TinyRun(tmp_path)).predict(given.tune.rows).quantiles is None


def test_every_law_is_kept(tmp_path: Path) -> None:
    kinds = {"conformal": Conformal, "tfidf_ridge": TfidfRidge}
    bench = Bench(Conformal(INNER), tmp_path, kinds, {"conformal": WithEnds}, world="numbers")
    keep([law for law in LEARNER_LAWS if law.__name__ != "another_process_same_model"], bench)
    keep(PREDICTOR_LAWS, bench)


def test_a_negative_reach_is_refused() -> None:
    with pytest.raises(InputError, match=r"reach must be 0 or more; got -2\.0"):
        Conformal(INNER, -2.0)
