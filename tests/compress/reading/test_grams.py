"""Do n-grams of texts and of pairs answer in a folder as they do in a run, for classes in an order too?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.compress.export import folder
from naeum.compress.export.parity import answers
from naeum.compress.reading import reader
from naeum.model.around.blend import Blend
from naeum.model.around.ordinal import Ordinal
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.ordinal import TfidfOrdinal
from naeum.testing.worlds import ordered

QUICK = TfidfLogistic(words=(1, 1), chars=(1, 2))
LEARNERS = {
    "one line": TfidfOrdinal(c=4.0),
    "steps": Ordinal(QUICK),
    "both": Blend((TfidfOrdinal(words=(0, 0), chars=(1, 3)), Ordinal(QUICK)), how="mean"),
}


@pytest.mark.parametrize("name", LEARNERS)
def test_classes_in_an_order_are_answered_alike(name, run, tmp_path):
    given = ordered.parts(36)
    fitted = run.fit(LEARNERS[name], given)
    card = folder.export(fitted, tmp_path / "out", given.tune.rows)
    assert card["needs"] == ["numpy"] and card["parity"]["largest"] < 1e-5
    model, odd = reader.Model(tmp_path / "out"), ordered.odd()
    np.testing.assert_allclose(answers(model, fitted.task, odd).scores, fitted.predict(odd).scores, atol=1e-5)
    assert [one["prediction"] for one in model.predict(odd["text"].to_pylist())] == fitted.predict(odd).labels.tolist()


def test_a_class_that_no_row_has_is_as_improbable(run, tmp_path):
    given = ordered.parts(36)
    from naeum.contract import Parts, subset

    low = Parts(*(subset(one, np.flatnonzero(one.target < 2), f"{one.key}/low") for one in (given.fit, given.tune)))
    fitted = run.fit(TfidfOrdinal(c=4.0), low)
    folder.export(fitted, tmp_path / "out", low.tune.rows)
    found = answers(reader.Model(tmp_path / "out"), fitted.task, low.tune.rows)
    np.testing.assert_allclose(found.scores, fitted.predict(low.tune.rows).scores, rtol=1e-5)
