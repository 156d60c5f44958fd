"""Are numbers learned from n-grams, in their own units, and is the penalty decided and written down?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.text.linear import FittedLinear
from naeum.model.text.ridge import GRID, UNDECIDED, TfidfRidge
from naeum.testing.bench import Bench
from naeum.testing.laws import keep
from naeum.testing.learners import LEARNER_LAWS
from naeum.testing.predictors import PREDICTOR_LAWS
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import numbers


@pytest.mark.parametrize("loss", ["squared", "huber"])
def test_numbers_are_learned_in_their_own_units(tmp_path: Path, loss: str) -> None:
    given = numbers.parts(120)
    outputs = TfidfRidge(loss=loss).fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    assert outputs.link == "identity" and outputs.scores.shape == (len(given.tune), 1)
    assert metric("r2").score(outputs, given.tune) > 0.8


def test_the_penalty_is_the_best_of_a_grid_and_is_written_down(tmp_path: Path) -> None:
    given, learner = numbers.parts(60), TfidfRidge()
    fitted = learner.fit(given, TinyRun(tmp_path))
    errors = {
        c: metric("mse").score(TfidfRidge(c=c).fit(given, TinyRun(tmp_path)).predict(given.tune.rows), given.tune)
        for c in GRID
    }
    assert fitted.c == min(errors, key=errors.__getitem__)
    assert fitted.decided(learner) == TfidfRidge(c=fitted.c)
    bare = Parts(given.fit, subset(given.tune, [], "none"))
    assert learner.fit(bare, TinyRun(tmp_path)).c == UNDECIDED


def test_every_law_is_kept(tmp_path: Path) -> None:
    bench = Bench(TfidfRidge(), tmp_path, {"tfidf_ridge": TfidfRidge}, {"linear": FittedLinear}, world="numbers")
    keep([law for law in LEARNER_LAWS if law.__name__ != "another_process_same_model"], bench)
    keep(PREDICTOR_LAWS, bench)


def test_an_empty_text_gets_the_mean(tmp_path: Path) -> None:
    import pyarrow as pa

    given = numbers.parts(60)
    outputs = TfidfRidge(c=1.0).fit(given, TinyRun(tmp_path)).predict(pa.table({"text": [""]}))
    assert abs(float(outputs.scores[0, 0]) - float(np.mean(given.fit.truth.to_numpy()))) < 10


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"loss": "log"}, "loss must be one of squared, huber; got 'log'"),
        ({"c": -1.0}, r"c must be 0 \(decided on tune\) or more"),
        ({"min_df": 0}, "min_df and max_features 1 or more; got 0.0, 0 and"),
    ],
)
def test_wrong_settings_are_refused(settings, said: str) -> None:
    with pytest.raises(InputError, match=said):
        TfidfRidge(**settings)
