"""Are the surest wrong answers shown first?"""

import numpy as np
import pytest

from naeum.contract import Outputs
from naeum.diagnose.mistakes import surest_mistakes
from naeum.errors import InputError


def test_surest_first_and_unlabelled_rows_never(rows):
    data = rows([0, 0, 0, 1, -1], start=5)
    chances = np.array([[0.4, 0.6], [0.1, 0.9], [0.8, 0.2], [0.7, 0.3], [0.0001, 0.9999]])
    outputs = Outputs(data.task, np.log(chances).astype(np.float32))
    assert surest_mistakes(outputs, data) == (6, 8, 5)
    assert surest_mistakes(outputs, data, count=1) == (6,)


def test_answers_must_be_of_the_rows(rows, answers):
    with pytest.raises(InputError, match="there must be one answer a row; got 2 answers to 3 rows"):
        surest_mistakes(answers(rows([0, 1])), rows([0, 1, 0]))
