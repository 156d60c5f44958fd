"""Are columns left out at training and at serving alike?"""

import pyarrow as pa
import pytest

from naeum.data.clean import DropColumns, DropDuplicates, Recipe
from naeum.errors import InputError

TABLE = pa.table({"id": [1, 2, 3], "도시": ["서울", "서울", "부산"]})


def test_columns_go_and_rows_that_then_are_equal_can_go_too():
    recipe, after, changes = Recipe((DropColumns(("id",)), DropDuplicates())).run(TABLE)
    assert after.to_pydict() == {"도시": ["서울", "부산"]} and changes[0].cells == 3 and changes[1].gone == 1
    assert Recipe.read(recipe.to_json()) == recipe


def test_rows_to_serve_may_come_with_or_without_them():
    recipe = Recipe((DropColumns(("id",)),)).run(TABLE)[0]
    assert recipe.serve(TABLE).column_names == recipe.serve(TABLE.select(["도시"])).column_names == ["도시"]


def test_refusals():
    with pytest.raises(InputError, match=r"drop columns needs a column of the data: id, 도시; got 'ids'; did you mean"):
        DropColumns(("ids",)).settled(TABLE)
    with pytest.raises(InputError, match=r"a table must keep a column; all 2 would go; name fewer"):
        DropColumns(("id", "도시")).settled(TABLE)
