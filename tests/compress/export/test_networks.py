"""Does a network that was trained from nothing answer as its exported folder does, whatever the text?"""

import json
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from naeum.compress.export import folder, parity
from naeum.compress.reading import reader
from naeum.model.around.blend import Blend
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.words import WordReading
from naeum.model.tags.sequence import SequenceTagger
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.sequence import SequenceNetwork
from naeum.testing.worlds import world
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=2.0, learning_rate=5e-3, batch_size=8, layer_decay=1.0)
READ = WordReading(width=16, dropout=0.0, max_length=40)
NETWORKS = {
    "bag of many": HashedNgrams(optimization=BRISK, width=2, buckets=2**8),
    "bag of few": HashedNgrams(optimization=BRISK, width=16, buckets=2**8, characters=(2, 3)),
    "characters": CharConvolution(optimization=BRISK, width=8, filters=8, windows=(2, 5)),
    "rotary": SequenceNetwork(Attention(width=16, layers=2, heads=2), BRISK, reading=READ),
    "alibi": SequenceNetwork(Attention(width=16, layers=1, heads=2, positions="alibi"), BRISK, reading=READ),
    "lstm": SequenceNetwork(Recurrence(width=8, layers=2), BRISK, reading=READ),
    "learned": SequenceNetwork(Attention(width=16, layers=1, heads=2, positions="learned"), BRISK, reading=READ),
}
ODD = ["", " ", "가", "\x00", "😀 e\u0301", "한글 " * 200, "\ud800 lone", "ＡＢ ﬁ", "나 는 x"]


SLOW = ("alibi", "learned", "lstm")  # tracing takes seconds


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=[pytest.mark.slow] if one in SLOW else []) for one in NETWORKS]
)
def test_its_folder_answers_as_it_does(name, parts, run, tmp_path):
    fitted = run.fit(NETWORKS[name], parts)
    card = folder.export(fitted, tmp_path / "out", parts.tune.rows)
    assert card["parity"]["largest"] <= parity.TOLERANCE
    column = parts.fit.task.inputs[0]
    texts = [*ODD, *parts.tune.rows.column(column).to_pylist()]
    import pyarrow as pa

    known = [text for text in texts if "\ud800" not in text]
    own = fitted.predict(pa.table({column: known})).scores
    model = reader.Model(tmp_path / "out")
    np.testing.assert_allclose(model.scores(known), own, atol=1e-4)
    alone = np.concatenate([model.scores([text]) for text in known])
    np.testing.assert_allclose(alone, own, atol=1e-4)
    assert len(model.predict(texts)) == len(texts)


@pytest.mark.parametrize(("where", "learner"), [("numbers", "bag of few"), ("labels", "bag of many")])
def test_numbers_and_labels_are_exported(where, learner, run, tmp_path):
    given = world(where).parts(24)
    fitted = run.fit(NETWORKS[learner], given)
    folder.export(fitted, tmp_path / "out", given.tune.rows)
    exported = parity.answers(reader.Model(tmp_path / "out"), given.fit.task, given.tune.rows)
    np.testing.assert_allclose(exported.scores, fitted.predict(given.tune.rows).scores, rtol=1e-4, atol=1e-4)


def test_a_bag_needs_numpy_alone(parts, run, tmp_path):
    fitted = run.fit(Blend((NETWORKS["bag of few"], TfidfLogistic(words=(1, 1), chars=(0, 0))), how="mean"), parts)
    folder.export(fitted, tmp_path / "out", parts.tune.rows)
    text = parts.tune.rows.column(parts.fit.task.inputs[0])[0].as_py()
    barred = "import sys; sys.modules.update(dict.fromkeys(('torch', 'naeum', 'onnxruntime', 'tokenizers'))); "
    run_it = f"sys.path.insert(0, {str(tmp_path / 'out')!r}); from predict import Model; import json; "
    code = f"{barred}{run_it}print(json.dumps(Model({str(tmp_path / 'out')!r}).predict([{text!r}])[0]))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert json.loads(told.stdout)["prediction"] == fitted.predict(parts.tune.rows).labels[0]


@pytest.mark.slow
@pytest.mark.parametrize("body", [Attention(width=16, layers=1, heads=2), Recurrence("gru", width=8)])
def test_a_tagger_reads_sentences_of_any_length(body, run, tmp_path):
    given, small = world("tags").parts(12), replace(READ, max_length=6)
    fitted = run.fit(SequenceTagger(body, BRISK, reading=small), given)
    folder.export(fitted, tmp_path / "out", given.tune.rows)
    model = reader.Model(tmp_path / "out")
    for rows in (given.tune.rows, world("tags").odd()):
        own = fitted.predict(rows)
        np.testing.assert_allclose(parity.answers(model, own.task, rows).scores, own.scores, atol=1e-4)
