"""Are images answered in an exported folder as in a run, those that cannot be decoded too?"""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest

from naeum import extras
from naeum.compress.export import folder
from naeum.compress.export.parity import answers
from naeum.compress.reading import reader
from naeum.compress.reading.pictures import looked
from naeum.model.around.blend import Blend
from naeum.model.image.described import DescribedImages
from naeum.model.image.linear import ImageLinear
from naeum.model.image.network import Descent, ImageNetwork
from naeum.model.image.pixels import pictures
from naeum.model.image.residual import Residual
from naeum.model.table.boosting import Boosting
from naeum.testing.worlds import images

pytestmark = pytest.mark.skipif(not extras.there("PIL"), reason="needs Pillow")
SEEN = Blend(
    (ImageLinear(size=16, cells=4, c=0.01), DescribedImages(Boosting(rounds=5, least_rows=3), size=16)), how="mean"
)


def test_images_are_decoded_alike():
    rows = images.odd()
    own = pictures(rows, images.TASK, 16)
    pixels, known = looked(rows["사진"].to_pylist(), 16)
    np.testing.assert_array_equal(known, np.flatnonzero(own.known))
    np.testing.assert_array_equal(pixels, own.take(np.arange(len(own))))


def test_edges_and_colours_are_answered_by_numpy_and_pillow(run, tmp_path):
    given = images.parts(24)
    fitted = run.fit(SEEN, given)
    card = folder.export(fitted, tmp_path / "out", given.tune.rows)
    assert card["needs"] == ["numpy", "pillow"]
    model = reader.Model(tmp_path / "out")
    for rows in (given.tune.rows, images.odd()):
        np.testing.assert_allclose(answers(model, fitted.task, rows).scores, fitted.predict(rows).scores, atol=1e-5)
    (tmp_path / "한 장.png").write_bytes(given.tune.rows["사진"][0].as_py())
    told = [sys.executable, str(tmp_path / "out" / "predict.py"), str(tmp_path / "한 장.png")]
    found = json.loads(subprocess.run(told, capture_output=True, text=True, check=True).stdout)
    assert found["prediction"] == fitted.predict(given.tune.rows).labels[0]


@pytest.mark.slow
@pytest.mark.skipif(not extras.there("torch"), reason="needs torch")
@pytest.mark.parametrize("flips", [False, True])
def test_a_network_over_pixels_is_a_graph(flips, run, tmp_path):
    given = images.parts(24)
    shape, brisk = Residual(width=8, stages=2), Descent(epochs=2.0, learning_rate=0.05, batch_size=8)
    fitted = run.fit(ImageNetwork(shape, brisk, size=16, flips=flips), given)
    card = folder.export(fitted, tmp_path / "out", given.tune.rows)
    assert card["needs"] == ["numpy", "onnxruntime", "pillow"]
    found = answers(reader.Model(tmp_path / "out"), fitted.task, images.odd())
    np.testing.assert_allclose(found.scores, fitted.predict(images.odd()).scores, atol=1e-4)
