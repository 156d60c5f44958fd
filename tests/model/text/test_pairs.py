"""Are two texts told apart, and compared as the paper does?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.text.pairs import compared, is_pair, sides

TASK = Task(inputs=("premise", "hypothesis"))


@pytest.mark.parametrize(
    "task, pair",
    [
        (TASK, True),
        (Task(), False),
        (Task(inputs=("a", "b", "c")), False),
        (Task(inputs=("a", "b"), kinds=("text", "number")), False),
        (Task(inputs=("a", "b"), kinds=("text", "text")), True),
    ],
)
def test_a_pair_is_two_texts_and_nothing_else(task: Task, pair: bool) -> None:
    assert is_pair(task) is pair


def test_missing_cells_are_empty_and_columns_keep_their_order() -> None:
    rows = pa.table({"hypothesis": ["나", None], "premise": ["가", "다"]})
    assert sides(rows, TASK) == (["가", "다"], ["나", ""])


def test_one_text_is_refused() -> None:
    with pytest.raises(InputError, match="must be given two columns of text; got text; name two with --text"):
        sides(pa.table({"text": ["a"]}), Task())


def test_vectors_are_compared_by_distance_product_and_cosine() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(5, 3)).astype(np.float32), rng.normal(size=(5, 3)).astype(np.float32)
    found = compared(first, second)
    assert found.shape == (5, 13) and found.dtype == np.float32
    cosine = [a @ b / np.linalg.norm(a) / np.linalg.norm(b) for a, b in zip(first, second, strict=True)]
    np.testing.assert_allclose(found[:, -1], cosine, rtol=1e-5)
    np.testing.assert_allclose(found[:, 6:9], abs(first - second), rtol=1e-6)
    assert np.isfinite(compared(np.zeros((1, 3), np.float32), first[:1])).all()
