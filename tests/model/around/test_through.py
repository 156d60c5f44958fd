"""Does a wrapper that only changed the rows answer as what is inside it, also after a restore?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from naeum.contract import Parts, subset
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.fitted import Fitted
from naeum.model.around.through import Through
from naeum.model.text.networks import HashedNgrams
from naeum.store import Store
from naeum.testing.data import ODD_TEXTS, dataset, parts
from naeum.testing.runs import TinyRun

QUICK = HashedNgrams(buckets=2**12, width=16)


def test_it_answers_as_the_inner_predictor_and_from_cached_answers(tmp_path: Path) -> None:
    both = parts(40, korean=True)
    inner = TinyRun(tmp_path).fit(QUICK, both)
    fitted = Through(inner)
    odd = dataset(ODD_TEXTS, [-1] * len(ODD_TEXTS), both.fit.task)
    for data in (both.tune, odd):
        np.testing.assert_array_equal(fitted.predict(data.rows).scores, inner.predict(data.rows).scores)
    answers = [member.predict(both.tune.rows) for member in fitted.members]
    assert fitted.combine(answers) is answers[0]
    assert fitted.task == both.fit.task
    assert fitted.history == inner.history  # type: ignore[attr-defined]


def test_it_comes_back_from_a_store_exactly(tmp_path: Path) -> None:
    both = parts(40)
    run = TinyRun(tmp_path)
    fitted = Through(run.fit(QUICK, both))
    kinds = {cls.kind: cls for cls in (Through, type(fitted.inner))}
    Store(tmp_path / "store", kinds).save("one", fitted)
    back = Store(tmp_path / "store", kinds).load("one")
    assert isinstance(back, Through)
    np.testing.assert_array_equal(back.predict(both.tune.rows).scores, fitted.predict(both.tune.rows).scores)


def test_what_the_inner_fit_decided_is_written_into_the_learner_around_it(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(40, noise=0.2)
    learner = Calibrated(Calibrated(QUICK), temperature=1.0)  # any learner with an inner one
    fitted = Through(run.fit(learner.inner, both))
    decided = fitted.decided(learner)
    assert decided.inner.temperature > 0
    none = Parts(both.fit, subset(both.tune, [], "none"))
    np.testing.assert_allclose(decided.inner.fit(none, run).temperature, decided.inner.temperature)
    assert fitted.decided(Fitted("key")) == Fitted("key")
