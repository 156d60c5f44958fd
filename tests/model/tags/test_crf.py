"""Does a conditional random field learn tags, and keep the laws of learners?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import check_grad

from naeum.contract import Parts, Policy
from naeum.errors import InputError
from naeum.measure.metrics import metric
from naeum.model.around.blend import Blend
from naeum.model.floor import Majority
from naeum.model.tags.crf import PATH, Crf, Problem, Sample
from naeum.model.tags.sentences import to_learn
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import tags
from tests.model.tags import laws


def test_tags_are_learned(run: TinyRun) -> None:
    given = tags.parts(60)
    assert laws.f1(Crf().fit(given, run), given.tune) > 0.9


def test_neighbours_are_learned(run: TinyRun) -> None:
    """The same word begins an entity after one word and goes on with it after another."""
    rng = np.random.default_rng(0)
    words, codes = [], []
    for _ in range(60):
        two = bool(rng.integers(2))
        words.append([str(rng.choice(["나는", "너는"])), *(["김", "철수"] if two else ["철수"]), "봤다"])
        codes.append([4, *([0, 2] if two else [0]), 4])
    data = tags.dataset(words, codes)
    assert laws.f1(Crf().fit(Parts(data, data), run), data) == 1.0


def test_the_slope_is_that_of_the_loss() -> None:
    learner = Crf(min_count=3)
    sample = Sample.of(to_learn(tags.make(5), "crf"), learner, len(tags.CLASSES))
    problem = Problem(sample, 2.0)
    at = np.random.default_rng(0).normal(0, 0.5, len(problem.start()))
    error = check_grad(lambda x: problem.loss(x)[0], lambda x: problem.loss(x)[1], at)
    assert error < 1e-3 * np.linalg.norm(problem.loss(at)[1])


def test_c_is_decided_on_tune_and_written_down(run: TinyRun) -> None:
    given = tags.parts(24)
    fitted = Crf(c=0.0).fit(given, run)
    assert fitted.c in PATH and fitted.decided(Crf(c=0.0)) == Crf(c=fitted.c)
    told = [report for report in run.reports if report[3]]
    assert [step for step, *_ in told] == sorted(step for step, *_ in told)


def test_scores_are_log_probabilities(run: TinyRun) -> None:
    given = tags.parts(24)
    found = Crf().fit(given, run).predict(given.tune.rows)
    np.testing.assert_allclose(np.exp(found.scores).sum(axis=1), 1.0, atol=1e-5)


def test_time_that_ran_out_ends_the_search(tmp_path: Path) -> None:
    run = TinyRun(tmp_path, seconds=0.0)
    fitted = Crf().fit(tags.parts(24), run)
    assert len(run.reports) == 1 and np.isfinite(fitted.predict(tags.odd()).scores).all()


def test_it_blends_over_words(run: TinyRun) -> None:
    given = tags.parts(24)
    blend = Blend((Crf(), Majority()))
    fitted = blend.fit(given, run)
    assert laws.f1(fitted, given.tune) > 0.8
    assert metric("log_loss").score(fitted.predict(given.tune.rows), given.tune) < 0.5


def test_it_keeps_the_laws(run: TinyRun, tmp_path: Path) -> None:
    learner = Crf()
    fitted = learner.fit(tags.parts(24), run)
    laws.keeps_json(replace(learner, c=3.0), {"crf": Crf})
    laws.answers_every_word(fitted)
    laws.minds_no_order(fitted)
    laws.survives_the_store(fitted, tmp_path)
    laws.fits_alike_and_changes_nothing(learner, tmp_path)
    laws.decided_needs_no_tune(Crf(c=0.0), tmp_path)
    laws.ignores_what_does_not_count(learner, tmp_path)


def test_more_rows_cost_more() -> None:
    assert (
        0 < Crf().nominal(100, 10, Policy()) < Crf().nominal(1000, 10, Policy()) < Crf(c=0).nominal(1000, 10, Policy())
    )


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match="c must be 0"):
        Crf(c=-1.0)
