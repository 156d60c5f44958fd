"""Is the regime the one that the sizes ask for?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import read
from naeum.data.plan import Plan


def plan(count: int, least: int = 100, folds: bool = False, settled: bool = False) -> Plan:
    labels = ["rare" if at < least else f"c{at % 2}" for at in range(count)]
    table = pa.table(
        {"text": [f"문장 {at}" for at in range(count)], "label": labels, "fold": [at % 4 for at in range(count)]}
    )
    data = read(table, text="text", target="label", **({"folds": "fold"} if folds else {}))
    rows = np.arange(count)
    return Plan(data, rows, rows, data.dataset.ids.view(np.int64), 0, settled)


@pytest.mark.parametrize(
    "count, least, valid, test, regime",
    [
        (499, 100, False, False, "nested"),
        (499, 100, False, True, "folds"),
        (499, 100, True, False, "parts"),
        (500, 100, False, False, "folds"),
        (4_999, 100, False, False, "folds"),
        (5_000, 100, False, False, "parts"),
        (5_000, 19, False, False, "folds"),
        (5_000, 20, False, False, "parts"),
        (20_000, 5, False, False, "parts"),
    ],
)
def test_regime(count, least, valid, test, regime):
    assert plan(count, least).regime(valid, test) == regime


def test_folds_of_the_user_win_over_sizes_but_not_over_a_given_validation_file():
    assert plan(6_000, folds=True).regime(False, False) == "folds"
    assert plan(6_000, folds=True).regime(True, False) == "parts"
    assert plan(400, folds=True).notes("folds") == [
        "the folds are those of the folds column; no test part is cut from them (give one with --test)"
    ]


def test_the_reason_for_folds_is_said():
    assert plan(700).notes("folds") == ["700 labelled rows (under 5000): tune and select are 5 folds"]
    assert plan(6_000, 5).notes("folds") == ["6000 labelled rows (a class of under 20): tune and select are 5 folds"]
    assert plan(6_000).notes("parts") == []


def test_a_settled_test_part_is_not_cut():
    assert plan(600, settled=True).in_folds("folds").test is None
    assert len(plan(600).in_folds("folds").test) == 120
    assert plan(6_000, settled=True).in_parts(None).test is None
