"""Do transitions learned on held-out rows make tags better, and nothing worse where there is nothing to learn?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.optimize import check_grad

from naeum.contract import Outputs, Parts, subset
from naeum.errors import InputError
from naeum.measure.metrics import metric
from naeum.model.floor import Majority
from naeum.model.tags import chained
from naeum.model.tags.chained import Chained, Links, found, parted
from naeum.model.tags.crf import Crf
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import tags
from tests.model.tags import laws


@dataclass(frozen=True)
class Unsure:
    """Knows where entities are and of which kind, but not whether a word begins one."""

    data: Any
    task = tags.TASK

    def predict(self, rows) -> Outputs:
        codes = np.concatenate(self.data.truth.to_pylist())
        scores = np.full((len(codes), 5), -4.0, np.float32)
        scores[np.arange(len(codes)), codes] = 0.0
        for kind in (0, 1):
            inside = np.isin(codes, (kind, kind + 2))
            scores[np.ix_(inside, [kind, kind + 2])] = 0.0
        offsets = np.concatenate([[0], np.cumsum([len(row) for row in self.data.truth.to_pylist()])])
        return Outputs(tags.TASK, scores, offsets=offsets)


def test_transitions_tell_what_words_do_not() -> None:
    """An entity of the tiny world never has three words, nor does another follow at once."""
    data = tags.make(120, seed=3)
    plain = Unsure(data).predict(None)
    better = Links(Unsure(data), found(plain, data)).predict(data.rows)
    loss = metric("log_loss")
    assert loss.score(better, data) < 0.5 * loss.score(plain, data)
    assert metric("entity_f1").score(better, data) > 0.99


def test_the_slope_is_that_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    class Optimize:
        @staticmethod
        def minimize(loss, start, **_: Any):
            at = start + np.random.default_rng(0).normal(0, 0.3, len(start))
            seen.append(check_grad(lambda x: loss(x)[0], lambda x: loss(x)[1], at) / np.linalg.norm(loss(at)[1]))
            return type("Found", (), {"x": start})

    monkeypatch.setattr(chained, "need", lambda *_: Optimize)
    data = tags.make(9)
    found(Unsure(data).predict(None), data)
    assert seen[0] < 1e-5


def test_without_held_out_tags_the_inner_learner_speaks(run: TinyRun) -> None:
    given = tags.parts(24)
    bare = Parts(given.fit, subset(given.tune, [], "none"))
    fitted = Chained(Crf()).fit(bare, run)
    assert parted(fitted.numbers)[0] == 1.0 and not fitted.numbers[1:].any()
    inner = Crf().fit(bare, run).predict(given.tune.rows)
    np.testing.assert_allclose(fitted.predict(given.tune.rows).probabilities, inner.probabilities, atol=1e-5)
    unlabelled = tags.dataset(given.tune.rows["words"].to_pylist(), [None] * len(given.tune))
    assert not found(inner, unlabelled)[1:].any()


def test_it_keeps_the_laws(run: TinyRun, tmp_path: Path) -> None:
    learner = Chained(Crf())
    fitted = learner.fit(tags.parts(24), run)
    laws.keeps_json(learner, {"chained": Chained, "crf": Crf})
    laws.answers_every_word(fitted)
    laws.minds_no_order(fitted)
    laws.fits_alike_and_changes_nothing(learner, tmp_path)
    laws.decided_needs_no_tune(learner, tmp_path)
    laws.ignores_what_does_not_count(learner, tmp_path)
    again = Links.restore(fitted.task, fitted.state())
    assert np.array_equal(again.predict(tags.odd()).scores, fitted.predict(tags.odd()).scores)


def test_other_numbers_than_the_tags_ask_are_refused(run: TinyRun) -> None:
    with pytest.raises(InputError, match="must be 31 for 5 tags; got 2"):
        Chained(Majority(), (1.0, 2.0)).fit(tags.parts(6), run)
