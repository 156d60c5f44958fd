"""Does every row come once an epoch, with rows of its own length, in an order that seed and epoch decide?"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.train.order import batches, split, steps_per_epoch

lengths_of = st.lists(st.integers(1, 90), min_size=1, max_size=300).map(lambda x: np.array(x, np.int64))


@settings(deadline=None, max_examples=40)
@given(lengths_of, st.integers(1, 40), st.integers(0, 9), st.integers(0, 3))
def test_every_row_comes_once(lengths: np.ndarray, batch_size: int, seed: int, epoch: int) -> None:
    found = batches(lengths, batch_size, seed, epoch)
    assert len(found) == steps_per_epoch(len(lengths), batch_size)
    assert sorted(np.concatenate(found).tolist()) == list(range(len(lengths)))
    assert max(map(len, found)) <= batch_size


def test_seed_and_epoch_alone_decide_the_order() -> None:
    lengths = np.random.default_rng(0).integers(1, 50, 200)

    def order(seed: int, epoch: int) -> list[list[int]]:
        return [batch.tolist() for batch in batches(lengths, 16, seed, epoch)]

    assert order(1, 2) == order(1, 2)
    assert order(1, 2) != order(1, 3)
    assert order(1, 2) != order(2, 2)


def test_little_is_padded() -> None:
    lengths = np.random.default_rng(0).geometric(0.05, 4000)
    found = batches(lengths, 16, 0, 0)
    padded = sum(int(lengths[batch].max()) * len(batch) for batch in found)
    assert padded < 1.1 * lengths.sum()


@settings(deadline=None, max_examples=40)
@given(lengths_of, st.integers(1, 500))
def test_parts_keep_to_their_tokens_and_to_the_order(lengths: np.ndarray, most: int) -> None:
    rows = np.arange(len(lengths))[::-1]
    parts = split(rows, lengths, most)
    assert np.concatenate(parts).tolist() == rows.tolist()
    assert all(len(part) == 1 or len(part) * lengths[part].max() <= most for part in parts)
