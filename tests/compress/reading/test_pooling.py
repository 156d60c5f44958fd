"""Do scores become the probabilities and answers that naeum's own decoding gives?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.compress.reading.pooling import cascaded, likely, pooled, ranked
from naeum.contract import Outputs, Task
from naeum.model.around.weights import poolable

SCORES = np.float32([[2.0, -1.0, 0.5], [80.0, -90.0, 0.0], [0.0, 0.0, 0.0]])


@pytest.mark.parametrize(("output", "link"), [("label", "softmax"), ("labels", "sigmoid"), ("number", "identity")])
def test_what_is_averaged_is_what_a_blend_averages(output, link):
    own = Outputs(Task(classes=("a", "b", "c"), output=output), SCORES, link)
    np.testing.assert_allclose(pooled(SCORES, output), poolable(own), rtol=1e-5, atol=1e-5)
    if output != "number":
        np.testing.assert_allclose(likely(SCORES, output), own.probabilities, rtol=1e-6)


@pytest.mark.parametrize("metric", ["accuracy", "mae", "quadratic_kappa"])
def test_classes_in_an_order_are_decided_alike(metric):
    from naeum.compress.export.parts import _answer

    task = Task(classes=("a", "b", "c"), ordered=True, metric=metric)
    card = {"answer": _answer(task)}
    own = Outputs(task, SCORES)
    np.testing.assert_array_equal(ranked(likely(SCORES, "label"), card), own.codes)


def test_a_cascade_asks_the_careful_part_for_unsure_rows_alone():
    asked = []
    said = {"a": [9.0, 0.0], "b": [0.1, 0.0]}

    def careful(rows):
        asked.extend(rows)
        return np.float32([[0.0, 5.0]] * len(rows))

    found = cascaded(lambda rows: np.float32([said[row[0]] for row in rows]), careful, [["a"], ["b"]], 0.9)
    assert asked == [["b"]] and found.argmax(axis=1).tolist() == [0, 1]
