"""Are rows laid into batches of like lengths, each once, none too large?"""

import numpy as np

from naeum.compress.reading.small import AT_ONCE, laid


def test_every_unit_of_every_row_lies_in_one_batch():
    lengths = np.random.default_rng(0).integers(1, 900, 70)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    seen, rows = [], []
    for where, at, there in laid(offsets):
        assert there.size <= AT_ONCE
        assert there.sum(1).tolist() == lengths[where].tolist()
        seen += at[there].tolist()
        rows += where
    assert sorted(seen) == list(range(offsets[-1])) and sorted(rows) == list(range(70))


def test_a_row_longer_than_a_batch_stands_alone():
    assert [where for where, _, _ in laid(np.array([0, 2 * AT_ONCE, 2 * AT_ONCE + 1]))] == [[0], [1]]
