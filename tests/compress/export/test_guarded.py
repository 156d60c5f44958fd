"""Does the fallback answer the very rows that the main model fails at or is late with, and no others?"""

import shutil
import threading
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.compress.export import exported, folder, guarded, standin
from naeum.compress.export.guarded import FALLBACK, MAIN, Guarded
from naeum.engine.answering import Remembering
from naeum.model.text.linear import TfidfLogistic

PATIENT = 60_000.0


@pytest.fixture(scope="module")
def ngrams(parts, run):
    return run.fit(TfidfLogistic(), parts)


@pytest.fixture(scope="module")
def place(plain, ngrams, parts, tmp_path_factory):
    made = shutil.copytree(plain[0], tmp_path_factory.mktemp("guarded") / "model")
    folder.describe(made, standin.add(made, plain[1], ngrams, parts.tune.rows, PATIENT))
    return made


@pytest.fixture
def model(place):
    return exported.opened(place, 1)


def told(model, main, rows):
    """(labels, who gave them) of every row."""
    found = list(Guarded.of(model).each(main, rows))
    return [one for outputs, _ in found for one in outputs.labels], [by for o, by in found for _ in range(len(o))]


def test_a_main_model_in_time_answers_every_row(model, parts, monkeypatch):
    monkeypatch.setattr(guarded, "CALL", 3)
    rows = parts.tune.rows
    labels, by = told(model, Guarded.of(model).in_time(model.predict), rows)
    assert labels == model.predict(rows).labels.tolist() and set(by) == {MAIN} and len(by) == len(rows)


def test_a_row_that_fails_is_answered_alone(model, ngrams, parts):
    rows = parts.tune.rows.slice(0, 7)
    bad = rows["text"][4].as_py()

    def failing(asked):
        if bad in asked["text"].to_pylist():
            raise ValueError("a node failed")
        return model.predict(asked)

    memory = Remembering(Guarded.of(model).in_time(failing), ("text",))
    for _ in range(2):  # what failed is not remembered
        labels, by = told(model, memory, rows)
        assert by == [MAIN] * 4 + [FALLBACK] + [MAIN] * 2
        assert labels[4] == ngrams.predict(rows.slice(4, 1)).labels[0]
        np.testing.assert_array_equal(labels[:4], model.predict(rows.slice(0, 4)).labels)


def test_a_call_that_is_late_is_answered_by_the_fallback_as_a_whole(model, ngrams, parts):
    going, rows = threading.Event(), parts.tune.rows.slice(0, 4)
    guard = Guarded.of(model).guard

    def slow(asked):
        going.wait(60)
        return model.predict(asked)

    guard.limit_ms = 5.0
    labels, by = told(model, Guarded.of(model).in_time(slow), rows)
    assert by == [FALLBACK] * 4 and labels == ngrams.predict(rows).labels.tolist()
    going.set()
    guard.limit_ms = PATIENT
    assert told(model, Guarded.of(model).in_time(slow), rows)[1] == [MAIN] * 4


def test_a_graph_that_cannot_be_opened_is_a_failure(place, ngrams, parts, tmp_path):
    copy = shutil.copytree(place, tmp_path / "copy")
    (copy / "part0.onnx").write_bytes(b"no graph")
    broken = replace(exported.opened(place, 1), model=exported.reader.Model(copy, 1))
    labels, by = told(broken, Guarded.of(broken).in_time(broken.predict), parts.tune.rows)
    assert set(by) == {FALLBACK} and labels == ngrams.predict(parts.tune.rows).labels.tolist()


def test_what_has_no_fallback_is_not_guarded(plain, ngrams):
    assert Guarded.of(exported.opened(plain[0], 1)) is None and Guarded.of(ngrams) is None


def test_no_rows_have_no_answers(model):
    empty = pa.table({"text": pa.array([], pa.string())})
    assert told(model, model.predict, empty) == ([], [])
