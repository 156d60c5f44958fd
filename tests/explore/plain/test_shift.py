"""Is a part of a table that differs told from the training rows, and by what?"""

import numpy as np
import pytest

from naeum.errors import NotApplicable
from naeum.explore.loading import opened
from naeum.explore.plain import shift
from naeum.explore.shift import parts


def rows(count, older=0, seed=0, share=0.5):
    rng = np.random.default_rng(seed)
    return [
        {"age": str(int(rng.normal(40 + older, 10))), "city": str(rng.choice(["서울", "부산"])),
         "label": "a" if rng.random() < share else "b"}
        for _ in range(count)
    ]  # fmt: skip


def test_a_shifted_column_is_named(plain):
    subject = plain(rows(800), "label", beside={"test": opened(rows(400, older=15, seed=1))})
    found = shift.look(subject)["parts"][0]
    assert found["auroc"] > 0.75 and found["all_columns"]["weights"][0][0] == "age" and found["what"] == "rows"
    assert found["columns"][0]["column"] == "age" and found["columns"][0]["p_holm"] < 1e-6
    assert {one["column"] for one in found["columns"]} == {"age", "city"} and "labels" not in found
    assert found["unlike"][0]["text"].startswith("age ") and parts.look(subject)["parts"][0] == found


def test_rows_of_one_source_look_alike(plain):
    found = shift.look(plain(rows(800), "label", beside={"valid": opened(rows(400, seed=2))}))["parts"][0]
    assert abs(found["auroc"] - 0.5) < 0.08 and found["labels"]["p"] > 0.001


def test_the_class_mix_of_valid_is_compared(plain):
    subject = plain(rows(800), "label", beside={"valid": opened(rows(400, seed=3, share=0.9))})
    found = shift.look(subject)["parts"][0]["labels"]
    assert found["cramer_v"] > 0.3 and found["p"] < 1e-6


def test_it_needs_enough_rows_of_another_part(plain):
    for beside in ({}, {"test": opened(rows(20))}):
        with pytest.raises(NotApplicable, match="100 training rows and as many of another part"):
            shift.look(plain(rows(200), "label", beside=beside))
