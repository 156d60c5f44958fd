"""Does the floor answer with the weighted frequencies of the classes?"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Parts, subset
from naeum.model.floor import Majority, Prior
from naeum.testing.data import make
from naeum.testing.runs import TinyRun


def test_scores_are_weighted_log_frequencies(tmp_path: Path) -> None:
    data = make(12)
    weight = np.where(data.target == 1, 3.0, 1.0).astype(np.float32)
    target = data.target.copy()
    target[0] = -1
    data = dataclasses.replace(data, weight=weight, target=target)
    fitted = Majority().fit(Parts(data, subset(data, [], "none")), TinyRun(tmp_path))
    known = target >= 0
    share = weight[known & (target == 1)].sum() / weight[known].sum()
    assert fitted.predict(data.rows).probabilities[:, 1] == pytest.approx(share, rel=1e-5)
    back = Prior.restore(data.task, fitted.state())
    np.testing.assert_array_equal(back.scores, fitted.scores)


def test_a_class_without_rows_is_unlikely_but_possible(tmp_path: Path) -> None:
    data = make(12, classes=3)
    kept = subset(data, np.flatnonzero(data.target != 2), "two")
    scores = Majority().fit(Parts(kept, kept), TinyRun(tmp_path)).scores
    assert np.isfinite(scores).all()
    assert scores[2] < -10


def test_soft_targets_count_as_shares_and_replace_their_label(tmp_path: Path) -> None:
    data = make(4)
    soft = np.array([[0, 0], [0.25, 0.75], [0, 0], [0.25, 0.75]], np.float32)
    fitted = Majority().fit(Parts(dataclasses.replace(data, soft=soft), data), TinyRun(tmp_path))
    assert fitted.predict(data.rows).probabilities[0] == pytest.approx([2.5 / 4, 1.5 / 4])


def test_without_labels_every_class_is_as_likely(tmp_path: Path) -> None:
    data = make(4)
    unlabelled = dataclasses.replace(data, target=np.full(4, -1))
    fitted = Majority().fit(Parts(unlabelled, unlabelled), TinyRun(tmp_path))
    assert fitted.predict(data.rows).probabilities[0] == pytest.approx([0.5, 0.5])


def test_a_passage_answers_as_often_as_others_do(tmp_path: Path) -> None:
    from naeum.testing.worlds import spans

    data = spans.dataset([("q", "가 나", [(0, 1)]), ("q", "a b c", []), ("q", "d", []), ("q", "e", None)])
    fitted = Majority().fit(Parts(data, data), TinyRun(tmp_path))
    outputs = fitted.predict(data.rows)
    assert outputs.probabilities[:, 0] == pytest.approx(
        [2 / 3, 1 / 6, 1 / 6, 2 / 3, 1 / 9, 1 / 9, 1 / 9, 2 / 3, 1 / 3, 2 / 3, 1 / 3], abs=1e-6
    )
    assert outputs.labels.tolist() == ["", "", "", ""]
    assert fitted.predict(spans.dataset([("q", "", None)]).rows).labels.tolist() == [""]
    bare = spans.dataset([("q", "a", None)])
    assert Majority().fit(Parts(bare, bare), TinyRun(tmp_path)).scores == pytest.approx(np.log([0.5, 0.5]))
