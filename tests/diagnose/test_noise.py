"""Are planted wrong labels found, and is their number estimated with an honest interval?"""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.contract import Dataset, Outputs, Task, subset
from naeum.diagnose.noise import agree, find, out_of_fold
from naeum.errors import InputError, NotApplicable


def _data(target, classes=3, group=None):
    n = len(target)
    ids = np.arange(n, dtype=np.uint64) + 7
    return Dataset(
        Task(classes=tuple("가나다라마"[:classes])), pa.table({"text": [str(row) for row in range(n)]}), ids,
        np.asarray(target, np.int64), np.ones(n, np.float32), "k", np.arange(n) if group is None else np.asarray(group),
        np.zeros(n, np.uint8), ids,
    )  # fmt: skip


def _plainly(chances, given):
    """Confident learning written down again, row by row, from the paper's equations 1 to 3."""
    classes = chances.shape[1]
    limits = [np.mean([chances[row][k] for row in range(len(given)) if given[row] == k]) for k in range(classes)]
    counts, suspects = np.zeros((classes, classes)), {}
    for row, label in enumerate(given):
        reached = [k for k in range(classes) if chances[row][k] >= limits[k]]
        if reached:
            best = max(reached, key=lambda k: chances[row][k])
            counts[label][best] += 1
            if best != label:
                suspects[row] = best
    scaled = np.zeros((classes, classes))
    for label in range(classes):
        scaled[label] = counts[label] / counts[label].sum() * sum(each == label for each in given)
    joint = scaled / scaled.sum()
    order = sorted(
        suspects,
        key=lambda row: chances[row][given[row]] - max(chances[row][k] for k in range(classes) if k != given[row]),
    )
    return joint, order, [suspects[row] for row in order]


def _blobs(seed, rows=1500, flips=0.2, spread=0.75):
    """Three clouds in four dimensions, some labels moved to another class: features, given labels, where flipped."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(3, size=rows)
    centres = 2.4 * np.eye(3, 4)
    features = centres[truth] + rng.normal(0, spread, (rows, 4))
    flipped = rng.random(rows) < flips
    given_labels = np.where(flipped, (truth + rng.integers(1, 3, size=rows)) % 3, truth)
    return features, given_labels, flipped


def _out_of_fold(model, features, data):
    """Out-of-fold probabilities of a scikit-learn model; a row's features stand at its id."""

    def fit_predict(learn, held):
        at = (learn.ids - 7).astype(int)
        fitted = model().fit(features[at], learn.target)
        chances = fitted.predict_proba(features[(held.ids - 7).astype(int)])
        return Outputs(data.task, np.log(np.clip(chances, 1e-9, 1)).astype(np.float32))

    return out_of_fold(fit_predict, data)


@given(st.integers(0, 10_000), st.floats(0.05, 0.4))
@settings(max_examples=20, deadline=None)
def test_equals_a_plain_implementation(seed, flips):
    rng = np.random.default_rng(seed)
    given_labels = rng.integers(3, size=90)
    truth = np.where(rng.random(90) < flips, rng.integers(3, size=90), given_labels)
    chances = rng.dirichlet(np.ones(3), size=90) + 1.5 * np.eye(3)[truth]
    chances /= chances.sum(axis=1, keepdims=True)
    got = find(chances, _data(given_labels))
    joint, order, suggested = _plainly(chances, given_labels)
    assert got.joint == pytest.approx(joint)
    assert got.suspects.tolist() == order and got.suggested.tolist() == suggested
    assert got.rate == pytest.approx(1 - joint.trace())


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_order_of_rows_and_names_of_classes_do_not_matter(seed):
    rng = np.random.default_rng(seed)
    labels, chances = rng.integers(3, size=80), rng.dirichlet(np.ones(3), size=80)
    data = _data(labels)
    one = find(chances, data)
    turn = rng.permutation(80)
    other = find(chances[turn], subset(data, turn, "turned"))
    renamed = find(chances[:, [2, 0, 1]], _data(np.array([1, 2, 0])[labels]))
    for each in (other, renamed):
        assert each.ids[each.suspects].tolist() == one.ids[one.suspects].tolist()
        assert each.rate == pytest.approx(one.rate)
    assert 0 <= one.low <= one.rate <= one.high <= 1
    assert one.joint.sum() == pytest.approx(1)


def test_sure_and_right_learners_suspect_nobody():
    labels = np.arange(60) % 3
    got = find(np.eye(3)[labels], _data(labels))
    assert got.rate == 0 and len(got.suspects) == 0


@pytest.mark.parametrize("flips, recall", [(0.05, 0.6), (0.2, 0.7)])
def test_planted_flips_are_found_by_two_unlike_learners(flips, recall):
    """Over three seeds: precision 0.97–1.00, recall 0.64–0.81 at 5 % and 0.76–0.78 at 20 %, rate within 0.009."""
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier

    features, labels, flipped = _blobs(0, flips=flips)
    data = _data(labels)
    linear = find(_out_of_fold(lambda: LogisticRegression(), features, data), data)
    nearest = find(_out_of_fold(lambda: KNeighborsClassifier(25), features, data), data)
    both = agree(linear, nearest)
    found, either = (np.isin(data.ids, each.ids[each.suspects]) for each in (both, nearest))
    assert (found & flipped).sum() / found.sum() >= 0.95
    assert (found & flipped).sum() / flipped.sum() >= recall
    assert (found & ~flipped).sum() <= (either & ~flipped).sum()
    assert both.low <= flipped.mean() <= both.high and abs(both.rate - flipped.mean()) < 0.02


def test_agreeing_learners_must_have_judged_the_same_rows():
    labels = np.arange(60) % 3
    one, other = (find(np.eye(3)[part], _data(part)) for part in (labels, labels[:30]))
    with pytest.raises(InputError, match="both learners must judge the same rows; got 60 and 30"):
        agree(one, other)


def test_a_row_two_learners_see_differently_is_no_suspect():
    labels = np.arange(60) % 3
    first, second = np.eye(3)[labels] * 0.9 + 0.05, np.eye(3)[labels] * 0.9 + 0.05
    first[0], second[0], first[1], second[1] = [0, 1, 0], [0, 0, 1], [0, 0, 1], [0, 0, 1]
    data = _data(labels)
    both = agree(find(first, data), find(second, data))
    assert both.ids[both.suspects].tolist() == [8] and both.suggested.tolist() == [2]
    assert both.listed(data.task.classes) == [{"id": 8, "label": "나", "suggested": "다", "score": 0.0}]


def test_tiny_classes_and_unlabelled_rows_are_not_judged():
    labels = np.array([0, 1] * 20 + [2, 2, -1])
    chances = np.full((43, 3), 1 / 3)
    assert len(find(chances, _data(labels))) == 40
    with pytest.raises(NotApplicable, match="label noise needs two classes with 5 rows each"):
        find(chances[:8], _data(np.arange(8) % 3))


def test_probabilities_must_be_one_line_a_row():
    with pytest.raises(InputError, match=r"probabilities must be \(6, 3\); got \(5, 3\)"):
        find(np.ones((5, 3)), _data(np.arange(6) % 3))
