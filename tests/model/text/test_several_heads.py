"""Do further heads teach the trunk, are they gone when training ends, and are unknown answers left out?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import torch

from naeum import values
from naeum.contract import Parts, Policy, Task, subset
from naeum.data.also import Also
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.text.finetuned import BiEncoder, FineTuned, FineTunedEncoder
from naeum.model.text.several_heads import SeveralHeads, _apart
from naeum.model.text.tuning import TUNINGS, Course, Lora, Objective, Optimization
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import numbers, pairs

BRISK = Optimization(epochs=6.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


def plain(base: str, **settings) -> FineTuned:
    return FineTuned(**({"base": base, "optimization": BRISK, "max_length": 32, "patience": 0} | settings))


def further(data, answers) -> Also:
    order = np.argsort(data.ids)
    return Also(data.ids[order], pa.table({"topic": pa.array(answers, pa.string())}).take(order))


def weights(fitted) -> np.ndarray:
    module = fitted.network
    return np.concatenate([one.detach().numpy().ravel() for one in module.encoder.parameters()])


def fit(learner, given, folder: Path, also=None):
    return learner.fit(given, TinyRun(folder, also=also))


def test_further_answers_teach_the_trunk(tiny_base: str, tmp_path: Path) -> None:
    """Where the task says nothing of the classes, the vectors of a trunk with a further head tell them apart."""
    given = parts(48, classes=3, korean=True)
    truth = given.fit.target
    blind = replace(given.fit, target=np.arange(len(truth)) % 2, task=replace(given.fit.task, classes=("a", "b")))
    blind = Parts(blind, replace(given.tune, target=given.tune.target % 2, task=blind.task))
    also = further(given.fit, [f"topic {code}" for code in truth])
    alone = fit(plain(tiny_base), blind, tmp_path / "alone")
    headed = fit(SeveralHeads(plain(tiny_base), ("topic",), weight=1.0), blind, tmp_path / "headed", also)
    assert separation(headed, given) > 2 * separation(alone, given)


def separation(fitted, given) -> float:
    """Mean cosine within the classes of new rows less that between them."""
    vectors = fitted.features(given.tune.rows)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    likeness, same = unit @ unit.T, given.tune.target[:, None] == given.tune.target[None]
    return float(likeness[same].mean() - likeness[~same].mean())


def test_further_heads_are_gone_when_training_ends(tiny_base: str, tmp_path: Path) -> None:
    given = parts(24, classes=3, korean=True)
    also = further(given.fit, [f"topic {at % 2}" for at in range(len(given.fit))])
    fitted = fit(SeveralHeads(plain(tiny_base), ("topic",), views=0.1), given, tmp_path, also)
    names = set(fit(plain(tiny_base), given, tmp_path / "plain").state().arrays)
    assert {name.partition(".")[0] for name in fitted.state().arrays} <= {"encoder", "head", "center", "spread"}
    assert set(fitted.state().arrays) == names
    again = FineTunedEncoder.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(again.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)


def test_the_same_seed_gives_the_same_model_and_each_head_another(tiny_base: str, tmp_path: Path) -> None:
    given, inner = parts(24, classes=3, korean=True), plain(tiny_base)
    also = further(given.fit, [f"topic {at % 2}" for at in range(len(given.fit))])
    made = (inner, SeveralHeads(inner, ("topic",)), SeveralHeads(inner, views=0.3))
    one, two = (
        [weights(fit(each, given, tmp_path / f"{time}{at}", also)) for at, each in enumerate(made)] for time in "ab"
    )
    for first, second in zip(one, two, strict=True):
        np.testing.assert_array_equal(first, second)
    assert np.abs(one[0] - one[1]).max() > 1e-4
    assert np.abs(one[0] - one[2]).max() > 1e-4


def test_rows_without_a_further_answer_are_as_in_the_plain_training(tiny_base: str, tmp_path: Path) -> None:
    given, inner = parts(24, classes=3, korean=True), plain(tiny_base)
    unknown = further(given.fit, [None] * len(given.fit))
    headed = fit(SeveralHeads(inner, ("topic",)), given, tmp_path / "headed", unknown)
    np.testing.assert_array_equal(weights(headed), weights(fit(inner, given, tmp_path / "plain")))


def test_made_rows_have_the_answers_of_the_row_they_were_made_from(tiny_base: str, tmp_path: Path) -> None:
    given = parts(12, classes=3, korean=True)
    also = further(given.fit, [f"topic {at % 2}" for at in range(len(given.fit))])
    made = replace(given.fit, ids=given.fit.ids[::-1].copy() ^ np.uint64(99))
    asked = SeveralHeads(plain(tiny_base), ("topic",)).asked(made, TinyRun(tmp_path, also=also))
    np.testing.assert_array_equal(asked.wanted.sum(axis=1), 1.0)


@pytest.mark.parametrize("also", [None, "other"])
def test_a_column_that_was_not_named_is_refused(tiny_base: str, tmp_path: Path, also) -> None:
    given = parts(12, classes=3, korean=True)
    known = None if also is None else further(given.fit, ["가"] * len(given.fit))
    with pytest.raises(InputError, match="must be for a column that was named with --also; 'mood' was not; name it"):
        fit(SeveralHeads(plain(tiny_base), ("mood",)), given, tmp_path, known)


def test_two_views_are_told_from_other_rows() -> None:
    rows = torch.eye(4)
    assert float(_apart(rows, rows).max()) < 1e-6 < float(_apart(rows, rows.roll(1, dims=0)).min())
    assert _apart(rows, rows).shape == (4, 1)


def test_what_was_decided_is_written_into_the_inner_learner(tiny_base: str, tmp_path: Path) -> None:
    given = parts(24, classes=3, korean=True)
    made = SeveralHeads(plain(tiny_base, patience=4), views=0.03)
    fitted = fit(made, given, tmp_path)
    assert fitted.complete
    decided = fitted.decided(made)
    assert decided.views == made.views
    assert decided.inner.patience == 0
    bare = Parts(given.fit, subset(given.tune, [], "none"))
    assert len(fit(decided, bare, tmp_path / "again").predict(given.tune.rows)) == len(given.tune)


@pytest.mark.parametrize("world", [numbers, pairs])
def test_numbers_low_rank_changes_and_sides_apart_take_heads(tiny_base: str, tmp_path: Path, world) -> None:
    given = world.parts(16)
    tuned = {"tuning": Lora(rank=2), "optimization": replace(BRISK, epochs=1.0)}
    inner = plain(tiny_base, **tuned) if world is numbers else BiEncoder(**(vars(plain(tiny_base, **tuned))))
    also = further(given.fit, [str(at) for at in range(len(given.fit))])
    fitted = fit(SeveralHeads(inner, ("topic",), views=0.1), given, tmp_path, also)
    assert np.isfinite(fitted.predict(given.tune.rows).scores).all()


def test_it_claims_what_its_encoder_claims_and_comes_back_from_json(tiny_base: str) -> None:
    made = SeveralHeads(plain(tiny_base), ("topic", "기분"), weight=0.5, views=0.1)
    kinds = {one.kind: one for one in (SeveralHeads, FineTuned, Course, Objective, Optimization, *TUNINGS)}
    assert values.from_json(values.to_json(made), kinds) == made
    assert claims(made, Task(classes=("a", "b")))
    assert not claims(made, Task(output="tags"))
    assert not claims(SeveralHeads(), Task(classes=("a", "b")))
    assert {path for path, _ in values.space(made).items()} >= {"weight", "views", "inner.dropout"}


def test_two_views_take_twice_the_time(tiny_base: str) -> None:
    inner = plain(tiny_base)
    once = inner.nominal(100, 9, Policy())
    assert SeveralHeads(inner, ("topic",)).nominal(100, 9, Policy()) == pytest.approx(once)
    assert SeveralHeads(inner, views=0.1).nominal(100, 9, Policy()) == pytest.approx(2 * once)


@pytest.mark.parametrize("settings", [{"weight": 0.0}, {"weight": 11.0}, {"views": -0.1}])
def test_wrong_weights_are_refused(settings) -> None:
    with pytest.raises(InputError, match="weight must be above 0, views 0 or more, and both at most 10; got"):
        SeveralHeads(**settings)
