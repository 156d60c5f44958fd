"""Are columns of annotators found, and only these?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.errors import NotApplicable
from naeum.explore.labels import annotators
from naeum.explore.labels.annotators import columns_of_annotators
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of


def rows(n=60, seed=0):
    rng = np.random.default_rng(seed)
    truth = rng.choice(["긍정", "부정"], n)
    other = {"긍정": "부정", "부정": "긍정"}
    return [
        {"text": f"글 {at}", "label": name, "age": str(20 + at % 30),
         **{f"annotator_{k}": other[name] if rng.random() < 0.1 * k else name for k in (1, 2, 3)}}
        for at, name in enumerate(truth.tolist())
    ]  # fmt: skip


def test_columns_are_found_by_name_or_by_their_values():
    table = pa.table({
        "label": ["a", "b"] * 20, "kim": ["a", "b"] * 20, "lee": ["b", "a"] * 20, "city": ["서울", "부산"] * 20,
        "adult": ["yes", "no"] * 20, "alone": ["yes", "no"] * 20,
    })  # fmt: skip
    assert columns_of_annotators(table, ("a", "b"), "label") == ("kim", "lee")
    named = pa.table({"rater1": ["x", "y"] * 20, "rater2": ["x", "y"] * 20, "value": ["x", "y"] * 20})
    assert columns_of_annotators(named, ()) == ("rater1", "rater2")
    assert columns_of_annotators(pa.table({"평가자1": ["1", "2"] * 9, "평가자2": ["1", "1"] * 9}), ()) == ()


def test_one_column_is_no_agreement():
    assert columns_of_annotators(pa.table({"kim": ["a", "b"] * 20, "n": ["1", "2"] * 20}), ("a", "b")) == ()


def test_a_part_compares_them_and_names_rows_they_divide_on():
    given = rows()
    found = annotators.look(subject_of(opened(given), target="label", text=("text",)))
    assert found["annotators"] == ["annotator_1", "annotator_2", "annotator_3"] and found["items"] == 60
    assert 0.3 < found["krippendorff"] < 0.95 and found["fleiss"] == pytest.approx(found["krippendorff"], abs=0.02)
    divided = [at for at, row in enumerate(given) if len({row[f"annotator_{k}"] for k in (1, 2, 3)}) > 1]
    assert sorted(one["row"] for one in found["shown"]) == divided and found["disagree"] == len(divided)
    assert found["unanimous"] == pytest.approx(1 - len(divided) / 60)
    assert found["pairs"][0][2] <= found["pairs"][-1][2]


def test_it_does_not_apply_without_them():
    with pytest.raises(NotApplicable, match="two columns of labels by annotators"):
        annotators.look(subject_of(opened([{"text": f"글 {n}", "label": "a"} for n in range(9)]), text=("text",)))


def test_missing_ratings_are_left_out():
    table = pa.table({"rater1": ["a", None, "b"], "rater2": ["a", "b", ""]})
    codes, names = annotators.ratings(table, ("rater1", "rater2"))
    assert codes.tolist() == [[0, 0], [-1, 1], [1, -1]] and names == ("a", "b")
