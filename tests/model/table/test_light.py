"""Do our arrays say what LightGBM itself says, of gaps, categories and several classes too?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum import extras
from naeum.contract import Policy
from naeum.measure.judged import row_errors
from naeum.model.floor import Majority
from naeum.model.table.cases import Problem
from naeum.model.table.encoder import Encoder
from naeum.model.table.fitted import FittedTrees
from naeum.model.table.light import LightBoosting, LightlyGrown
from naeum.model.table.trees import joined
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import prices, table

if not extras.there("lightgbm"):
    pytest.skip("lightgbm is not installed", allow_module_level=True)

QUICK = LightBoosting(rounds=40, learning_rate=0.2, leaves=8, least_rows=3)


class Coded(Encoder):
    """An encoder whose last column holds codes."""

    @property
    def codes(self) -> tuple[int, ...]:
        return (3,)


def rows(seed: int, n: int = 400, gaps: bool = True) -> np.ndarray:
    rng = np.random.default_rng(seed)
    matrix = np.column_stack([rng.normal(size=(n, 3)), rng.integers(0, 30, n)]).astype(np.float64)
    matrix[rng.random((n, 4)) < (0.15 if gaps else 0.0)] = np.nan
    return matrix


def truth(matrix: np.ndarray) -> np.ndarray:
    known = np.nan_to_num(matrix)
    return known[:, 0] + np.abs(known[:, 1]) + (known[:, 3] % 3) - np.isnan(matrix[:, 2])


@pytest.mark.parametrize("classes", [0, 2, 4])
@pytest.mark.parametrize("gaps", [True, False])
def test_the_sum_of_our_trees_is_its_raw_score(classes: int, gaps: bool, tmp_path) -> None:
    matrix, new = rows(0, gaps=gaps), rows(1)  # gaps in new rows where fit saw none
    values = truth(matrix)
    if classes:
        values = np.digitize(values, np.quantile(values, np.linspace(0, 1, classes + 1)[1:-1])).astype(np.float64)
    weights = np.random.default_rng(2).uniform(0.5, 2.0, len(matrix))
    problem = Problem(values, np.arange(len(matrix)), weights, np.arange(classes))
    run = TinyRun(tmp_path, policy=Policy(threads=1))
    grown = LightlyGrown(QUICK, problem, matrix, Coded(table.parts(6).fit.task, True), run)
    trees = joined([*grown.more(15, None), *grown.more(10, None)])
    width = max(classes, 1)
    ours = trees.answer(new, width) + (grown.start(width, None) if classes else 0.0)
    theirs = grown.model.predict(new, raw_score=True)
    np.testing.assert_allclose(ours if classes > 2 else ours[:, -1], theirs, atol=1e-9)
    assert len(trees.sets) > 0  # categories were split by
    assert np.std(theirs) > 0.1


@pytest.mark.parametrize("world", [table, prices])
def test_tables_are_learned_and_come_back_from_arrays(world, tmp_path) -> None:
    given = world.parts(300)
    fitted = QUICK.fit(given, TinyRun(tmp_path))
    outputs = fitted.predict(given.tune.rows)
    floor = Majority().fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    assert row_errors(outputs, given.tune).mean() < 0.6 * row_errors(floor, given.tune).mean()
    back = FittedTrees.restore(given.fit.task, fitted.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, outputs.scores)
    decided = fitted.decided(QUICK)
    assert decided.kind == "light_boosting" and decided.patience == 0 and decided.rounds <= QUICK.rounds


def test_where_nothing_can_be_split_trees_say_nothing(tmp_path) -> None:
    matrix = np.zeros((30, 4))
    problem = Problem(np.arange(30.0), np.arange(30), np.ones(30), np.empty(0, np.int64))
    encoder = Encoder(table.parts(6).fit.task, True, {"town": ()}, {f"{at}.width": np.ones(1) for at in range(9)})
    grown = LightlyGrown(QUICK, problem, matrix, Coded(encoder.task, True), TinyRun(tmp_path))
    trees = grown.more(5, None)
    assert len(trees) == 5
    np.testing.assert_allclose(joined(trees).answer(matrix[:2], 1)[:, 0], 14.5, atol=1e-6)
