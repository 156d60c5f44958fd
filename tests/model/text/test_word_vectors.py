"""Are averages of word vectors those of a slow count, do they learn, and do bare rows help?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.model.sequence.subwords import numbered, pieces_of, words_of
from naeum.model.sequence.vectors import Skipgram
from naeum.model.text.word_vectors import Averages, WordVectors
from naeum.testing import data
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import labels, numbers

QUICK = WordVectors(Skipgram(width=16, epochs=3))


def slow(model: Averages, text: str, rows: list[list[str]]) -> np.ndarray:
    """The weighted mean, word by word."""
    total, weights = np.zeros(model.vectors.shape[1]), 0.0
    for word in words_of(text, 256):
        numbers_of, _ = numbered(pieces_of([word]), model.known)
        holding = sum(word in row for row in rows)
        weight = np.log((len(rows) + 1) / (holding + 1)) + 1 if model.learner.weighting == "tfidf" else 1.0
        total += weight * model.vectors[numbers_of].mean(axis=0)
        weights += weight
    return total / weights


@pytest.mark.parametrize("weighting", ["tfidf", "mean"])
def test_features_are_weighted_means(weighting: str, tmp_path) -> None:
    parts = data.parts(30, korean=True)
    fitted = WordVectors(Skipgram(width=8, epochs=1), weighting).fit(parts, TinyRun(tmp_path))
    told = parts.fit.rows["text"].to_pylist()
    rows = [words_of(text, 256) for text in told]
    wanted = np.stack([slow(fitted, text, rows) for text in told[:8]])
    np.testing.assert_allclose(fitted.features(parts.fit.rows.slice(0, 8)), wanted, atol=1e-5)


@pytest.mark.parametrize("korean", [True, False])
def test_classes_are_learned(korean: bool, tmp_path) -> None:
    parts = data.parts(150, classes=3, korean=korean)
    new = data.make(90, classes=3, korean=korean, seed=7)
    assert (QUICK.fit(parts, TinyRun(tmp_path)).predict(new.rows).codes == new.target).mean() > 0.9


@pytest.mark.parametrize("world", [numbers, labels])
def test_numbers_and_labels_are_answered_and_stored(world, tmp_path) -> None:
    given = world.parts(60)
    fitted = QUICK.fit(given, TinyRun(tmp_path))
    back = Averages.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)
    assert back.decided(QUICK) == fitted.decided(QUICK) and fitted.decided(QUICK).c > 0


def test_rows_without_a_target_are_heard(tmp_path) -> None:
    parts = data.parts(30, korean=True)
    alone, together = (
        QUICK.fit(parts, TinyRun(tmp_path, bare=bare)) for bare in (None, data.make(300, korean=False, seed=9))
    )
    assert len(together.known) > len(alone.known)


def test_nothing_to_learn_from_is_refused(tmp_path) -> None:
    parts = data.parts(20)
    with pytest.raises(InputError, match="word_vectors must have labelled rows"):
        QUICK.fit(Parts(subset(parts.fit, [], "none"), parts.tune), TinyRun(tmp_path))


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match="weighting must be one of tfidf, mean; got 'idf'"):
        WordVectors(weighting="idf")
    with pytest.raises(InputError, match=r"c must be 0 \(decided on tune\) or more .* got -1"):
        WordVectors(c=-1)
