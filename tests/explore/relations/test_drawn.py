"""Are rows drawn once, and columns made numbers and codes?"""

import sys

import numpy as np
import pyarrow as pa

from naeum.explore.relations.drawn import as_codes, as_numbers, drawn

module = sys.modules[drawn.__module__]
ROWS = [{"x": str(n / 3), "city": "서울부산"[n % 2], "id": f"r{n:03d}", "label": "ab"[n % 2]} for n in range(90)]


def test_ids_and_texts_are_left_out(plain):
    sample = drawn(plain(ROWS))
    assert list(sample.numbers) == ["x"] and list(sample.codes) == ["city", "label"] and sample.rows == 90
    assert sample.values["city"] == ("부", "서") or sample.values["label"] == ("a", "b")
    assert sample.target.tolist() == [0, 1] * 45 and sample.coded("x").max() == 19


def test_a_sample_is_the_same_for_the_same_seed(plain, monkeypatch):
    monkeypatch.setattr(module, "ROWS", 10)
    monkeypatch.setattr(module, "LEAST_ROWS", 10)
    one, other = drawn(plain(ROWS)), drawn(plain(ROWS))
    assert one.rows == 10 and one.at.tolist() == other.at.tolist()


def test_columns_of_arrow():
    codes, words = as_codes(pa.chunked_array([["나", None], ["가"]]))
    assert codes.tolist() == [1, -1, 0] and words == ("가", "나")
    assert np.isnan(as_numbers(pa.chunked_array([[1.0, float("inf"), None]]))[1:]).all()
