"""Are sets of numbers what Python and numpy say they are?"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naeum import sets

NUMBERS = st.lists(st.integers(-5, 30), max_size=40)


@given(NUMBERS, NUMBERS)
def test_they_are_those_of_python(values, others):
    assert sets.unique(np.array(values, int)).tolist() == sorted(set(values))
    assert sets.isin(np.array(values, int), others).tolist() == [one in others for one in values]
    assert sets.rest(20, np.array(others, int)).tolist() == [at for at in range(20) if at not in others]


@pytest.mark.parametrize("values", [["b", "a", "b"], [0.5, np.nan, 0.5, np.nan], [[2, 1], [1, 3]], [True, False, True]])
def test_of_other_kinds(values):
    np.testing.assert_array_equal(sets.unique(np.array(values)), np.unique(np.array(values)))
    np.testing.assert_array_equal(sets.isin(np.array(values), values[:1]), np.isin(np.array(values), values[:1]))


def test_large_numbers_are_compared_whole():
    ids = np.array([2**63 + 1, 2**63 + 2], np.uint64)
    assert sets.isin(ids, ids[:1]).tolist() == [True, False]
    assert sets.isin(np.array([2**53 + 1]), np.array([2**53], np.uint64)).tolist() == [False]
