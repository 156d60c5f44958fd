"""Does a pretrained encoder of images answer in a folder as in a run?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum import extras
from naeum.compress.export import folder
from naeum.compress.export.parity import answers
from naeum.compress.reading import reader
from naeum.model.image.pretrained import ImageProbe
from naeum.testing.encoders import SIGHT
from naeum.testing.worlds import images

pytestmark = pytest.mark.skipif(not extras.there("torch") or not extras.there("PIL"), reason="needs torch and Pillow")


@pytest.mark.slow
@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_probe_of_images_is_a_graph_over_pixels(pooling, base, run, tmp_path):
    given = images.parts(12)
    fitted = run.fit(ImageProbe(base=f"{base}/{SIGHT}", pooling=pooling, c=0.1), given)
    card = folder.export(fitted, tmp_path / "out", given.tune.rows)
    assert card["needs"] == ["numpy", "onnxruntime", "pillow"] and "licence" in card["model"]
    found = answers(reader.Model(tmp_path / "out"), fitted.task, images.odd())
    np.testing.assert_allclose(found.scores, fitted.predict(images.odd()).scores, atol=1e-4)
