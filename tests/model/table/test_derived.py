"""Do made columns say what they should, without telling a row its own target, and does a model learn more by them?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Dataset, Parts, Task
from naeum.errors import InputError
from naeum.model.table.derived import Derived, learned, out_of_folds
from naeum.model.table.encoder import Table
from naeum.model.table.linear import TableLinear
from naeum.testing.data import dataset
from naeum.testing.runs import TinyRun

KINDS = ("number", "number", "category", "date", "date")
NAMES = ("값", "width", "town", "begun", "ended")


def rows(n: int, seed: int, target, **columns) -> Dataset:
    """A table of n rows: a skewed number, another, a town of twenty, two dates."""
    rng = np.random.default_rng(seed)
    cells = {
        "값": rng.lognormal(0, 2, n), "width": rng.normal(5, 1, n), "town": [f"동네{at % 20}" for at in range(n)],
        "begun": rng.uniform(1e9, 1.1e9, n), "ended": rng.uniform(1.2e9, 1.3e9, n), **columns,
    }  # fmt: skip
    plain = dataset([f"{seed} {at}" for at in range(n)], np.asarray(target, np.int64), Task(classes=("아니", "네")))
    table = pa.table({name: pa.array(cells[name]) for name in NAMES})
    task = Task(inputs=NAMES, classes=("아니", "네"), kinds=KINDS)
    return replace(plain, task=task, rows=table, key=f"derived{n}.{seed}")


def made(data: Dataset, *add: str) -> dict[str, np.ndarray]:
    """The made columns of rows that are learned from, out of folds."""
    wanted, weights = (data.target == 1).astype(float)[:, None], np.ones(len(data))
    return out_of_folds(learned(data, add, wanted, weights), data, wanted, weights)


def test_skewed_numbers_alone_get_a_logarithm_and_all_get_ranks():
    data = rows(200, 0, np.arange(200) % 2)
    found = made(data, "logs", "ranks")
    assert set(found) == {"값·log", "값·rank", "width·rank"}
    value = data.rows.column("값").to_numpy()
    assert np.array_equal(np.argsort(found["값·log"]), np.argsort(value))
    assert found["값·rank"].min() == 0 and found["값·rank"].max() == 1
    assert abs(found["값·rank"].mean() - 0.5) < 0.02


def test_pairs_and_spans():
    data = rows(50, 0, np.arange(50) % 2, width=np.where(np.arange(50) < 3, 0.0, 2.0))
    found = made(data, "pairs", "spans")
    assert set(found) == {"값·width·ratio", "값·width·difference", "begun·ended·days"}
    assert np.isnan(found["값·width·ratio"][:3]).all()
    value = data.rows.column("값").to_numpy()
    assert found["값·width·ratio"][3:] == pytest.approx(value[3:] / 2)
    begun, ended = (data.rows.column(name).to_numpy() for name in ("begun", "ended"))
    assert found["begun·ended·days"] == pytest.approx((begun - ended) / 86_400)


def test_a_row_does_not_see_its_own_target():
    rng = np.random.default_rng(0)
    data = rows(400, 0, rng.integers(0, 2, 400), town=[f"동네{at}" for at in rng.integers(0, 130, 400)])
    told = made(data, "means")["town·means0"]
    wanted, weights = (data.target == 1).astype(float)[:, None], np.ones(400)
    peeking = learned(data, ("means",), wanted, weights).columns(Table(data.rows))["town·means0"]
    assert np.corrcoef(peeking, data.target)[0, 1] > 0.4  # targets by chance: a mean with the row in it gives it away
    assert abs(np.corrcoef(told, data.target)[0, 1]) < 0.2


def test_rows_of_one_group_do_not_tell_each_other():
    rng = np.random.default_rng(1)
    each = rng.integers(0, 2, 60)
    target, town = np.repeat(each, 4), [f"동네{at}" for at in np.repeat(np.arange(60), 4)]
    data = rows(240, 0, target, town=town)
    grouped = replace(data, group=np.repeat(np.arange(60), 4))
    assert made(grouped, "means")["town·means0"].std() < 0.07 < made(data, "means")["town·means0"].std()


def test_counts_are_of_fit_and_unknown_categories_have_none():
    data = rows(100, 0, np.arange(100) % 2, town=[f"동네{at % 7}" if at > 9 else "드문" for at in range(100)])
    making = learned(data, ("counts",), np.zeros((100, 1)), np.ones(100))
    new = data.rows.slice(0, 3).set_column(2, "town", pa.array(["드문", "처음 보는 곳", None], pa.string()))
    assert making.columns(Table(new))["town·counts0"] == pytest.approx([np.log(11), 0, 0])


def test_few_categories_speak_for_themselves():
    assert made(rows(60, 0, np.arange(60) % 2, town=["서울", "부산"] * 30), "means", "counts") == {}


def test_a_line_learns_a_ratio_only_where_it_is_made(tmp_path):
    def given(n, seed):
        rng = np.random.default_rng(seed)
        one, other = rng.uniform(1, 9, n), rng.uniform(1, 9, n)
        return rows(n, seed, np.abs(one / other - 1) < 0.5, **{"값": one, "width": other})

    parts = Parts(given(300, 1), given(200, 2))
    right = [
        (learner.fit(parts, TinyRun(tmp_path)).predict(parts.tune.rows).codes == parts.tune.target).mean()
        for learner in (TableLinear(c=1.0, degree=2), Derived(TableLinear(c=1.0, degree=2), ("pairs",)))
    ]
    assert right[1] > right[0] + 0.03


def test_an_unknown_sort_is_refused():
    with pytest.raises(InputError, match=r"add must be some of logs, ranks, .*; got .*log.*; correct its name"):
        Derived(TableLinear(), ("log",))
    with pytest.raises(InputError, match="add must be some of"):
        Derived(TableLinear(), ())
