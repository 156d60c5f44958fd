"""Are columns made in code as they are in naeum?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Parts
from naeum.model.table.boosting import Boosting
from naeum.model.table.derived import SORTS, Derived
from naeum.model.table.linear import TableLinear
from naeum.testing.worlds import prices, table
from tests.takeaway.conftest import classes_of
from tests.takeaway.test_table import checked, odd


def with_more(data, seed):
    """The rows with a street of eight, a skewed number and a second date."""
    draw, count = np.random.default_rng(seed), len(data)
    more = {
        "거리": ("category", [f"{at}길" for at in draw.integers(0, 8, count)]),
        "소득": ("number", np.exp(draw.normal(0, 2, count))),
        "끝": ("date", 1.6e9 + 86_400.0 * draw.integers(0, 900, count)),
    }
    rows = data.rows
    for name, (_, cells) in more.items():
        rows = rows.append_column(name, pa.array(cells))
    task = replace(
        data.task, inputs=(*data.task.inputs, *more), kinds=(*data.task.kinds, *(kind for kind, _ in more.values()))
    )
    return replace(data, rows=rows, task=task, key=f"{data.key}/more")


@pytest.mark.parametrize("world", [table, prices])
def test_every_sort_of_made_column_is_made_alike_and_learned_the_same(writing, retrained, world):
    parts = world.parts(60)
    parts = Parts(with_more(parts.fit, 0), with_more(parts.tune, 1))
    made = writing(Derived(TableLinear(c=0.1), SORTS), parts)
    sorts = {name.rpartition("·")[2].rstrip("0123456789") for name in made.predictor.inner.task.inputs if "·" in name}
    assert sorts == {"log", "rank", "means", "counts", "ratio", "difference", "days"}
    truth = classes_of if world is table else lambda data: data.truth.to_pylist()
    again, own = retrained(made.module, parts, truth), made.predictor.predict(parts.tune.rows).scores
    assert np.abs(again - own).max() < 0.02 * max(1, np.abs(own).max())
    checked(made.file)


def test_odd_rows_and_trees_inside(writing):
    made = writing(Derived(Boosting(rounds=25, least_rows=5), ("pairs", "ranks")), table.parts(36), odd(table))
    assert made.card["no_training"] == ""
