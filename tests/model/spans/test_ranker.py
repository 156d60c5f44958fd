"""Does the ranker weigh stretches as it says?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import check_grad

from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.spans import asked as reading
from naeum.model.spans.ranker import PATH, STEPS, Sample, SpanRanker, _draw, marginals
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import spans


def test_marginals_are_sums_over_all_stretches() -> None:
    rng = np.random.default_rng(0)
    scores, lengths = rng.normal(size=(6, 2)), rng.normal(size=3).astype(np.float32)
    ways = {(a, b): scores[a, 0] + scores[b, 1] + lengths[b - a] for a in range(1, 6) for b in range(a, min(a + 3, 6))}
    ways[0, 0] = scores[0].sum()
    total = sum(np.exp(list(ways.values())))
    wanted = np.zeros((6, 2))
    for (first, last), score in ways.items():
        wanted[first, 0] += np.exp(score) / total
        wanted[last, 1] += np.exp(score) / total
    assert np.exp(marginals(scores, lengths)) == pytest.approx(wanted, rel=1e-5)


def test_long_passages_are_summed_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    from naeum.model.spans import ranker

    rng = np.random.default_rng(1)
    scores, lengths = rng.normal(size=(50, 2)), rng.normal(size=8).astype(np.float32)
    whole = marginals(scores, lengths)
    monkeypatch.setattr(ranker, "WINDOWS_AT_ONCE", 7)
    assert marginals(scores, lengths) == pytest.approx(whole, abs=1e-5)


def test_the_gradient_is_that_of_the_loss() -> None:
    sample = Sample.of(reading.to_learn(spans.make(3), "span_ranker"), 8)
    shape = (len(sample.hints), 2)
    start = np.random.default_rng(0).normal(size=shape).ravel()
    error = check_grad(
        lambda flat: sample.loss(flat.reshape(shape))[0],
        lambda flat: sample.loss(flat.reshape(shape))[1].ravel(),
        start,
    )
    assert error < 1e-4


def test_of_a_long_passage_some_units_stand_for_all() -> None:
    wanted = np.zeros((900, 2), np.float32)
    wanted[500], wanted[0] = 0.5, 0.5
    where, logs = _draw(wanted, 7)
    assert len(where) == len(set(where)) < 80 and (np.diff(where) > 0).all()
    assert {0, 494, 500, 506} <= set(where.tolist())
    assert np.exp(logs).sum() == pytest.approx(900)
    assert np.array_equal(where, _draw(wanted, 7)[0])


def test_particles_and_questions_without_an_answer_are_learned(tmp_path: Path) -> None:
    given = spans.parts(120)
    outputs = SpanRanker().fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    assert metric("span_exact").score(outputs, given.tune) > 0.9
    assert metric("no_answer_accuracy").score(outputs, given.tune) > 0.9
    korean = [row for row in outputs.labels.tolist()[1::2] if row]
    assert korean and not any(one.endswith(("에", "을", "살")) for one in korean)


def test_c_is_decided_on_tune(tmp_path: Path) -> None:
    given, run = spans.parts(24), TinyRun(tmp_path)
    fitted = SpanRanker(c=0.0).fit(given, run)
    assert fitted.c in PATH and fitted.decided(SpanRanker(c=0.0)).c == fitted.c
    steps = [step for step, _, _, _ in run.reports]
    assert steps == sorted(steps) and run.reports[-1][1] == len(PATH) * STEPS
    assert SpanRanker(c=0.0).fit(Parts(given.fit, subset(given.tune, [], "none")), run).c == 2.0


def test_it_stops_when_time_is_up(tmp_path: Path) -> None:
    run = TinyRun(tmp_path, seconds=0.0)
    SpanRanker().fit(spans.parts(24), run)
    assert len(run.reports) == 1


def test_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"c must be 0 \(decided on tune\) or more, longest at least 1; got -1.0 and 64"
    ):
        SpanRanker(c=-1.0)
    assert SpanRanker(c=0.0).nominal(1000, 100.0, TinyRun(Path()).policy) > SpanRanker().nominal(
        1000, 100.0, TinyRun(Path()).policy
    )
