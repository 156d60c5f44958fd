"""Are wrong settings refused in one sentence, and right ones kept as JSON?"""

from __future__ import annotations

import pytest

from naeum import values
from naeum.errors import InputError
from naeum.train.recipe import Course, Objective, Optimization

KINDS = {one.kind: one for one in (Course, Objective, Optimization)}


@pytest.mark.parametrize("value", [Optimization(epochs=0.5, course=Course(seed=3)), Objective(loss="focal"), Course()])
def test_values_come_back_from_json(value) -> None:
    assert values.from_json(values.to_json(value), KINDS) == value


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda: Optimization(schedule="lin"), "schedule must be one of linear, cosine, step, constant; got 'lin'"),
        (lambda: Optimization(optimizer="lion"), "optimizer must be one of adamw, sgd, adafactor; got 'lion'"),
        (lambda: Optimization(epochs=0), "epochs, learning_rate and batch_size must be positive; got 0, "),
        (lambda: Optimization(warmup=1.0), r"warmup must be in \[0, 1\), .* got 1.0, "),
        (lambda: Objective(loss="hinge"), "loss must be one of cross_entropy, focal, asymmetric, squared, huber; got"),
        (lambda: Objective(class_weight="yes"), "class_weight must be one of none, balanced; got 'yes'"),
        (lambda: Objective(label_smoothing=1.0), r"label_smoothing must be in \[0, 1\), .* got 1.0"),
        (lambda: Course(average=1.0), "average must be at least 0 and below 1; got 1.0"),
        (lambda: Course(looks=0), "looks at least 1; got 0.0, 1.0 and 0"),
    ],
)
def test_wrong_settings_are_refused(make, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make()
