"""Is every different row computed once, answered as it would be alone, and is memory bounded?"""

import threading

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Outputs, Task
from naeum.engine.answering import BESIDE, Remembering, hashes, streamed
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean, numbers, tags

TASK = Task(classes=("가", "나"))


def table(texts):
    return pa.table({"text": pa.array(texts, pa.string())})


class Counting:
    """Answers by the length of a text, and counts."""

    def __init__(self):
        self.calls = []

    def __call__(self, rows):
        self.calls.append(rows["text"].to_pylist())
        sizes = np.array([len(text or "") for text in self.calls[-1]], np.float32)
        return Outputs(TASK, np.stack([sizes, -sizes], axis=1).reshape(-1, 2))


def test_a_row_that_stands_twice_is_computed_once_and_answered_in_its_places():
    answer = Counting()
    both = Remembering(answer, ("text",))
    found = both(table(["한", "둘둘", "한", None, "둘둘", ""]))
    assert answer.calls == [["한", "둘둘", None, ""]]
    assert found.scores[:, 0].tolist() == [1, 2, 1, 0, 2, 0]
    assert (both.asked, both.computed) == (6, 4)


def test_answers_are_remembered_over_calls():
    answer = Counting()
    both = Remembering(answer, ("text",))
    both(table(["한", "둘둘"]))
    assert both(table(["둘둘", "셋셋셋", "한"])).scores[:, 0].tolist() == [2, 3, 1]
    assert both(table(["한"])).scores.tolist() == [[1, -1]]
    assert answer.calls == [["한", "둘둘"], ["셋셋셋"]]


def test_no_rows_are_answered_by_none():
    found = Remembering(Counting(), ("text",))(table([]))
    assert found.scores.shape == (0, 2)


def test_the_oldest_are_forgotten_and_answers_stay_right():
    answer = Counting()
    both = Remembering(answer, ("text",), most=3 * (BESIDE + 8))
    for n in range(1, 9):
        assert both(table(["x" * n])).scores[0, 0] == n
    assert len(both._kept) == 3
    both(table(["x" * 8]))
    assert len(answer.calls) == 8
    assert both(table(["x", "x"])).scores[:, 0].tolist() == [1, 1]
    assert len(answer.calls) == 9


@pytest.mark.parametrize(("learner", "world"), [(TfidfLogistic(), korean), (Majority(), numbers), (Crf(), tags)])
def test_labels_numbers_with_ends_and_tags_are_put_together(learner, world, tmp_path):
    given = world.parts(24)
    fitted = learner.fit(given, TinyRun(tmp_path))
    rows = given.tune.rows
    twice = pa.concat_tables([rows, rows.slice(0, 3), rows])
    both = Remembering(fitted.predict, given.fit.task.inputs)
    both(rows.slice(2, 2))
    found, own = both(twice), fitted.predict(twice)
    np.testing.assert_allclose(found.scores, own.scores, atol=1e-5)
    assert found.labels.tolist() == own.labels.tolist() and found.link == own.link
    assert (found.quantiles is None) == (own.quantiles is None)
    if own.quantiles is not None:
        np.testing.assert_allclose(found.quantiles, own.quantiles)
    assert both.computed == len(set(hashes(rows, given.fit.task.inputs)))


def test_rows_are_told_apart_by_every_column_type_and_end():
    rows = pa.table({"a": ["ab", "a", None, "None"], "b": ["c", "bc", "1", "1"]})
    assert len(set(hashes(rows, ("a", "b")))) == 4
    assert hashes(pa.table({"a": [b"x"]}), ("a",)) != hashes(pa.table({"a": ["x"]}), ("a",))


def test_the_next_chunk_is_computed_while_this_one_is_used():
    started = [threading.Event() for _ in range(3)]

    def answer(chunk):
        started[int(chunk["text"][0].as_py())].set()
        return Outputs(TASK, np.zeros((1, 2), np.float32))

    for at, (chunk, _) in enumerate(streamed(answer, (table([str(n)]) for n in range(3)))):
        assert chunk["text"][0].as_py() == str(at)
        if at < 2:
            assert started[at + 1].wait(10)


def test_a_fault_in_the_middle_comes_through():
    def answer(chunk):
        if chunk["text"][0].as_py() == "1":
            raise ValueError("broken row")
        return Outputs(TASK, np.zeros((1, 2), np.float32))

    found = []
    with pytest.raises(ValueError, match="broken row"):
        found.extend(streamed(answer, (table([str(n)]) for n in range(3))))
    assert len(found) == 1
    assert list(streamed(answer, iter(()))) == []
