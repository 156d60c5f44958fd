"""Do answers stand in the sample's rows, columns, order and types?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.contest import submission
from naeum.contract import Outputs, Task

TEST = pa.table({"id": [1, 2, 3], "text": ["가", "나", "다"]})
THREE = Task(classes=("bird", "cat", "dog"))
ANSWERS = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3], [0.2, 0.2, 0.6]], np.float32)


def filled(sample, task, outputs, way=None):
    wanted = submission(sample, TEST, task, way)
    return wanted.filled([wanted.cells(outputs.take([0])), wanted.cells(outputs.take([1, 2]))])


def softmaxed(task, probabilities):
    return Outputs(task, np.log(np.asarray(probabilities, np.float32)))


def test_labels_in_the_order_of_the_sample_with_its_type():
    task = Task(classes=("0", "1"))
    sample = pa.table({"id": [3, 1, 2], "y": pa.array([0, 0, 0], pa.int8())})
    found = filled(sample, task, softmaxed(task, [[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]]))
    assert found.to_pydict() == {"id": [3, 1, 2], "y": [1, 1, 0]}
    assert found.schema.types == sample.schema.types


def test_truth_values_stay_truth_values():
    task = Task(classes=("false", "true"))
    sample = pa.table({"id": [1, 2, 3], "y": [False, False, False]})
    found = filled(sample, task, softmaxed(task, [[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]]))
    assert found["y"].to_pylist() == [True, False, True] and found.schema.field("y").type == pa.bool_()


def test_one_probability_a_class_in_the_order_of_the_columns():
    sample = pa.table({"dog": [0, 0, 0], "cat": [0, 0, 0], "id": [3, 2, 1], "bird": [1, 1, 1]})
    found = filled(sample, THREE, softmaxed(THREE, ANSWERS))
    assert found.column_names == ["dog", "cat", "id", "bird"]
    assert np.allclose(found["dog"].to_numpy(), [0.6, 0.3, 0.1]), "fractions are not cut to whole numbers"
    assert found["id"].to_pylist() == [3, 2, 1]


def test_the_probability_of_one_class_and_marks():
    task = Task(classes=("no", "yes"), positive="yes")
    outputs = softmaxed(task, [[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]])
    found = filled(pa.table({"id": [1, 2, 3], "y": [0.5, 0.5, 0.5]}), task, outputs)
    assert np.allclose(found["y"].to_numpy(), [0.9, 0.2, 0.7])
    sample = pa.table({"id": [1, 2, 3], "bird": [0, 0, 0], "cat": [0, 0, 0], "dog": [0, 0, 0]})
    marks = filled(sample, THREE, softmaxed(THREE, ANSWERS), "labels")
    assert marks.to_pydict() == {"id": [1, 2, 3], "bird": [1, 0, 0], "cat": [0, 1, 0], "dog": [0, 0, 1]}


def test_numbers():
    task = Task(output="number", metric="rmse")
    outputs = Outputs(task, np.array([[1.5], [2.5], [-1.0]], np.float32), "identity")
    found = filled(pa.table({"id": ["2", "1", "3"], "price": ["0", "0", "0"]}), task, outputs)
    assert found["price"].to_pylist() == [2.5, 1.5, -1.0]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ({"y": ["cat bird", "", ""]}, {"y": ["bird cat", "", "cat"]}),
        ({"cat": [0, 0, 0], "bird": [0, 0, 0]}, {"cat": [1, 0, 1], "bird": [1, 0, 0]}),
        (
            {"cat": [0, 0, 0], "bird": [0, 0, 0], "yak": [0, 0, 0]},
            {"cat": [1, 0, 1], "bird": [1, 0, 0], "yak": [0, 0, 0]},
        ),
    ],
)
def test_several_labels(columns, found):
    task = Task(classes=("bird", "cat"), output="labels", metric="micro_f1")
    outputs = Outputs(task, np.array([[2, 2], [-2, -2], [-2, 2]], np.float32), "sigmoid")
    assert filled(pa.table({"id": [1, 2, 3], **columns}), task, outputs).to_pydict() == {"id": [1, 2, 3], **found}
