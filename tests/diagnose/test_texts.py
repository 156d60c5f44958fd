"""When do two rows hold the same text?"""

from dataclasses import replace

import pyarrow as pa

from naeum.diagnose.texts import BETWEEN, plain, texts


def test_columns_are_joined_and_missing_cells_are_empty(rows):
    data = rows([0, 1])
    table = pa.table({"title": ["가", None], "body": ["나", "다"]})
    both = replace(data, task=replace(data.task, inputs=("title", "body")), rows=table)
    assert texts(both) == [f"가{BETWEEN}나", f"{BETWEEN}다"]


def test_case_width_and_spaces_do_not_count():
    assert plain("ＡＢＣ  x\n") == plain("abc X")
    assert plain("한글") == plain("한글") == "한글"  # composed and decomposed
    assert plain("배송") != plain("배 송")
