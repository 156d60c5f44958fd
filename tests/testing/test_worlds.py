"""Can every world be learned, and is it one of its kind?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.testing.worlds import WORLDS, world


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_has_rows_to_fit_and_to_tune_of_one_task(name: str) -> None:
    given = world(name).parts(48)
    assert len(given.fit) == 48
    assert len(given.tune) == 16
    assert given.fit.task == given.tune.task
    assert not np.isin(given.fit.ids, given.tune.ids).any()
    assert given.fit.rows.column_names == list(given.fit.task.inputs)
    assert (given.fit.truth is None) == (given.fit.task.output == "label")


@pytest.mark.parametrize("name", WORLDS)
def test_another_seed_makes_other_rows_and_the_same_seed_the_same(name: str) -> None:
    one, again, other = (world(name).parts(12, seed=seed).fit for seed in (1, 1, 2))
    assert one.key == again.key
    assert one.rows.equals(again.rows)
    assert not one.rows.equals(other.rows)


@pytest.mark.parametrize("name", WORLDS)
def test_odd_rows_have_the_columns_of_the_others(name: str) -> None:
    here = world(name)
    assert here.odd().schema.equals(here.parts(6).fit.rows.schema)
    assert len(here.odd()) > 0
