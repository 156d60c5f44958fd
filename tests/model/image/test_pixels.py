"""Are images decoded once, stored by content, and read back alike?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.image import pixels as module
from naeum.model.image.pixels import image_column, pictures
from naeum.testing.worlds import images as world

TASK = world.TASK


def told(step, steps):
    return None


def rows(n=7):
    return world.make(n).rows


def test_pixels_are_those_of_the_file():
    image = world.drawn(1, np.random.default_rng(3))
    found = pictures(pa.table({"사진": [world.png(image)]}), TASK, world.SIDE)
    assert np.array_equal(found.take(np.array([0]))[0], image)


def test_what_was_decoded_before_is_read_back(tmp_path, monkeypatch):
    first = pictures(rows(), TASK, 8, tmp_path, told)
    monkeypatch.setattr(module, "pixels", lambda data, size: pytest.fail("decoded again"))
    again = pictures(rows(), TASK, 8, tmp_path, told)
    everything = np.arange(7)
    assert np.array_equal(first.take(everything), again.take(everything)) and again.known.all()


def test_stored_and_computed_pixels_are_equal_in_any_order(tmp_path):
    stored = pictures(rows(), TASK, 8, tmp_path, told)
    direct = pictures(rows(), TASK, 8)
    order = np.array([6, 0, 3, 3])
    assert np.array_equal(stored.take(order), direct.take(order))


def test_equal_files_are_stored_once_and_another_size_elsewhere(tmp_path):
    table = pa.concat_tables([rows(3), rows(3)])
    found = pictures(table, TASK, 8, tmp_path, told)
    assert len(found) == 6 and len(found.stored) == 3
    assert pictures(table, TASK, 12, tmp_path, told).take(np.array([0])).shape == (1, 12, 12, 3)
    assert sorted(path.name for path in (tmp_path / "images").iterdir()) == ["12-1", "8-1"]


def test_what_cannot_be_decoded_is_black_and_known_as_such(tmp_path):
    for cache in (None, tmp_path):
        found = pictures(world.odd(), TASK, 8, cache, told)
        names = [None if one is None else len(one) for one in world.odd()["사진"].to_pylist()]
        assert found.known.tolist()[:6] == [False, False, False, False, True, False] and names[0] is None
        assert found.known[6:].all() and not found.take(np.array([0])).any()


def test_only_damaged_files_are_no_error(tmp_path):
    table = pa.table({"사진": pa.array([b"", None], pa.binary())})
    assert not pictures(table, TASK, 8, tmp_path, told).known.any()
    assert pictures(table.slice(0, 0), TASK, 8, tmp_path, told).take(np.empty(0, np.int64)).shape == (0, 8, 8, 3)


def test_progress_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 3)
    heard = []
    pictures(rows(), TASK, 8, tmp_path, lambda step, steps: heard.append((step, steps)))
    assert heard == [(3, 7), (6, 7), (7, 7)]


@pytest.mark.parametrize("kinds", [("text", "text"), ("image", "image")])
def test_a_task_must_have_one_column_of_images(kinds):
    with pytest.raises(InputError, match="must read one column of images; the inputs are a, b"):
        image_column(Task(("a", "b"), kinds=kinds))
