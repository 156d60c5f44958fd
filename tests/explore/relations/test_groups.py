"""Are means and shares by group those of pandas, and does the pivot hold them crosswise?"""

import numpy as np
import pandas as pd

RNG = np.random.default_rng(1)
FRAME = pd.DataFrame({"city": RNG.choice(["서울", "부산"], 200), "kind": RNG.choice(list("xyz"), 200)})
FRAME["price"] = FRAME.city.map({"서울": 9.0, "부산": 4.0}) + FRAME.kind.map({"x": 0, "y": 1, "z": 2}) + RNG.random(200)
FRAME["label"] = np.where(RNG.random(200) < FRAME.price / 12, "yes", "no")


def test_means_of_a_number(looked):
    found = looked(FRAME, "price").part("groups")
    by = {one["column"]: {row["group"]: row["price"] for row in one["groups"]} for one in found["by"]}
    for name in ("city", "kind"):
        assert by[name] == {k: by[name][k] for k in FRAME[name].unique()}
        assert all(np.isclose(by[name][k], v) for k, v in FRAME.groupby(name).price.mean().items())
    pivot = found["pivot"]
    wanted = FRAME.pivot_table(index=pivot["columns"][0], columns=pivot["columns"][1], values="price")
    assert np.allclose(pivot["values"], wanted.loc[pivot["rows"], pivot["across"]])


def test_shares_of_a_class_of_two(looked):
    found = looked(FRAME[["city", "kind", "label"]], "label").part("groups")
    assert found["kind"] == "share" and found["measures"] == ["yes"]
    by = {row["group"]: row["yes"] for one in found["by"] if one["column"] == "city" for row in one["groups"]}
    assert all(np.isclose(by[k], v) for k, v in (FRAME.label == "yes").groupby(FRAME.city).mean().items() if k in by)


def test_codes_as_classes_and_no_target(looked):
    coded = FRAME.assign(label=(FRAME.label == "yes").astype(int))
    assert looked(coded, "label").part("groups")["measures"] == ["1"]
    assert looked(FRAME[["city", "price"]]).part("groups")["kind"] == "mean"
    assert looked(FRAME[["price"]]).seen["groups"] is None
