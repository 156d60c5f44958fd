"""Does an encoder learn to find answers, decide on tune, and survive storing?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import HasModule, Parts, Policy, State
from naeum.errors import BaseModelError, InputError
from naeum.measure import metric
from naeum.model.spans.finetuned import EncoderReader, SpanReader
from naeum.model.text.tuning import Full, Lora, Optimization
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import spans
from tests.model.spans.conftest import known

QUICK = Optimization(epochs=2.0, learning_rate=2e-3, layer_decay=1.0, batch_size=8)


def learner(base: str, **settings: object) -> SpanReader:
    return SpanReader(base, **{"optimization": QUICK, "max_length": 32, "dropout": 0.0} | settings)  # type: ignore[arg-type]


def test_answers_are_learned_and_where_there_are_none(tiny_base: str, run: TinyRun) -> None:
    given = Parts(known(160), known(48, seed=7))
    long = Optimization(epochs=16.0, learning_rate=6e-3, layer_decay=1.0, batch_size=8)
    fitted = learner(tiny_base, optimization=long, tuning=Full(embeddings=True), patience=99).fit(given, run)
    outputs = fitted.predict(given.tune.rows)
    assert metric("span_exact").score(outputs, given.tune) > 0.8
    assert metric("no_answer_accuracy").score(outputs, given.tune) > 0.8
    assert fitted.complete and fitted.history and isinstance(fitted, HasModule)


def test_long_passages_are_answered_alike_in_any_window(tiny_base: str, run: TinyRun) -> None:
    given = known(24)
    fitted = learner(tiny_base).fit(Parts(given, given), run)
    rows = spans.dataset([("the", "today saw superb " * 40, None), ("the", "saw", None)]).rows
    outputs = fitted.predict(rows)
    assert np.isfinite(outputs.scores).all() and len(outputs.labels) == 2
    assert outputs.take([1]).scores == pytest.approx(fitted.predict(rows.slice(1)).scores, abs=1e-4)


def test_low_rank_changes_are_merged_and_stored(tiny_base: str, run: TinyRun) -> None:
    given = Parts(known(16), known(8, seed=1))
    fitted = learner(tiny_base, tuning=Lora(4), optimization=replace(QUICK, epochs=1.0)).fit(given, run)
    back = EncoderReader.restore(spans.TASK, fitted.state())
    assert np.array_equal(back.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)
    assert not any("lora" in name for name in fitted.state().arrays)


def test_what_was_decided_needs_no_tune_rows(tiny_base: str, run: TinyRun) -> None:
    given = Parts(known(24), known(8, seed=1))
    settings = learner(tiny_base)
    fitted = settings.fit(given, run)
    decided = fitted.decided(settings)
    assert decided.patience == 0 and decided.optimization.course.stop_after == fitted.best_epochs
    assert decided.nominal(1000, 100.0, run.policy) <= settings.nominal(1000, 100.0, run.policy)
    assert settings.estimate(given, run) > 0


def test_a_base_that_is_gone_is_said(tiny_base: str, run: TinyRun, tmp_path: Path) -> None:
    folder = tmp_path / "base"
    shutil.copytree(tiny_base, folder)
    given = known(8)
    state = learner(str(folder), optimization=replace(QUICK, epochs=1.0)).fit(Parts(given, given), run).state()
    shutil.rmtree(folder)
    with pytest.raises(BaseModelError, match="must be there to use what was fitted on it"):
        EncoderReader.restore(spans.TASK, State({**state.settings, "base": str(folder)}, state.arrays))


def test_settings_that_cannot_be_are_refused(tiny_base: str, run: TinyRun) -> None:
    with pytest.raises(
        InputError, match=r"dropout must be in \[0, 1\), patience at least 0 and max_length at least 8; got"
    ):
        SpanReader(max_length=4)
    with pytest.raises(InputError, match="span_reader must have answered questions to learn from; got none in 1 rows"):
        learner(tiny_base).fit(Parts(bare := spans.dataset([("q", "a", None)]), bare), run)
    assert run.policy != Policy(), "a test's own"
