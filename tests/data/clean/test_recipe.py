"""Is a recipe recorded, shown with what it changes, and repeated without skew?"""

import json

import pyarrow as pa
import pytest

from naeum import values
from naeum.data.clean import MEMBERS, Clip, DropDuplicates, DropMissing, Encode, Fill, GroupBy, Recipe, Resample
from naeum.errors import InputError, StoreError

TABLE = pa.table({"age": [22.0, None, 38.0, 22.0, 99.0], "c": ["가", "나", "다", "가", None]})
STEPS = (DropDuplicates(), Fill("age"), Clip("age", low=0, high=50), DropMissing(("c",)), Encode("c"))


def test_what_each_step_changed_is_shown_with_the_rows():
    _, cleaned, changes = Recipe(STEPS).run(TABLE)
    assert [(change.before, change.after, change.cells, change.gone) for change in changes] == [
        (5, 4, 0, 1), (4, 4, 1, 0), (4, 4, 1, 0), (4, 3, 0, 1), (3, 3, 3, 0),
    ]  # fmt: skip
    assert changes[0].examples == ({"row": 4, "gone": {"age": 22.0, "c": "가"}},)
    assert changes[1].examples == ({"row": 2, "column": "age", "before": None, "after": 38.0},)
    assert changes[2].examples[0]["row"] == 5  # the number that the row had in the file
    assert cleaned.to_pydict() == {"age": [22.0, 38.0, 38.0], "c": [0, 1, 2]}
    assert json.dumps([change.to_json() for change in changes])


def test_a_recipe_comes_back_and_serves_every_row():
    settled, _, _ = Recipe(STEPS).run(TABLE)
    again = Recipe.read(json.loads(json.dumps(settled.to_json())))
    assert again == settled and values.key(again) == values.key(settled)
    new = pa.table({"age": [None, 80.0, None], "c": ["다", None, "다"]})
    assert again.serve(new).to_pydict() == {"age": [38.0, 50.0, 38.0], "c": [2, -1, 2]}


def test_a_recipe_that_was_not_settled_does_not_serve():
    with pytest.raises(InputError, match="fill must be settled on the fit part before it serves; run it there first"):
        Recipe(STEPS).serve(TABLE)


def test_rows_that_are_taken_again_are_counted():
    (change,) = Recipe((Resample("c"),)).run(pa.table({"c": ["a", "a", "b"]}))[2]
    assert (change.made, change.after) == (1, 4)


def test_a_table_step_gives_other_rows():
    _, made, changes = Recipe((GroupBy(("c",), (("age", "mean"),)), Fill("age_mean"))).run(TABLE)
    assert made.num_rows == 4 and changes[1].examples[0]["row"] >= 1


def test_kinds_are_all_different():
    assert len({step.kind for step in MEMBERS}) == len(MEMBERS)


def test_refusals():
    with pytest.raises(InputError, match=r"a step must be one of fill, clip, .*; got str; make one of these"):
        Recipe(("fill",)).run(TABLE)
    with pytest.raises(InputError, match="a recipe must be the JSON that naeum clean writes; got something else"):
        Recipe.read({"a": 1})
    with pytest.raises(StoreError, match="every kind must be known; got 'wash'"):
        Recipe.read({"kind": "wash", "version": 1, "settings": {}})
