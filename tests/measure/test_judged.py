"""Which form do rows and answers take?"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from naeum.contract import Outputs, Task
from naeum.errors import InputError
from naeum.measure.judged import judged, row_errors
from naeum.measure.scored import Scored
from naeum.testing.data import make


def test_one_label_a_row_is_right_or_wrong() -> None:
    data = make(4)
    outputs = Outputs(data.task, np.eye(2, dtype=np.float32)[[0, 1, 1, 1]])
    assert isinstance(judged(outputs, data), Scored)
    assert row_errors(outputs, data).tolist() == [0.0, 0.0, 1.0, 0.0]


def test_answers_that_nobody_measures_are_refused() -> None:
    data = dataclasses.replace(make(2), task=Task(output="text"))
    with pytest.raises(InputError, match=r"the answers must be of a kind that is measured: label, .*; got text"):
        judged(Outputs(data.task, np.zeros((2, 1), np.float32)), data)
