"""Is each label cut where the metric is best, and are the cuts written down?"""

from __future__ import annotations

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from naeum import values
from naeum.contract import Outputs, Parts, Task, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.around.thresholded import Cut, Thresholded, tuned
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.bench import Bench
from naeum.testing.data import dataset
from naeum.testing.laws import keep
from naeum.testing.learners import LEARNER_LAWS
from naeum.testing.predictors import PREDICTOR_LAWS
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import labels

INNER = TfidfLogistic(words=(1, 1), chars=(0, 0))
KINDS = {"thresholded": Thresholded}


def drawn(metric_name: str = "micro_f1", rows: int = 300):
    """Rows with two labels, common and rare, and probabilities that are right but never sure."""
    rng = np.random.default_rng(0)
    task = Task(classes=("common", "rare"), output="labels", metric=metric_name)
    told = np.stack([rng.beta(2, 2, rows), rng.beta(1, 9, rows)], axis=1)
    truth = [np.flatnonzero(rng.random(2) < row).tolist() for row in told]
    data = dataset([f"row {at}" for at in range(rows)], np.zeros(rows, np.int64), task)
    data = replace(data, truth=pa.chunked_array([pa.array(truth, pa.list_(pa.int32()))]))
    return Outputs(task, np.asarray(np.log(told / (1 - told)), np.float32), "sigmoid"), data


@pytest.mark.parametrize("name", ["micro_f1", "macro_f1", "jaccard", "hamming", "exact"])
def test_tuned_cuts_score_nearly_as_well_as_the_best_of_a_grid(name: str) -> None:
    outputs, data = drawn(name)
    chosen = metric(name)

    def score(cut) -> float:
        return chosen.sign * chosen.score(replace(outputs, cut=np.asarray(cut, np.float32)), data)

    grid = np.linspace(0.05, 0.95, 19)
    best = max(score(cut) for cut in itertools.product(grid, grid))
    found = score(tuned(outputs, data))
    assert found >= best - 0.01
    assert found >= score((0.5, 0.5))


def test_a_rare_label_is_answered_sooner_where_f1_is_asked_for() -> None:
    assert tuned(*drawn("macro_f1"))[1] < 0.3


def test_a_metric_of_probabilities_leaves_the_cuts() -> None:
    assert tuned(*drawn("log_loss")) == (0.5, 0.5)


def test_the_cuts_reach_the_answers_and_the_state(tmp_path: Path) -> None:
    given = labels.parts(48)
    fitted = Thresholded(INNER).fit(given, TinyRun(tmp_path))
    outputs = fitted.predict(given.tune.rows)
    assert outputs.cut is not None and outputs.cut.tolist() == list(fitted.cut)
    assert outputs.labels[0] == tuple(
        name
        for name, p, cut in zip(outputs.task.classes, outputs.probabilities[0], outputs.cut, strict=True)
        if p >= cut
    )
    inner = fitted.inner.predict(given.tune.rows)
    micro = metric("micro_f1")
    assert micro.score(outputs, given.tune) >= micro.score(inner, given.tune)
    assert Cut.restore(fitted.task, fitted.state()).cut == fitted.cut


def test_decided_cuts_need_no_tune_rows(tmp_path: Path) -> None:
    given = labels.parts(48)
    learner = Thresholded(INNER)
    fitted = learner.fit(given, TinyRun(tmp_path / "one"))
    decided = fitted.decided(learner)
    assert (
        decided.cut == fitted.cut
        and values.from_json(values.to_json(decided), Bench(learner, tmp_path, KINDS).known) == decided
    )
    bare = Parts(given.fit, subset(given.tune, [], "none"))
    assert decided.fit(bare, TinyRun(tmp_path / "two")).cut == fitted.cut
    assert learner.fit(bare, TinyRun(tmp_path / "three")).cut == (0.5,) * 3


def test_every_law_is_kept(tmp_path: Path) -> None:
    bench = Bench(Thresholded(INNER), tmp_path, KINDS, {"thresholded": Cut}, world="labels")
    keep([law for law in LEARNER_LAWS if law.__name__ != "another_process_same_model"], bench)
    keep(PREDICTOR_LAWS, bench)


def test_wrong_cuts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a threshold must be a probability in \[0, 1\]; got \(0.5, 1.5\)"):
        Thresholded(INNER, (0.5, 1.5))
    with pytest.raises(InputError, match="there must be a threshold for each of 3 classes; got 2"):
        Thresholded(INNER, (0.5, 0.5)).fit(labels.parts(12), TinyRun(tmp_path))
