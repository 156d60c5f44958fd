"""Do slices hold the rows that their names say?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.compress.loss import slices as module
from naeum.compress.loss.slices import CLASS, LENGTH, slices, texts
from naeum.contract import Task
from naeum.testing.data import dataset, make
from naeum.testing.worlds import world


def by_name(found):
    return {one.name: np.flatnonzero(one.rows).tolist() for one in found}


def test_rows_are_told_apart_by_class_length_and_what_is_seen(monkeypatch):
    monkeypatch.setattr(module, "LEAST_ROWS", 1)
    given = ["짧다", "3 번 봤다", "is it?", "NASA flew", "a very long row that has many letters", "naïve"]
    data = dataset(given, [0, 1, 0, 1, 0, 1], Task(classes=("a", "b")))
    fit = dataset(
        ["짧다 번 봤다 is it flew a very long row that has many letters naïve 3"], [0], Task(classes=("a", "b"))
    )
    found = by_name(slices(data, fit))
    assert found["a"] == [0, 2, 4] and found["b"] == [1, 3, 5]
    assert found["rows with numbers"] == [1] and found["rows with a question"] == [2]
    assert found["rows in capitals"] == [3] and found["rows with Hangul"] == [0, 1]
    assert found["rows with signs beyond ASCII"] == [5]
    assert found["rows with words that no fit row has"] == [3]
    lengths = [one for one in slices(data) if one.kind == LENGTH]
    assert sum(one.rows.sum() for one in lengths) == len(data)
    assert lengths[-1].rows[4] and not lengths[0].rows[4]


def test_slices_of_few_rows_and_of_all_are_left_out():
    data = make(60)
    found = slices(data)
    assert all(module.LEAST_ROWS <= one.rows.sum() < len(data) for one in found)
    assert {one.kind for one in found} == {CLASS, LENGTH}


@pytest.mark.parametrize(("name", "expected"), [("tags", "entity"), ("labels", "label"), ("numbers", "answers up to")])
def test_other_answers_have_classes_too(name, expected):
    data = world(name).parts(48).fit
    found = [one for one in slices(data) if one.kind == CLASS]
    assert found
    if name == "numbers":
        assert any(one.name.startswith(expected) for one in found)
    elif name == "labels":
        held = data.truth.to_pylist()
        for one in found:
            code = data.task.classes.index(one.name)
            assert [code in row for row in held] == one.rows.tolist()
    else:
        kinds = {tag.partition("-")[2] for tag in data.task.classes}
        assert {one.name for one in found} <= kinds


def test_rows_of_categories_are_told_apart_by_their_values():
    data = world("table").parts(48).fit
    found = slices(data)
    assert any(" = " in one.name for one in found)
    column = next(name for name, kind in data.task.columns.items() if kind == "category")
    named = next(one for one in found if one.name.startswith(f"{column} = "))
    cells = data.rows.column(column).to_pylist()
    assert [str(cell) == named.name.removeprefix(f"{column} = ") for cell in cells] == named.rows.tolist()


def test_rows_without_text_have_no_length():
    data = world("images").parts(12).fit
    assert texts(data) is None and not [one for one in slices(data) if one.kind == LENGTH]


def test_words_are_read_as_one_text():
    data = world("tags").parts(6).fit
    first = data.rows.column(data.task.inputs[0]).to_pylist()[0]
    assert texts(data)[0] == " ".join(first)
    assert isinstance(data.rows, pa.Table)
