"""Which models are fitted for a task, on which rows, in which units?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.table.cases import Scale, balanced, claimed, problems, rows_to_learn, targets_of
from naeum.testing.worlds import prices, table


def test_a_table_has_more_than_texts_and_one_answer_a_row():
    assert claimed(table.TASK) and claimed(prices.TASK)
    assert not claimed(Task()) and not claimed(Task(inputs=("a", "b")))
    assert not claimed(replace(table.TASK, output="tags"))
    assert not claimed(Task(inputs=("사진",), kinds=("image",)))


@pytest.mark.parametrize("target", ["none", "log"])
def test_a_scale_comes_back(target):
    values = np.array([-50.0, 0.0, 3.0, 1e6])
    scale = Scale.of(values, np.ones(4), target)
    assert np.allclose(scale.undo(scale.apply(values)), values)
    assert scale.apply(values).mean() == pytest.approx(0) and scale.apply(values).std() == pytest.approx(1)
    assert Scale.of(np.full(3, 7.0), np.ones(3), target).apply(np.full(3, 7.0)).tolist() == [0, 0, 0]


def test_a_soft_target_is_a_case_for_each_of_its_classes():
    data = table.parts(6).fit
    soft = np.zeros((6, 3), np.float32)
    soft[0] = [0.5, 0.0, 0.5]
    (case,) = problems(replace(data, target=np.array([0, 0, 1, 1, 0, 1]), soft=soft), Scale())
    assert case.rows.tolist() == [0, 0, 1, 2, 3, 4, 5] and case.classes.tolist() == [0, 1, 2]
    assert case.weights.tolist() == [0.5, 0.5, 1, 1, 1, 1, 1] and case.values[:2].tolist() == [0, 2]


def test_several_labels_are_a_model_each(several):
    cases = problems(several.fit, Scale())
    assert [case.classes.tolist() for case in cases] == [[0, 1], [0], [0, 1]]
    assert targets_of(several.fit, Scale()).shape == (120, 3)


def test_balanced_classes_weigh_the_same():
    data = table.parts(9).fit
    (case,) = problems(replace(data, target=np.array([0] * 6 + [1] * 2 + [2])), Scale())
    found = balanced(case)
    assert np.allclose(np.bincount(found.values, found.weights), 3.0)


def test_rows_that_count_nothing_are_left_out():
    data = table.parts(9).fit
    light = replace(data, weight=np.array([0, 1, 1] * 3, np.float32))
    assert len(rows_to_learn(light, "boosting")) == 6
    with pytest.raises(InputError, match="boosting must have labelled rows to learn from; got none of 9 rows"):
        rows_to_learn(replace(data, target=np.full(9, -1)), "boosting")
    with pytest.raises(InputError, match="boosting must have rows that count to learn from; all weights are 0"):
        rows_to_learn(replace(data, weight=np.zeros(9, np.float32)), "boosting")
