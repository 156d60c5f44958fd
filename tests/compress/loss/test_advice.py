"""Does the sentence say what would help?"""

import numpy as np
import pytest

from naeum.compress.loss import compared
from naeum.compress.loss.carried import Carried
from naeum.contract import Outputs, Task
from naeum.testing.data import dataset, make

EVEN = tuple(Carried(f"layer.{at}", 0.1, 30.0, 2.0) for at in range(10))


@pytest.fixture(scope="module")
def data():
    return make(200, classes=2)


def test_a_layer_that_carries_the_noise_is_to_be_kept(answers, data):
    layers = (Carried("layer.5", 0.8, 10.0, 2.0), Carried("", 0.2, 30.0, 1.0))
    found = compared(answers(data), answers(data, range(0, 60)), data, layers=layers)
    assert found.next == "Next: layer.5 carries 80 % of the noise: keep it in float32."
    assert "Most of the noise in the scores comes from layer.5 (80 %)." in found.said


def test_outliers_are_to_be_balanced(answers, data):
    layers = (Carried("layer.5", 0.8, 10.0, 40.0),)
    found = compared(answers(data), answers(data, range(0, 60)), data, layers=layers)
    assert "its activations reach 40 times the usual ones: balance them (smooth), or keep it" in found.next


def test_a_class_that_loses_alone_is_named(answers, data):
    lost = np.flatnonzero(data.target == 1)[:30]
    found = compared(answers(data), answers(data, lost), data, layers=EVEN)
    name = data.task.classes[1]
    assert found.next.startswith(f"Next: rows of {name} lose most: retrain with more weight on them")
    assert f"rows of {name}: 30 worse, 0 better of 100 (100 % of what was lost)." in found.said


def test_long_rows_that_lose_alone_are_named(answers):
    texts = [f"row {at}" if at % 3 else f"a much longer row of words with number {at} at its end" for at in range(150)]
    rows = dataset(texts, [at % 2 for at in range(150)], Task(classes=("a", "b")))
    found = compared(answers(rows), answers(rows, range(0, 90, 3)), rows, layers=EVEN)
    assert found.next.startswith("Next: rows of more than 7 characters lose most: calibrate or retrain it on rows of")


def test_a_loss_that_is_everywhere_is_trained_away(answers, data):
    everywhere = range(0, 200, 5)
    assert compared(answers(data), answers(data, everywhere), data, layers=EVEN).next.startswith(
        "Next: the noise is spread over the layers"
    )
    assert compared(answers(data), answers(data, everywhere), data).next.startswith(
        "Next: the loss is spread over classes and lengths: train the smaller model longer"
    )


def test_confidence_that_moved_is_to_be_calibrated(answers, data):
    right = answers(data, size=4.0)
    found = compared(right, Outputs(data.task, right.scores / 10), data)
    assert found.flips == 0 and found.next.startswith("Next: confidence moved while answers stayed, so calibrate again")
    assert "The calibration error went from 0.0 % to 31.0 %." in found.said


def test_a_loss_within_chance_asks_for_nothing(answers, data):
    found = compared(answers(data), answers(data, (3,)), data)
    assert found.next.startswith("Next: nothing, what was lost is within chance")
