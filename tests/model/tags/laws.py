"""Which laws hold for every tagger? Tried on a tiny world, one file of tests for each learner."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from naeum import values
from naeum.contract import Parts, subset
from naeum.measure.metrics import metric
from naeum.measure.words import word_offsets
from naeum.store import Store
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import tags


def f1(predictor: Any, data: Any) -> float:
    return metric("entity_f1").score(predictor.predict(data.rows), data)


def keeps_json(learner: Any, kinds: dict[str, Any]) -> None:
    text = json.dumps(values.to_json(learner))
    assert values.from_json(json.loads(text), kinds) == learner


def answers_every_word(predictor: Any) -> None:
    rows = tags.odd()
    found = predictor.predict(rows)
    assert np.array_equal(found.offsets, word_offsets(rows["words"]))
    assert found.scores.shape == (found.offsets[-1], len(predictor.task.classes)) and np.isfinite(found.scores).all()
    assert predictor.predict(rows.slice(0, 0)).scores.shape == (0, len(predictor.task.classes))
    assert len(predictor.predict(rows.slice(0, 2)).labels) == 2


def minds_no_order(predictor: Any) -> None:
    """Order of rows and their company change nothing."""
    rows = tags.make(12, seed=5).rows
    whole = predictor.predict(rows)
    turned = predictor.predict(rows.take(list(range(12))[::-1])).take(np.arange(12)[::-1])
    alone = np.concatenate([predictor.predict(rows.slice(at, 1)).scores for at in range(12)])
    np.testing.assert_allclose(whole.scores, turned.scores, atol=1e-4)
    np.testing.assert_allclose(whole.scores, alone, atol=1e-4)


def survives_the_store(predictor: Any, folder: Path) -> None:
    kinds = {predictor.kind: type(predictor)}
    Store(folder / "store", kinds).save("one", predictor)
    again = Store(folder / "store", kinds).load("one")
    rows = tags.odd()
    assert np.array_equal(predictor.predict(rows).scores, again.predict(rows).scores)


def fits_alike_and_changes_nothing(learner: Any, folder: Path) -> None:
    given = tags.parts(18)
    before = given.fit.rows.slice(0), given.fit.truth.to_pylist(), given.fit.weight.copy()
    one, two = (learner.fit(given, TinyRun(folder / name)).predict(given.tune.rows).scores for name in "ab")
    assert np.array_equal(one, two)
    assert before[0].equals(given.fit.rows) and before[1] == given.fit.truth.to_pylist()
    assert np.array_equal(before[2], given.fit.weight)


def decided_needs_no_tune(learner: Any, folder: Path) -> None:
    given = tags.parts(24)
    first = learner.fit(given, TinyRun(folder / "first"))
    decided = first.decided(learner)
    again = decided.fit(Parts(given.fit, subset(given.tune, [], "none")), TinyRun(folder / "again"))
    assert again.decided(decided) == decided
    one, two = (model.predict(given.tune.rows).probabilities for model in (first, again))
    assert np.abs(one - two).mean() <= 0.15


def ignores_what_does_not_count(learner: Any, folder: Path) -> None:
    """Rows of weight zero and rows without tags are as if absent."""
    given = tags.parts(24)
    kept = np.arange(24) % 3 != 1
    removed = subset(given.fit, np.flatnonzero(kept), "removed")
    light = replace(given.fit, weight=kept.astype(np.float32), key="light")
    bare = tags.dataset(
        given.fit.rows["words"].to_pylist(),
        [row if keep else None for row, keep in zip(given.fit.truth.to_pylist(), kept, strict=True)],
    )
    scores = [
        learner.fit(Parts(fit, given.tune), TinyRun(folder / fit.key)).predict(given.tune.rows).probabilities
        for fit in (removed, light, bare)
    ]
    np.testing.assert_allclose(scores[0], scores[1], atol=1e-4)
    np.testing.assert_allclose(scores[0], scores[2], atol=1e-4)
