"""Does each case hold where the metric hides something, and not elsewhere?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Outputs, Task
from naeum.diagnose.misleading import (
    CASES,
    Seen,
    few_rows_decide,
    floor_is_high,
    misled,
    nearly_right_is_wrong,
    ranks_hide_alarms,
    rare_go_unfound,
    steps_do_not_count,
)
from naeum.measure import metric
from naeum.testing.data import make


def seen_of(task, truth, scores, floor, link="softmax"):
    """Tune rows of a task whose truth is a list, with the champion's and the floor's scores."""
    rows = len(truth)
    tune = replace(make(rows), task=task, target=np.zeros(rows, np.int64))
    if task.output == "label":
        tune = replace(tune, target=np.asarray(truth))
    else:
        kind = pa.float64() if task.output == "number" else pa.list_(pa.int32())
        tune = replace(tune, truth=pa.chunked_array([pa.array(truth, kind)]))
    made = [Outputs(task, np.asarray(one, np.float32), link) for one in (scores, floor)]
    return Seen(tune, *made, metric(task.metric))


def of_classes(truth, answered, name, classes=2):
    task = Task(classes=tuple(f"반{code}" for code in range(classes)), metric=name)
    scores = np.log(np.full((len(truth), classes), 0.1) + 0.8 * np.eye(classes)[np.asarray(answered)])
    return seen_of(task, truth, scores, np.tile([1.0] + [0.0] * (classes - 1), (len(truth), 1)))


def of_numbers(truth, answered, name):
    task = Task(output="number", metric=name)
    return seen_of(task, truth, np.asarray(answered)[:, None], np.full((len(truth), 1), np.mean(truth)), "identity")


def of_sets(truth, answered, name, classes):
    task = Task(output="labels", classes=tuple(map(str, range(classes))), metric=name)
    scores = np.full((len(truth), classes), -3.0)
    for row, codes in enumerate(answered):
        scores[row, list(codes)] = 3.0
    return seen_of(task, truth, scores, np.full((len(truth), classes), -3.0), "sigmoid")


RARE = np.array([0] * 95 + [1] * 5)


def test_a_floor_that_scores_nearly_all_is_said_with_both_numbers():
    found = floor_is_high(of_classes(RARE, RARE, "accuracy"))
    assert found.instead == "macro_f1" and "scores 0.950 in accuracy, so only 0.050 is left" in found.said
    assert floor_is_high(of_classes(RARE, RARE, "macro_f1")) is None
    assert floor_is_high(of_classes([0, 1] * 50, [0, 1] * 50, "accuracy")) is None
    assert floor_is_high(of_classes(RARE, RARE, "log_loss")) is None


def test_hamming_of_many_labels_is_nearly_faultless_at_the_floor():
    truth = [[at % 20] for at in range(60)]
    found = floor_is_high(of_sets(truth, truth, "hamming", 20))
    assert found.instead == "macro_f1" and "0.050" in found.said


def test_ranks_of_rare_positives_hide_false_alarms():
    rng = np.random.default_rng(0)
    truth = (np.arange(1000) < 20).astype(int)
    told = np.where(truth == 1, rng.normal(2.0, 1, 1000), rng.normal(0, 1, 1000))
    task = Task(classes=("정상", "사기"), metric="auroc", positive="사기")
    scores = np.stack([np.zeros(1000), told], axis=1)
    found = ranks_hide_alarms(seen_of(task, truth, scores, np.zeros((1000, 2))))
    assert found.instead == "auprc" and "only 2.0 % of the rows are positive" in found.said
    even = (np.arange(1000) < 500).astype(int)
    assert ranks_hide_alarms(seen_of(task, even, scores, np.zeros((1000, 2)))) is None


def test_classes_that_are_never_found_are_named():
    truth = np.repeat(np.arange(4), (60, 60, 5, 5))
    answered = np.where(truth >= 2, 0, truth)
    found = rare_go_unfound(of_classes(truth, answered, "accuracy", 4))
    assert found.instead == "macro_f1" and found.said.startswith("2 of 4 classes are never found (반2, 반3)")
    assert rare_go_unfound(of_classes(truth, truth, "accuracy", 4)) is None
    sets = [[0]] * 50 + [[0, 1]] * 4
    assert "1 of 2 classes" in rare_go_unfound(of_sets(sets, [[0]] * 54, "micro_f1", 2)).said


def test_steps_between_classes_in_an_order_count():
    truth = np.repeat(np.arange(4), 25)
    far = of_classes(truth, np.where(np.arange(100) % 5 == 0, 3 - truth, truth), "accuracy", 4)
    assert steps_do_not_count(far) is None, "these stand in no order"
    task = replace(far.tune.task, ordered=True)
    put = {"outputs": replace(far.outputs, task=task), "floor": replace(far.floor, task=task)}
    far = replace(far, tune=replace(far.tune, task=task), **put)
    found = steps_do_not_count(far)
    assert found.instead == "quadratic_kappa" and "10 of 20 mistakes are two steps off or more (up to 3)" in found.said
    assert steps_do_not_count(replace(far, measure=metric("mae"))) is None


def test_all_or_nothing_hides_what_is_nearly_right():
    truth, answered = [[0, 1, 2]] * 40, [[0, 1]] * 40
    found = nearly_right_is_wrong(of_sets(truth, answered, "exact", 3))
    assert found.instead == "micro_f1" and "overlap by 0.667" in found.said
    assert nearly_right_is_wrong(of_sets(truth, truth, "exact", 3)) is None


@pytest.mark.parametrize("name", ["r2", "rmse", "mse"])
def test_few_rows_that_make_the_squares_are_listed(name):
    rng = np.random.default_rng(0)
    truth = rng.normal(size=400)
    answered = truth + rng.normal(0, 0.1, 400)
    assert few_rows_decide(of_numbers(truth, answered, name)) is None
    answered[[7, 8]] = 50.0
    seen = of_numbers(truth, answered, name)
    found = few_rows_decide(seen)
    assert found.instead == "mae" and "out of 4 of 400 rows" in found.said
    assert {int(row) for row in seen.tune.ids[[7, 8]]} <= set(found.rows.tolist())


def test_numbers_near_nothing_make_a_relative_error():
    truth = np.r_[np.full(300, 10.0), [1e-9]]
    assert "numbers near 0 make" in few_rows_decide(of_numbers(truth, truth + 1, "mape")).said
    assert few_rows_decide(of_numbers(truth, truth + 1, "mae")) is None


def test_the_first_case_speaks_and_none_where_all_is_well():
    assert "always answering" in misled(of_classes(RARE, np.zeros(100, int), "accuracy")).said
    assert misled(of_classes([0, 1] * 50, [0, 1] * 50, "accuracy")) is None and len(CASES) >= 5
