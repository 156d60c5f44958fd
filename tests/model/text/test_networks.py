"""Do the small networks learn Korean and English from nothing, the same each time, and survive storing?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum import values
from naeum.contract import HasFeatures, HasModule, Parts, State, subset
from naeum.errors import InputError
from naeum.measure.judged import row_errors
from naeum.model.floor import Majority
from naeum.model.text.networks import NETWORKS, VALUES, CharConvolution, HashedNgrams
from naeum.model.text.small import SETTINGS, SmallNetwork
from naeum.testing import data
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import labels, numbers
from naeum.train import cost

SMALL = (
    HashedNgrams(
        replace(HashedNgrams().optimization, epochs=12.0, learning_rate=0.02, batch_size=16), width=8, buckets=4096
    ),
    CharConvolution(
        replace(CharConvolution().optimization, epochs=12.0, learning_rate=0.01, batch_size=16),
        width=16, filters=16, windows=(1, 2, 3),
    ),
)  # fmt: skip
by_kind = pytest.mark.parametrize("learner", SMALL, ids=lambda learner: learner.kind)


@pytest.fixture
def run(tmp_path) -> TinyRun:
    return TinyRun(tmp_path)


def accuracy(predictor, rows) -> float:
    return float((predictor.predict(rows.rows).codes == rows.target).mean())


@by_kind
@pytest.mark.parametrize("korean", [True, False])
def test_a_small_task_is_learned(learner, korean: bool, run: TinyRun) -> None:
    parts = data.parts(150, classes=3, korean=korean)
    predictor = learner.fit(parts, run)
    assert accuracy(predictor, data.make(90, classes=3, korean=korean, seed=77)) > 0.9
    assert predictor.complete
    assert [line for line in predictor.history if "tune_score" in line]


@by_kind
def test_the_same_seed_gives_the_same_model(learner, run: TinyRun, tmp_path) -> None:
    parts = data.parts(40, korean=True)
    rows = parts.tune.rows
    one, same = (learner.fit(parts, TinyRun(tmp_path / name)).predict(rows).scores for name in "ab")
    other = learner.fit(parts, TinyRun(tmp_path / "c", seed=1)).predict(rows).scores
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


@by_kind
def test_what_is_stored_answers_alike(learner, run: TinyRun) -> None:
    parts = data.parts(40, korean=True)
    predictor = learner.fit(parts, run)
    state = predictor.state()
    again = SmallNetwork.restore(predictor.task, State(state.settings, {k: v.copy() for k, v in state.arrays.items()}))
    assert np.array_equal(predictor.predict(parts.tune.rows).scores, again.predict(parts.tune.rows).scores)
    assert again.history == predictor.history
    assert isinstance(predictor, HasModule) and isinstance(predictor, HasFeatures)
    assert len(predictor.features(parts.tune.rows)) == len(parts.tune)


@by_kind
def test_order_and_company_do_not_matter_and_any_string_is_answered(learner, run: TinyRun) -> None:
    predictor = learner.fit(data.parts(40, korean=True), run)
    texts = [*data.ODD_TEXTS, "영화 정말 최고", "👍" * 400]
    rows = pa.table({"text": texts})
    whole = predictor.predict(rows).scores
    turned = predictor.predict(rows.take(list(range(len(texts)))[::-1])).scores[::-1]
    alone = np.concatenate([predictor.predict(rows.slice(at, 1)).scores for at in range(len(texts))])
    assert np.isfinite(whole).all()
    np.testing.assert_allclose(whole, turned, atol=1e-4)
    np.testing.assert_allclose(whole, alone, atol=1e-4)
    assert predictor.predict(rows.slice(0, 0)).scores.shape == (0, 2)


@by_kind
def test_what_tune_decided_is_written_down(learner, run: TinyRun, tmp_path) -> None:
    parts = data.parts(60, korean=True, noise=0.2)
    predictor = learner.fit(parts, run)
    decided = predictor.decided(learner)
    assert decided.patience == 0
    assert decided.optimization.course.stop_after == predictor.best_epochs > 0
    without_tune = Parts(parts.fit, subset(parts.tune, [], "none"))
    again = decided.fit(without_tune, TinyRun(tmp_path / "again"))
    assert again.decided(decided) == decided
    rows = parts.tune.rows
    assert np.array_equal(predictor.predict(rows).scores, again.predict(rows).scores)


@by_kind
def test_soft_targets_and_unlabelled_rows_are_read(learner, run: TinyRun) -> None:
    parts = data.parts(60)
    soft = np.eye(2, dtype=np.float32)[parts.fit.target] * 0.8 + 0.1
    fit = replace(parts.fit, target=np.full(60, -1), soft=soft)
    assert accuracy(learner.fit(Parts(fit, parts.tune), run), parts.tune) > 0.8


@by_kind
def test_the_time_is_foreseen(learner, run: TinyRun) -> None:
    assert 0 < cost.estimate(learner, data.parts(60), run) < 120
    policy = run.policy
    assert learner.nominal(2000, 10.0, policy) == pytest.approx(2 * learner.nominal(1000, 10.0, policy))


@pytest.mark.parametrize("learner", [*SMALL, *(kind() for kind in NETWORKS)])
def test_learners_come_back_from_json(learner) -> None:
    kinds = {one.kind: one for one in (*NETWORKS, *SETTINGS, *VALUES)}
    assert values.from_json(values.to_json(learner), kinds) == learner
    assert any(path.startswith("optimization.") for path in values.space(learner))


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda: HashedNgrams(buckets=0), "buckets must be at least 1, .* got "),
        (lambda: HashedNgrams(characters=(3, 2)), r"least and the greatest length of an n-gram; got \(3, 2\)"),
        (lambda: CharConvolution(windows=()), r"windows must be one or more lengths in characters; got \(\)"),
        (lambda: CharConvolution(dropout=1.0), r"dropout in \[0, 1\); got .* 1.0"),
    ],
)
def test_wrong_settings_are_refused(make, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make()


@pytest.mark.parametrize("world", [numbers, labels])
@pytest.mark.parametrize("learner", [HashedNgrams(width=16, buckets=2**12), CharConvolution(width=16, filters=16)])
def test_numbers_and_labels_are_learned(learner, world, tmp_path) -> None:
    given = world.parts(90)
    made = replace(learner, optimization=replace(learner.optimization, epochs=12.0, learning_rate=1e-2, batch_size=16))
    fitted = made.fit(given, TinyRun(tmp_path))
    outputs = fitted.predict(given.tune.rows)
    floor = Majority().fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    assert row_errors(outputs, given.tune).mean() < 0.6 * row_errors(floor, given.tune).mean()
    back = SmallNetwork.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, outputs.scores)
