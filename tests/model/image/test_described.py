"""Do trees learn from what images look like, and from the columns beside them?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Parts, Task
from naeum.errors import InputError
from naeum.model.floor import Majority
from naeum.model.image.described import DescribedImages, Describing, described_rows, described_task
from naeum.model.table.boosting import Boosting
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import images as world

TREES = Boosting(rounds=50, least_rows=3)
MIXED = Task(("사진", "price"), "모양", world.CLASSES, kinds=("image", "number"))


def mixed(data, noise=0.0):
    from dataclasses import replace

    prices = np.where(np.arange(len(data)) % 4 == 3, np.nan, data.target + noise)
    return replace(data, task=MIXED, rows=data.rows.append_column("price", pa.array(prices, from_pandas=True)))


def test_trees_tell_shapes_apart_and_come_back(tmp_path):
    given = world.parts(48)
    found = DescribedImages(TREES, size=16).fit(given, TinyRun(tmp_path))
    assert (found.predict(given.tune.rows).codes == given.tune.target).mean() > 0.7
    back = Describing.restore(found.task, found.state())
    assert np.array_equal(back.predict(world.odd()).scores, found.predict(world.odd()).scores)


def test_other_columns_stay_beside_the_image(tmp_path):
    given = world.parts(24)
    parts = Parts(mixed(given.fit), mixed(given.tune))
    found = DescribedImages(TREES, size=16).fit(parts, TinyRun(tmp_path))
    assert found.inner.task.inputs[0] == "price" and found.predict(parts.tune.rows).task == MIXED


def test_an_image_that_cannot_be_decoded_has_missing_numbers():
    rows = pa.table({"사진": pa.array([b"", world.png(world.drawn(0, np.random.default_rng(0)))], pa.binary())})
    found = described_rows(rows, world.TASK, (16, 4))
    assert found.column(0).to_pylist()[0] is None and found.column(0).null_count == 1
    assert found.column_names == list(described_task(world.TASK, 4).inputs)


def test_it_claims_tasks_with_one_column_of_images_that_the_inner_learner_can_learn():
    assert DescribedImages().claims(world.TASK) and DescribedImages().claims(MIXED)
    assert not DescribedImages().claims(Task()) and DescribedImages(Majority()).claims(MIXED)
    assert not DescribedImages().claims(Task(("a", "b"), kinds=("image", "image")))


def test_sizes_that_do_not_fall_into_cells_are_refused():
    with pytest.raises(
        InputError, match="size must be a multiple of cells and of 4, and cells at least 2; got 30 and 4"
    ):
        DescribedImages(size=30)
