"""Does a network learn tables: classes, numbers, several labels, gaps and dates, and come back from arrays?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from naeum import extras
from naeum.contract import Parts, Task, subset
from naeum.errors import InputError
from naeum.measure.judged import row_errors
from naeum.model.claims import claims
from naeum.model.floor import Majority
from naeum.model.table.network import FittedTableNetwork, TableNetwork
from naeum.model.table.perceptron import Perceptron
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import prices, table
from naeum.train import cost
from naeum.train.recipe import Optimization

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

QUICK = TableNetwork(Perceptron(32, dropout=0.0), Optimization(epochs=20.0, learning_rate=1e-2, batch_size=16))


@pytest.mark.parametrize("world", [table, prices])
@pytest.mark.parametrize("pieces", [0, 8])
def test_classes_and_numbers_are_learned_and_stored(world, pieces: int, tmp_path) -> None:
    given = world.parts(150)
    fitted = replace(QUICK, pieces=pieces).fit(given, TinyRun(tmp_path))
    outputs = fitted.predict(given.tune.rows)
    floor = Majority().fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    assert row_errors(outputs, given.tune).mean() < 0.6 * row_errors(floor, given.tune).mean()
    back = FittedTableNetwork.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, outputs.scores)
    assert back.history == fitted.history
    assert fitted.features(given.tune.rows).shape == (len(given.tune), 32)


def test_a_bend_is_seen_sharper_in_pieces(tmp_path) -> None:
    import pyarrow as pa

    given = prices.parts(60)
    rng = np.random.default_rng(0)
    rows = rng.uniform(0, 1, 600)
    truth = np.where((rows * 10).astype(int) % 2 == 0, 1.0, -1.0)  # ten teeth of a saw
    task = Task(inputs=("x",), target="y", metric="r2", output="number", kinds=("number",))
    whole = replace(
        subset(given.fit, np.zeros(600, np.int64), "saw"), task=task, rows=pa.table({"x": rows}),
        truth=pa.chunked_array([pa.array(truth)]), ids=np.arange(600, dtype=np.uint64),
    )  # fmt: skip
    parts = Parts(subset(whole, np.arange(450), "fit"), subset(whole, np.arange(450, 600), "tune"))
    away = []
    for pieces in (0, 16):
        told = replace(QUICK, pieces=pieces).fit(parts, TinyRun(tmp_path)).predict(parts.tune.rows)
        away.append(np.abs(told.scores[:, 0] - truth[450:]).mean())
    assert away[1] < 0.6 * away[0]


def test_only_tables_are_claimed_and_the_time_is_foreseen(tmp_path) -> None:
    run, given = TinyRun(tmp_path), table.parts(48)
    assert claims(QUICK, given.fit.task) and not claims(QUICK, Task())
    assert 0 < cost.estimate(QUICK, given, run) < 120
    assert QUICK.nominal(2000, 1.0, run.policy) == pytest.approx(2 * QUICK.nominal(1000, 1.0, run.policy))


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match="pieces and patience must be at least 0; got -1 and 16"):
        TableNetwork(pieces=-1)
    with pytest.raises(InputError, match="target must be one of none, log; got 'root'"):
        TableNetwork(target="root")
