"""Is the key of a part that of its content?"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import content_key, joined, part, parts, read


def data():
    return read([{"text": f"문장 {at}", "label": f"c{at % 2}"} for at in range(10)]).dataset


def test_the_key_does_not_depend_on_chunks_or_names_of_groups():
    whole = data()
    column = whole.rows.column(0)
    chunked = pa.table(
        {"text": pa.chunked_array([column.slice(0, 3).combine_chunks(), column.slice(3).combine_chunks()])}
    )
    assert content_key(replace(whole, rows=chunked)) == whole.key
    assert content_key(replace(whole, group=whole.group // 2**60 * 0 + np.arange(10) + 77)) == whole.key


def test_any_change_of_content_changes_the_key():
    whole = data()
    texts = whole.rows.column(0).to_pylist()
    shifted = pa.table({"text": [texts[0] + texts[1][:1], texts[1][1:], *texts[2:]]})  # same letters in all
    changes = {
        "rows": shifted,
        "ids": whole.ids[::-1],
        "target": 1 - whole.target,
        "weight": whole.weight * 2,
        "group": np.zeros(10, np.int64),
        "origin": whole.origin + np.uint8(1),
        "task": replace(whole.task, metric="macro_f1"),
        "soft": np.zeros((10, 2), np.float32),
    }
    keys = {content_key(replace(whole, **{name: value})) for name, value in changes.items()}
    assert len(keys | {whole.key}) == len(changes) + 1


def test_a_part_is_those_rows_and_parts_can_be_joined():
    whole = data()
    one, rest = part(whole, [0, 3, 9]), part(whole, [1, 2, 4, 5, 6, 7, 8], group=np.arange(10))
    assert (
        one.rows["text"].to_pylist() == ["문장 0", "문장 3", "문장 9"]
        and one.ids.tolist() == whole.ids[[0, 3, 9]].tolist()
    )
    assert rest.group.tolist() == [1, 2, 4, 5, 6, 7, 8]
    both = joined((one, part(whole, [])))
    assert both.key == one.key and len(joined((one, rest))) == 10


@pytest.mark.parametrize(
    "values",
    [
        ["가", None, "나다", "", None, "라"],
        [1.5, None, float("nan"), -0.0, 2.0, 3.0],
        [b"x", None, b"", b"yz", b"\x00", None],
        [[1, 2], None, [], [3], [4, 5], None],
        [[{"start": 1, "end": 2}, {"start": 4, "end": 9}], None, [], [{"start": 1, "end": 3}], [], None],
    ],
    ids=["text", "number", "image", "tags", "span"],
)
def test_a_key_does_not_depend_on_how_columns_are_chunked(values):
    whole = pa.chunked_array([pa.array(values)])
    cut = pa.chunked_array([pa.array(values[:1], whole.type), pa.array(values[1:4], whole.type), whole.chunk(0)[4:]])
    other = pa.chunked_array([pa.array([*values[:-1], values[0]], whole.type)])
    assert parts._column_digest(whole) == parts._column_digest(cut)
    assert parts._column_digest(whole) != parts._column_digest(other)
