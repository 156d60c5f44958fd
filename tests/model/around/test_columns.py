"""Are mixed rows learned better together than by any group alone, late and early, and does it all come back?"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pytest

from naeum import registry, values
from naeum.contract import Parts, Task, subset
from naeum.errors import InputError
from naeum.model.around.columns import DIRECTIONS, Columns, Fused, Group, Grouped, task_of
from naeum.model.claims import claims
from naeum.model.table.fitted import FittedTrees
from naeum.model.table.forest import Forest
from naeum.model.table.linear import FittedTableLinear, TableLinear
from naeum.model.text.linear import TfidfLogistic
from naeum.store import Store
from naeum.testing import data
from naeum.testing.runs import TinyRun

TASK = Task(inputs=("말", "나이"), kinds=("text", "number"), classes=("a", "b", "c"))
TEXTS = TfidfLogistic(words=(1, 1), chars=(0, 0), min_df=1)
LATE = Columns((Group(("말",), TEXTS), Group(("나이",), TableLinear(c=1.0))))
KINDS = {"column_group": Group, "columns": Columns, "table_linear": TableLinear, "forest": Forest}
PREDICTORS = {one.kind: one for one in (Grouped, Fused, FittedTrees, FittedTableLinear)}


def mixed(n: int, seed: int):
    """The words say whether it is "a"; the number tells "b" from "c"."""
    rng = np.random.default_rng(seed)
    target = np.arange(n) % 3
    words = [data.SIGNAL[True][0 if code == 0 else 1] for code in target]
    texts = [" ".join([*rng.choice(own, 2), *rng.choice(data.FILLER[True], 2)]) for own in words]
    ages = np.where(target == 1, 60, 20) + np.where(target == 0, rng.choice([0, 40], n), 0) + rng.normal(0, 5, n)
    made = data.dataset(texts, target, replace(TASK, inputs=("말",), kinds=()))
    rows = pa.table({"말": pa.array(texts), "나이": pa.array(ages)})
    return replace(made, task=TASK, rows=rows, key=f"{made.key}/mixed")


@pytest.fixture
def parts():
    return Parts(mixed(150, 0), mixed(60, 1))


@dataclass(frozen=True)
class Counted:
    """A learner whose predictor makes vectors: how often each word of praise and of blame stands in a text."""

    kind: ClassVar[str] = "counted"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[str]] = frozenset({"N→1"})

    def fit(self, parts, run):
        return replace_features(TEXTS.fit(parts, run))


def replace_features(fitted):
    words = [word for code in (0, 1) for word in data.SIGNAL[True][code]]

    class Counting(type(fitted)):
        def features(self, rows):
            texts = rows.column("말").to_pylist()
            return np.array([[text.count(word) for word in words] for text in texts], np.float32)

        def decided(self, learner):
            return learner

    return Counting(fitted.task, fitted.vocabulary, fitted.weights, fitted.biases, fitted.c)


def accuracy(fitted, part):
    return (fitted.predict(part.rows).codes == part.target).mean()


def test_late_fusion_beats_every_group_alone(parts, tmp_path):
    run = TinyRun(tmp_path)
    fitted = LATE.fit(parts, run)
    alone = [replace(LATE, groups=(group,)).fit(parts, run) for group in LATE.groups]
    assert accuracy(fitted, parts.tune) > max(accuracy(one, parts.tune) for one in alone) + 0.1
    assert fitted.predict(parts.tune.rows).task == TASK


def test_early_fusion_lets_a_table_learner_see_both(parts, tmp_path):
    learner = Columns((Group(("말",), Counted()), Group(("나이",), Forest(trees=40))), fuse="early")
    fitted = learner.fit(parts, TinyRun(tmp_path))
    assert accuracy(fitted, parts.tune) > 0.9
    assert len(fitted.last.task.inputs) == 1 + 6 <= 1 + DIRECTIONS
    assert fitted.decided(learner) == learner
    alone = np.concatenate([fitted.predict(parts.tune.rows.slice(at, 1)).scores for at in range(9)])
    assert np.allclose(alone, fitted.predict(parts.tune.rows).scores[:9], atol=1e-4)


def test_it_comes_back_and_is_json(parts, tmp_path):
    known = {**registry.values(), **KINDS}
    assert values.from_json(json.loads(values.canonical(values.to_json(LATE))), known) == LATE
    fitted = LATE.fit(parts, TinyRun(tmp_path / "run"))
    store = Store(tmp_path / "store", {**registry.predictors(), **PREDICTORS})
    store.save("one", fitted)
    assert np.array_equal(store.load("one").predict(parts.tune.rows).scores, fitted.predict(parts.tune.rows).scores)


def test_what_was_decided_fits_without_tune(parts, tmp_path):
    fitted = LATE.fit(parts, TinyRun(tmp_path / "one"))
    decided = fitted.decided(LATE)
    assert decided.weights == fitted.weights and len(decided.weights) == 2
    bare = Parts(parts.fit, subset(parts.tune, [], "none"))
    again = decided.fit(bare, TinyRun(tmp_path / "two"))
    assert np.allclose(again.predict(parts.tune.rows).scores, fitted.predict(parts.tune.rows).scores)
    assert LATE.fit(bare, TinyRun(tmp_path / "three")).weights == (0.5, 0.5)


def test_it_claims_what_its_groups_claim():
    assert claims(LATE, TASK) and not claims(LATE, Task()) and not claims(Columns(), TASK)
    assert not claims(LATE, replace(TASK, output="tags"))
    assert not claims(Columns((Group(("나이",), TEXTS),)), TASK)
    assert claims(replace(LATE, fuse="early"), TASK)
    assert task_of(TASK, ("말",)).kinds == () and task_of(TASK, ("나이", "말")).kinds == ("number", "text")


def test_refusals(parts, tmp_path):
    with pytest.raises(InputError, match="columns must be learned in groups; got none; give a group of columns"):
        Columns().fit(parts, TinyRun(tmp_path))
    with pytest.raises(InputError, match="fuse must be one of late, early; got 'never'; correct it"):
        Columns(fuse="never")
    with pytest.raises(InputError, match="weights must be one number of 0 or more for each of 2 groups; got"):
        replace(LATE, weights=(1.0,))
    with pytest.raises(InputError, match="early fusion must have learners that turn rows into vectors; tfidf_logistic"):
        replace(LATE, fuse="early").fit(parts, TinyRun(tmp_path))
