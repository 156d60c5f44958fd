"""Can the truth of the tables be read from their columns, and are their odd rows odd?"""

import numpy as np

from naeum.contract import Task
from naeum.testing.worlds import prices, table


def test_columns_are_of_their_kinds_and_some_cells_are_missing():
    for world in (table, prices):
        given = world.parts(200)
        assert [str(kind) for kind in given.fit.rows.schema.types] == ["double", "double", "string", "double", "string"]
        assert given.fit.rows["나이"].null_count and not given.fit.rows["요금"].null_count
        assert set(given.fit.task.columns.values()) == {"number", "category", "date", "text"} != {*Task().kinds}
        assert world.odd().schema == given.fit.rows.schema and world.odd()["town"].null_count


def test_fee_and_town_say_the_class():
    tune = table.parts(300).tune
    dear = tune.rows["요금"].to_numpy() > 70
    south = np.isin(tune.rows["town"].to_pylist(), table.SOUTH)
    assert np.mean(np.where(dear, 0, np.where(south, 1, 2)) == tune.target) > 0.99


def test_fee_and_town_say_the_number_and_seeds_repeat():
    tune = prices.parts(300).tune
    said = prices.SLOPE * tune.rows["요금"].to_numpy() + prices.SOUTH * np.isin(
        tune.rows["town"].to_pylist(), table.SOUTH
    )
    assert np.std(said - tune.truth.to_numpy()) < 1.5 * prices.NOISE
    assert prices.parts(9).fit.rows.equals(prices.parts(9).fit.rows)
    assert not prices.parts(9).fit.rows.equals(prices.parts(9, seed=1).fit.rows)
