"""Does a table answer without being loaded, and draw the same rows for the same seed?"""

import pyarrow as pa

from naeum.explore.loading import opened
from naeum.explore.table import literal, quoted

ROWS = [{"이름": f"가{n}", 'a "b"': str(n)} for n in range(100)]


def test_names_and_strings_are_quoted():
    assert quoted('a "b"') == '"a ""b"""' and literal("it's") == "'it''s'"


def test_questions_over_data_and_numbered():
    table = opened(ROWS)
    assert table.one('SELECT sum("a ""b""") FROM data') == (4950.0,)
    assert table.sql('SELECT "naeum row" AS r FROM numbered WHERE 이름 = ?', ["가7"]).to_pylist() == [{"r": 7}]
    assert table.one("SELECT 1 WHERE false") == ()


def test_rows_are_taken_in_the_order_of_the_file():
    table = opened(ROWS)
    assert table.take([9, 3, 3], ["이름"]).to_pydict() == {"이름": ["가3", "가9"]}
    assert table.sample(5, seed=1).equals(table.sample(5, seed=1))
    assert table.sample(5, seed=1).num_rows == 5 and table.sample(500).num_rows == 100
    assert isinstance(table.sample(5), pa.Table)
    table.close()
