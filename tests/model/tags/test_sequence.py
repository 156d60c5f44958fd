"""Do recurrent networks and small transformers tag words, in stretches where a sentence is long?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from naeum import extras
from naeum.contract import Parts, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.words import WordReading
from naeum.model.tags.chained import Chained
from naeum.model.tags.sequence import SequenceTagger, WordTagger, cut, plain
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import tags
from naeum.train import cost
from naeum.train.recipe import Optimization

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

QUICK = Optimization(epochs=12.0, learning_rate=1e-2, batch_size=8)
READING = WordReading(width=16, dropout=0.0)
SMALL = (
    SequenceTagger(Recurrence("lstm", width=12), QUICK, reading=READING),
    SequenceTagger(Attention(width=16, layers=1, heads=2), QUICK, reading=READING),
)
each = pytest.mark.parametrize("learner", SMALL, ids=["lstm", "attention"])


def f1(fitted, given) -> float:
    return metric("entity_f1").score(fitted.predict(given.rows), given)


@each
def test_entities_are_found_and_what_is_stored_answers_alike(learner, tmp_path) -> None:
    given = tags.parts(60)
    fitted = learner.fit(given, TinyRun(tmp_path))
    assert f1(fitted, given.tune) > 0.85
    back = WordTagger.restore(given.fit.task, fitted.state())
    assert np.array_equal(back.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)
    assert back.history == fitted.history


def test_a_chain_goes_around_it(tmp_path) -> None:
    given = tags.parts(40)
    assert f1(Chained(SMALL[0]).fit(given, TinyRun(tmp_path)), given.tune) > 0.8


def test_the_words_around_a_word_tell(tmp_path) -> None:
    """A tag that only the next word tells."""
    rng = np.random.default_rng(0)
    words, codes = [], []
    for _ in range(120):
        sentence = ["".join(rng.choice(list("가나다라"), 2)), *rng.choice(["왼쪽", "바른"], 5).tolist()]
        words.append(sentence)
        codes.append([0 if other == "왼쪽" else 4 for other in [*sentence[1:], "바른"]])
    whole = tags.dataset(words, codes)
    given = Parts(subset(whole, np.arange(90), "fit"), subset(whole, np.arange(90, 120), "tune"))
    outputs = SMALL[0].fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    truth = np.concatenate([np.array(one) for one in codes[90:]])
    assert (outputs.scores.argmax(axis=1) == truth).mean() > 0.95


@each
def test_long_and_empty_sentences_are_answered_word_by_word(learner, tmp_path) -> None:
    fitted = learner.fit(tags.parts(24), TinyRun(tmp_path))
    rows = pa.table({"words": pa.array([[], ["그"] * 1000, None, ["하나"]], pa.list_(pa.string()))})
    outputs = fitted.predict(rows)
    assert outputs.offsets.tolist() == [0, 0, 1000, 1000, 1001]
    assert np.isfinite(outputs.scores).all()
    assert fitted.predict(rows.slice(0, 1)).scores.shape == (0, len(tags.CLASSES))


def test_cutting_leaves_out_rows_without_words() -> None:
    assert cut(np.array([0, 0, 3, 3, 4]), 2).tolist() == [0, 2, 3, 4]
    assert cut(np.array([0, 0]), 2).tolist() == [0]
    assert plain("\u1112\u1161\u11abG") == "한g"


@each
def test_the_time_is_foreseen(learner, tmp_path) -> None:
    run = TinyRun(tmp_path)
    assert 0 < cost.estimate(learner, tags.parts(24), run) < 120
    assert learner.nominal(2000, 10.0, run.policy) == pytest.approx(2 * learner.nominal(1000, 10.0, run.policy))


def test_wrong_settings_and_rows_are_refused(tmp_path) -> None:
    with pytest.raises(InputError, match=r"dropout must be in \[0, 1\) and patience at least 0; got 0.3 and -1"):
        SequenceTagger(patience=-1)
    given = tags.parts(12)
    with pytest.raises(InputError, match="sequence_tagger must have tagged words to learn from; got none in 0 rows"):
        SMALL[0].fit(Parts(subset(given.fit, [], "none"), given.tune), TinyRun(tmp_path))
