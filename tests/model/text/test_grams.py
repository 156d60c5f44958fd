"""Are runs of symbols found, counted and pruned as a slow count finds them?"""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.model.text.grams import Stream, learn, most_frequent

ROWS = st.lists(st.lists(st.integers(0, 3), max_size=8), min_size=1, max_size=8)


def stream(rows: list[list[int]]) -> Stream:
    codes = np.array([code for row in rows for code in row], np.int64)
    return Stream(codes, np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64))


def slow(rows: list[list[int]], low: int, high: int) -> list[Counter[tuple[int, ...]]]:
    return [
        Counter(tuple(row[at : at + n]) for n in range(low, high + 1) for at in range(len(row) - n + 1)) for row in rows
    ]


@settings(max_examples=60, deadline=None)
@given(ROWS, st.integers(1, 2), st.integers(1, 3))
def test_counts_equal_a_slow_count(rows: list[list[int]], low: int, least: int) -> None:
    grams, frequency, known = learn(stream(rows), 4, (low, 3), least)
    renamed = {int(code): new for new, code in enumerate(known)}
    wanted = slow(rows, low, 3)
    rows_with = Counter(run for row in wanted for run in row)
    frequent = {run: count for run, count in rows_with.items() if count >= least}
    spelled = [tuple(int(known[code]) for code in run) for run in grams.spelled()]
    assert dict(zip(spelled, frequency.tolist(), strict=True)) == frequent
    codes = stream([[renamed.get(code, -1) for code in row] for row in rows])
    row, number = grams.occurrences(codes)
    found = Counter((int(r), spelled[n]) for r, n in zip(row, number, strict=True))
    assert found == {(at, run): n for at, one in enumerate(wanted) for run, n in one.items() if run in frequent}


def test_the_most_frequent_runs_are_kept_with_all_that_is_inside_them() -> None:
    rows = [[0, 1, 2], [0, 1, 2], [0, 1], [3]]
    grams, frequency, _ = learn(stream(rows), 4, (1, 3), 1)
    (keep,) = most_frequent([frequency], 4)
    slim, symbols = grams.kept(keep)
    spelled = [tuple(int(symbols[code]) for code in run) for run in slim.spelled()]
    assert spelled == [(0,), (1,), (2,), (0, 1)]
    _, number = slim.occurrences(stream([[0, 1, 2]]))
    assert [spelled[one] for one in number] == spelled


@pytest.mark.parametrize("rows", [[[]], [[], [5], []], [[-1, -1]]])
def test_rows_without_known_symbols_have_no_runs(rows: list[list[int]]) -> None:
    grams, _, _ = learn(stream([[0, 1], [0, 1]]), 2, (1, 2), 2)
    hidden = [[-1 if code > 1 else code for code in row] for row in rows]
    assert len(grams.occurrences(stream(hidden))[0]) == 0
