"""Are damaged images left out of learning, said, and answered like the floor?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Parts
from naeum.errors import InputError
from naeum.model.image.pixels import pictures
from naeum.model.image.seen import answers, learned_from
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import images as world


def damaged(data, *places):
    column = data.rows[world.TASK.inputs[0]].to_pylist()
    for place in places:
        column[place] = b"\x89PNG\r\n\x1a\n"
    return replace(data, rows=pa.table({world.TASK.inputs[0]: pa.array(column, pa.binary())}))


def test_damaged_weightless_and_unlabelled_images_are_not_learned_from(tmp_path):
    fit = damaged(world.make(9), 2, 5)
    weight, target = np.ones(9, np.float32), fit.target.copy()
    weight[0], target[1] = 0, -1
    run = TinyRun(tmp_path)
    (data, images), (tune, judged) = learned_from(
        Parts(replace(fit, weight=weight, target=target), world.make(3)), run, 8, "this"
    )
    assert len(data) == len(images) == 5 and images.known.all() and len(tune) == len(judged) == 3
    assert data.target.tolist() == [0, 1, 0, 1, 2] and data.weight.mean() == pytest.approx(1.0)
    assert "images that cannot be decoded, not learned from: 2" in [note for *_, note in run.reports]


def test_nothing_to_learn_from_is_one_sentence(tmp_path):
    fit = damaged(world.make(3), 0, 1, 2)
    with pytest.raises(InputError, match="this must have labelled images that can be decoded to learn from; got none"):
        learned_from(Parts(fit, world.make(3)), TinyRun(tmp_path), 8, "this")


def test_no_rows_to_tune_on_are_none(tmp_path):
    given = world.parts(6)
    empty = replace(given.tune, target=np.full(len(given.tune), -1))
    _, (tune, judged) = learned_from(Parts(given.fit, empty), TinyRun(tmp_path), 8, "this")
    assert (len(tune), len(judged)) == (0, 0)


def test_the_floor_answers_what_cannot_be_seen():
    images = pictures(damaged(world.make(4), 1, 3).rows, world.TASK, 8)
    found = answers(images, lambda rows: np.stack([rows, -rows], axis=1).astype(np.float32), np.array([5.0, 6.0]))
    assert found.tolist() == [[0, 0], [5, 6], [2, -2], [5, 6]]
