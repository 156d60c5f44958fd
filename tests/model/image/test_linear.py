"""Does the linear learner of images keep every law, and answer every kind of row?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Parts, Task
from naeum.errors import InputError
from naeum.measure.metrics import metric
from naeum.model.image.linear import ImageLinear
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import images as world

TINY = ImageLinear(size=16, cells=4)


def test_numbers_and_several_labels_are_learned_too(tmp_path):
    given = world.parts(60)
    number = Task(world.TASK.inputs, "크기", (), "r2", "number", kinds=("image",))
    labels = Task(world.TASK.inputs, "모양", ("가", "나"), "micro_f1", "labels", kinds=("image",))

    def of(data, task, truth, kind):
        return replace(data, task=task, target=np.zeros(len(data), np.int64), truth=pa.chunked_array([truth], kind))

    sizes = Parts(
        *(
            of(one, number, [7.0 * code for code in one.target.tolist()], pa.float64())
            for one in (given.fit, given.tune)
        )
    )
    fitted = TINY.fit(sizes, TinyRun(tmp_path / "a"))
    assert metric("r2").score(fitted.predict(given.tune.rows), sizes.tune) > 0.5
    several = [[], [0], [0, 1]]
    sets = Parts(
        *(
            of(one, labels, [several[code] for code in one.target.tolist()], pa.list_(pa.int32()))
            for one in (given.fit, given.tune)
        )
    )
    fitted = TINY.fit(sets, TinyRun(tmp_path / "b"))
    assert metric("micro_f1").score(fitted.predict(given.tune.rows), sets.tune) > 0.7


def test_damaged_images_get_the_shares_of_the_classes(tmp_path):
    fit = world.make(12)
    fitted = TINY.fit(Parts(replace(fit, target=np.array([0] * 9 + [1] * 3)), world.make(0)), TinyRun(tmp_path))
    found = fitted.predict(pa.table({"사진": pa.array([b"", None], pa.binary())})).probabilities
    assert np.allclose(found, [[0.75, 0.25, 0.0]] * 2, atol=1e-4)


def test_features_are_what_the_head_reads(tmp_path):
    given = world.parts(12)
    fitted = TINY.fit(given, TinyRun(tmp_path))
    vectors = fitted.features(given.tune.rows)
    assert np.allclose(fitted.head.logits(vectors), fitted.predict(given.tune.rows).scores, atol=1e-5)


def test_a_forecast_grows_with_rows_and_pixels():
    few, many = (TINY.nominal(rows, 0.0, None) for rows in (100, 200))
    assert many == pytest.approx(2 * few) and ImageLinear(size=64).nominal(100, 0.0, None) > 4 * few


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"size": 30}, "size must be a multiple of cells and of 4, and cells at least 2; got 30 and 8; try 32 and 8"),
        ({"c": -1.0}, "c must be at least 0; got -1.0; leave it out"),
    ],
)
def test_settings_that_cannot_be_are_refused(settings, said):
    with pytest.raises(InputError, match=said):
        ImageLinear(**settings)
