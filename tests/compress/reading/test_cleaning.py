"""Are cells cleaned in an exported folder as they are in a run?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.compress.export import folder
from naeum.compress.reading import reader
from naeum.compress.reading.cleaning import clipped, filled, tidy
from naeum.data.clean import Clip, Encode, Fill, Normalise
from naeum.data.rows import rows_of
from naeum.errors import InputError
from naeum.model.around.blend import Blend
from naeum.model.around.prepared import Prepared
from naeum.model.table.linear import TableLinear
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.worlds import korean, table

STEPS = (
    Fill("나이"), Clip("요금", "percentiles"), Fill("town", "most frequent"), Normalise("town", "NFKC", True),
    Fill("memo", "없음"), Fill("joined", "mean"), Normalise("memo"),
)  # fmt: skip
ROWS = [
    {"나이": None, "요금": 1e9, "town": None, "joined": None, "memo": None},
    {"나이": 3, "요금": -5, "town": "ＮＥＷ  York", "joined": "2020-01-02", "memo": "  e\u0301  가 "},
]


def test_a_cleaned_table_is_answered_as_the_run_answers_it(run, tmp_path):
    given = table.parts(48)
    fitted = run.fit(Blend((Prepared(TableLinear(c=1.0), STEPS), TableLinear(c=1.0)), how="mean"), given)
    folder.export(fitted, tmp_path / "out", given.tune.rows)
    own = fitted.predict(rows_of(ROWS, given.fit.task)).scores
    np.testing.assert_allclose(reader.Model(tmp_path / "out").scores(ROWS), own, rtol=1e-6)


def test_cleaned_texts_are_answered_as_the_run_answers_them(run, tmp_path):
    given = korean.parts(24)
    steps = (Normalise("text", "NFKC", True), Fill("text", "좋은"))
    fitted = run.fit(Prepared(TfidfLogistic(words=(1, 1), chars=(1, 2)), steps), given)
    folder.export(fitted, tmp_path / "out", given.tune.rows)
    texts = ["", "  좋은\u3000 ＡＢＣ ", "\u1112\u1161\u11ab", *given.tune.rows["text"].to_pylist()]
    own = fitted.predict(rows_of(texts, given.fit.task)).scores
    np.testing.assert_allclose(reader.Model(tmp_path / "out").scores(texts), own, atol=1e-6)


def test_other_steps_are_refused(run, tmp_path):
    fitted = run.fit(Prepared(TableLinear(c=1.0), (Encode("town", "counts"),)), _counted())
    with pytest.raises(
        InputError, match="must fill, clip or normalise them, to be exported; this one has a part of kind 'enc"
    ):
        folder.export(fitted, tmp_path / "out", _counted().tune.rows)


def test_single_cells():
    nothing = float("nan")
    assert filled(nothing, {"value": 2}, "number") == 2.0 and filled(None, {"value": 2.5}, "category") == "2.5"
    assert clipped(9.0, {"low": None, "high": 3.0}, "number") == 3.0 and clipped("9", {}, "text") == "9"
    assert np.isnan(clipped(nothing, {"low": 0.0, "high": 1.0}, "number"))
    assert tidy(" A  b", {"form": "NFC", "lower": True}, "text") == "a b" and tidy("", {}, "text") == ""
    assert tidy(None, {}, "category") is None


def _counted():
    return table.parts(24)
