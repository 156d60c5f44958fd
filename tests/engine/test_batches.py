"""Are batches complete, within budget, of like lengths, and repeatable?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naeum.engine.batches import by_tokens
from naeum.errors import InputError

LENGTHS = st.lists(st.integers(0, 200), max_size=60).map(lambda some: np.array(some, np.int64))


@given(LENGTHS, st.integers(1, 500), st.one_of(st.none(), st.integers(0, 9)))
def test_every_row_once_and_within_budget(lengths, budget, seed):
    batches = by_tokens(lengths, budget, None if seed is None else np.random.default_rng(seed))
    assert sorted(np.concatenate(batches).tolist() if batches else []) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * lengths[batch].max() <= budget


@given(LENGTHS, st.integers(1, 500))
def test_no_row_is_longer_than_those_of_the_batch_before(lengths, budget):
    batches = by_tokens(lengths, budget)
    for before, after in pairwise(batches):
        assert lengths[before].min() >= lengths[after].max()


def test_hardly_any_padding_on_ragged_rows():
    lengths = np.random.default_rng(0).lognormal(3, 0.6, 2000).astype(np.int64) + 2
    padded = sum(len(batch) * lengths[batch].max() for batch in by_tokens(lengths, 1024))
    assert padded / lengths.sum() < 1.1


def test_shuffling_changes_batches_and_is_repeatable():
    lengths = np.arange(100) % 7 + 1
    first, again, other = (by_tokens(lengths, 20, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert all(np.array_equal(one, two) for one, two in zip(first, again, strict=True))
    assert not all(np.array_equal(one, two) for one, two in zip(first, other, strict=True))


def test_budget_must_hold_a_token():
    with pytest.raises(InputError, match="a budget must be at least one token; got 0"):
        by_tokens(np.array([1]), 0)
