"""Do rows count for the class they seem to be of, and does no learner judge what it saw?"""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.contract import Dataset, Outputs, Task
from naeum.errors import InputError, NotApplicable
from naeum.measure.noise import fold_of, judge, out_of_fold


def _data(target, classes=3, group=None):
    n = len(target)
    ids = np.arange(n, dtype=np.uint64) + 7
    return Dataset(
        Task(classes=tuple("가나다라마"[:classes])), pa.table({"text": [str(row) for row in range(n)]}), ids,
        np.asarray(target, np.int64), np.ones(n, np.float32), "k", np.arange(n) if group is None else np.asarray(group),
        np.zeros(n, np.uint8), ids,
    )  # fmt: skip


def test_a_row_counts_for_the_likeliest_class_that_reaches_its_average():
    labels = np.array([0] * 5 + [1] * 5 + [-1, 2])
    chances = np.tile([0.8, 0.2, 0.0], (12, 1))
    chances[5:] = [0.3, 0.7, 0.0]
    chances[0] = [0.1, 0.9, 0.0]  # class 0 needs (4 * 0.8 + 0.1) / 5 = 0.66, class 1 needs 0.7
    chances[1] = [0.5, 0.5, 0.0]
    found = judge(chances, _data(labels))
    assert found.rows.tolist() == list(range(10))  # neither the unlabelled row nor the class of one
    assert found.assigned.tolist() == [1, -1, 0, 0, 0, 1, 1, 1, 1, 1]
    assert found.margin == pytest.approx([-0.8, 0, 0.6, 0.6, 0.6] + [0.4] * 5, abs=1e-6)


def test_what_cannot_be_judged_is_refused():
    with pytest.raises(InputError, match=r"probabilities must be \(6, 3\); got \(5, 3\)"):
        judge(np.ones((5, 3)), _data(np.arange(6) % 3))
    with pytest.raises(NotApplicable, match="label noise needs two classes with 5 rows each"):
        judge(np.ones((8, 3)), _data(np.arange(8) % 3))


@given(st.integers(0, 1000), st.integers(1, 5))
@settings(max_examples=25, deadline=None)
def test_folds_keep_groups_whole_and_classes_even(seed, group_size):
    rng = np.random.default_rng(seed)
    group = np.arange(300) // group_size
    labels = rng.choice(3, p=[0.6, 0.3, 0.1], size=300)[group]
    data = _data(labels, group=group)
    places = fold_of(data, seed=seed)
    assert all(len(set(places[group == each])) == 1 for each in set(group))
    table = np.stack([np.bincount(places[labels == label], minlength=5) for label in range(3)])
    assert (table.max(axis=1) - table.min(axis=1)).max() <= group_size
    assert (places == fold_of(data, seed=seed)).all()


def test_nobody_is_answered_by_a_learner_that_saw_the_group():
    group = np.repeat(np.arange(20), 2)
    data = _data(np.where(np.arange(40) < 36, group % 3, -1), group=group)

    def fit_predict(learn, held):
        assert not set(learn.group) & set(held.group[held.target >= 0]) and (learn.target >= 0).all()
        return Outputs(data.task, np.zeros((len(held), 3), np.float32))

    assert out_of_fold(fit_predict, data).sum(axis=1) == pytest.approx(np.ones(40))


def test_folds_need_groups():
    with pytest.raises(InputError, match="there must be two folds or more, and a group for each; got 5 for 2 groups"):
        fold_of(_data([0, 1, 0], group=[0, 1, 1]))
