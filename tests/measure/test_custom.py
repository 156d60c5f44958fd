"""Does a user's own function work as a metric, and is a wrong one refused in one sentence?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.measure import bootstrap, metric, paired

OWN = """
from __future__ import annotations
from dataclasses import dataclass

@dataclass
class Price:
    wrong: float = 2.0

def price(y_true, y_pred):
    return Price().wrong * sum(a != b for a, b in zip(y_true, y_pred)) / len(y_true)
price.higher_is_better = False

def sureness(y_true, probabilities, classes):
    return sum(row[classes.index(name)] for name, row in zip(y_true, probabilities)) / len(y_true)

def weighed(y_true, y_pred, sample_weight=None):
    return ((y_true == y_pred) * sample_weight).sum() / sample_weight.sum()

def broken(y_true, y_pred):
    raise ValueError("no")

def alone(y_true):
    return 1.0
"""


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "내것.py"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_labels_and_sign(own, answered):
    given = answered([0, 1, 1, 1], [[1, 0], [1, 0], [0, 1], [0, 1]])
    one = metric(f"{own}:price")
    assert one.score(*given) == 0.5
    assert one.sign == -1 and one.needs == "labels" and one.perfect == 0.0


def test_probabilities_and_class_names(own, answered):
    given = answered([0, 1], [[0.5, 0.5], [0.25, 0.75]])
    one = metric(f"{own}:sureness")
    assert one.score(*given) == pytest.approx(0.625)
    assert one.needs == "probabilities"


def test_weights_reach_a_function_that_takes_them_and_no_other(own, answered):
    given = answered([0, 1], [[1, 0], [1, 0]], weight=[3, 1])
    assert metric(f"{own}:weighed").score(*given) == 0.75
    assert metric(f"{own}:price").score(*given) == 1.0


def test_intervals_resample_whole_rows(own, made):
    outputs, dataset = made(80, 3)
    mine = bootstrap(metric(f"{own}:price"), outputs, dataset, seed=1)
    ours = bootstrap(metric("accuracy"), outputs, dataset, seed=1, resamples=200)
    assert mine.resamples == 200
    assert (mine.low, mine.value, mine.high) == pytest.approx(
        tuple(2 * (1 - x) for x in (ours.high, ours.value, ours.low))
    )
    worse = made(80, 3, skill=0.2)[0]
    assert paired(metric(f"{own}:price"), outputs, worse, dataset, seed=0).gain > 0
    assert np.isfinite(mine.low)


@pytest.mark.parametrize(
    "name, message",
    [
        ("{own}:missing", "must have a function missing; got none"),
        ("{own}:alone", r"must take \(y_true, y_pred\) or .* it takes 1 arguments"),
        ("{own}", "named as file.py:function"),
        ("{folder}/no.py:score", "file must exist; got .*no.py"),
        ("{folder}/bad.py:score", "file must run; .* raised ZeroDivisionError"),
        ("{folder}/a.pyx:score", "file must be Python"),
    ],
)
def test_what_is_no_metric_is_refused(own, name, message):
    (own.parent / "bad.py").write_text("1 / 0")
    (own.parent / "a.pyx").write_text("")
    with pytest.raises(InputError, match=message):
        metric(name.format(own=own, folder=own.parent))


def test_a_function_that_raises_is_named(own, answered):
    with pytest.raises(InputError, match="must give one number; it raised ValueError: no"):
        metric(f"{own}:broken").score(*answered([0], [[1, 0]]))


def test_numbers_and_sets_of_labels_are_given_as_the_user_wrote_them(tmp_path):
    import dataclasses

    import pyarrow as pa

    from naeum.contract import Outputs, Task
    from naeum.testing.data import make

    path = tmp_path / "own.py"
    path.write_text(
        "def far(y_true, y_pred):\n    return max(abs(y_true - y_pred))\n"
        "def both(y_true, y_pred):\n    return sum(set(a) == set(b) for a, b in zip(y_true, y_pred)) / len(y_true)\n"
        "def told(y_true, probabilities, classes):\n    return float(probabilities.sum()) if classes else 0.0\n",
        encoding="utf-8",
    )
    number = dataclasses.replace(
        make(2), task=Task(output="number"), target=np.zeros(2, np.int64), truth=pa.chunked_array([[1.0, 5.0]])
    )
    assert metric(f"{path}:far").score(Outputs(number.task, np.float32([[2], [9]]), "identity"), number) == 4.0
    with pytest.raises(InputError, match=r"a metric of number must take \(y_true, y_pred\); own.py:told takes"):
        metric(f"{path}:told").score(Outputs(number.task, np.float32([[2], [9]]), "identity"), number)
    task = Task(output="labels", classes=("가", "나"))
    truth = pa.chunked_array([pa.array([[0], [0, 1]], pa.list_(pa.int32()))])
    sets = dataclasses.replace(make(2), task=task, target=np.zeros(2, np.int64), truth=truth)
    outputs = Outputs(task, np.float32([[3, -3], [3, -3]]), "sigmoid")
    assert metric(f"{path}:both").score(outputs, sets) == 0.5


def test_a_metric_that_gives_no_number_is_named(own, answered):
    own.write_text("def word(y_true, y_pred):\n    return 'gut'\n", encoding="utf-8")
    with pytest.raises(InputError, match="must give one number; it gave str"):
        metric(f"{own}:word").score(*answered([0], [[1, 0]]))
