"""Do the n-grams of two texts answer in a folder as they do in a run?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.compress.export import folder
from naeum.compress.export.parity import answers
from naeum.compress.reading import reader
from naeum.contract import Parts
from naeum.model.around.blend import Blend
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.pair_linear import PairLinear
from naeum.testing.worlds import pairs

SMALL = {"words": (1, 2), "chars": (1, 2), "c": 4.0}


@pytest.mark.parametrize("ordered", [True, False])
def test_pairs_are_compared_alike(ordered, run, tmp_path):
    given = pairs.parts(36)
    fitted = run.fit(Blend((PairLinear(ordered=ordered, **SMALL), TfidfLogistic()), how="mean"), given)
    card = folder.export(fitted, tmp_path / "out", given.tune.rows)
    assert card["needs"] == ["numpy"]
    model = reader.Model(tmp_path / "out")
    for rows in (given.tune.rows, pairs.odd()):
        np.testing.assert_allclose(
            answers(model, fitted.task, rows).scores, fitted.predict(rows).scores, rtol=1e-5, atol=1e-4
        )
    row = given.tune.rows.slice(0, 1).to_pylist()[0]
    assert model.predict([row]) == model.predict([list(row.values())])


def test_two_classes_and_numbers(run, tmp_path):
    given = pairs.parts(36)
    task = replace(given.fit.task, classes=("no", "yes"))
    two = Parts(*(_halved(one, task) for one in (given.fit, given.tune)))
    number = replace(given.fit.task, classes=(), output="number", metric="r2")
    far = Parts(*(_numbered(one, number) for one in (given.fit, given.tune)))
    for at, parts in enumerate((two, far)):
        fitted = run.fit(PairLinear(**SMALL), parts)
        folder.export(fitted, tmp_path / str(at), parts.tune.rows)
        found = answers(reader.Model(tmp_path / str(at)), fitted.task, pairs.odd()).scores
        np.testing.assert_allclose(found, fitted.predict(pairs.odd()).scores, rtol=1e-5, atol=1e-4)


def _numbered(data, task):
    told = pa.chunked_array([data.target.astype(float)])
    return replace(data, task=task, target=np.zeros(len(data), np.int64), truth=told, key=f"{data.key}/numbered")


def _halved(data, task):
    return replace(data, task=task, target=np.minimum(data.target, 1), key=f"{data.key}/halved")
