"""Do rows of a class come together, does the head then answer, and is nothing decided on tune?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum import values
from naeum.contract import Parts, Policy, subset
from naeum.errors import InputError
from naeum.model.text.contrastive import Contrastive
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.tuning import TUNINGS, Course, Lora, Objective, Optimization, TopLayers
from naeum.testing.data import make, parts
from naeum.testing.runs import TinyRun

BRISK = Optimization(epochs=20.0, learning_rate=3e-3, batch_size=24, layer_decay=1.0)


def learner(base: str, **settings) -> Contrastive:
    return Contrastive(**({"base": base, "optimization": BRISK, "max_length": 32} | settings))


def tightness(vectors: np.ndarray, target: np.ndarray) -> float:
    """Mean cosine within classes less that between them."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness, same = unit @ unit.T, target[:, None] == target[None]
    return float(likeness[same].mean() - likeness[~same].mean())


@pytest.mark.parametrize("tuning", [None, TopLayers(1), Lora(rank=4, rate=3.0)])
def test_rows_of_a_class_come_together_also_new_ones(tiny_base: str, tmp_path: Path, tuning) -> None:
    given = parts(48, classes=3, korean=True)
    made = learner(tiny_base) if tuning is None else learner(tiny_base, tuning=tuning)
    slow = replace(made, optimization=replace(BRISK, epochs=0.02, learning_rate=1e-9))
    before = slow.fit(given, TinyRun(tmp_path / "before")).features(given.tune.rows)
    fitted = made.fit(given, TinyRun(tmp_path / "after"))
    assert tightness(fitted.features(given.tune.rows), given.tune.target) > 2 * tightness(before, given.tune.target)
    assert (fitted.predict(given.tune.rows).codes == given.tune.target).mean() > 0.8


def test_tune_is_not_looked_at_and_nothing_is_left_to_decide(tiny_base: str, tmp_path: Path) -> None:
    given, made = parts(24, classes=3, korean=True), learner(tiny_base)
    fitted = made.fit(given, TinyRun(tmp_path / "one"))
    bare = made.fit(Parts(given.fit, subset(given.tune, [], "none")), TinyRun(tmp_path / "two"))
    np.testing.assert_array_equal(fitted.predict(given.tune.rows).scores, bare.predict(given.tune.rows).scores)
    assert fitted.decided(made) == made


def test_it_comes_back_from_its_state_and_from_json(tiny_base: str, tmp_path: Path) -> None:
    given, made = parts(24, classes=3, korean=True), learner(tiny_base)
    fitted = made.fit(given, TinyRun(tmp_path))
    back = FineTunedEncoder.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)
    kinds = {one.kind: one for one in (Contrastive, Course, Objective, Optimization, *TUNINGS)}
    assert values.from_json(values.to_json(made), kinds) == made


def test_soft_targets_count_as_their_greatest_share(tiny_base: str, tmp_path: Path) -> None:
    data = make(18, classes=3, korean=True)
    soft = np.full((18, 3), 0.2, np.float32)
    soft[np.arange(18), data.target] = 0.6
    bare = replace(data, soft=soft, target=np.full(18, -1))
    fitted = learner(tiny_base).fit(Parts(bare, bare), TinyRun(tmp_path))
    assert (fitted.predict(data.rows).codes == data.target).mean() > 0.8


def test_its_cost_grows_with_rows_and_epochs(tiny_base: str) -> None:
    made = learner(tiny_base)
    twice = replace(made, optimization=replace(BRISK, epochs=40.0))
    once = made.nominal(100, 9, Policy())
    assert twice.nominal(100, 9, Policy()) == pytest.approx(2 * once)
    assert made.nominal(200, 9, Policy()) == pytest.approx(2 * once)


@pytest.mark.parametrize("settings", [{"temperature": 0.0}, {"together": 1}, {"c": 0.0}, {"max_length": 2}])
def test_wrong_settings_are_refused(settings) -> None:
    with pytest.raises(InputError, match="temperature and c must be positive, together at least 2 and max_length"):
        Contrastive(**settings)
