"""Are rows without a target read by their inputs alone, and do they join those of the training file?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.data import read, read_unlabelled, split
from naeum.errors import InputError

ROWS = [{"text": f"문장 {at} 입니다 {at * 7919}", "label": "가나"[at % 2]} for at in range(600)]
MORE = [{"text": f"다른 {at} 줄 {at * 104729}", "label": "처음 보는 말", "id": at} for at in range(30)]


def test_targets_of_the_file_are_not_looked_at():
    task = read(ROWS).dataset.task
    more = read_unlabelled(MORE, task)
    assert more.dataset.target.tolist() == [-1] * 30 and more.dataset.task == task
    assert more.dataset.rows.column_names == ["text"]


def test_rows_with_an_empty_target_and_those_of_the_file_stand_together():
    rows = [{**row, "label": None if at % 100 == 0 else row["label"]} for at, row in enumerate(ROWS)]
    data = read(rows)
    assert any("used as unlabelled: 6" in note for note in data.notes)
    found = split(data, unlabelled=read_unlabelled(MORE, data.dataset.task))
    assert len(found.unlabelled) == 36 and (found.unlabelled.target == -1).all()
    alone = split(data)
    assert len(alone.unlabelled) == 6
    assert np.array_equal(alone.parts.fit.ids, found.parts.fit.ids)


def test_numbers_have_no_truth_without_a_target():
    data = read([{"text": f"값 {at} 은 {at * 31 % 97}", "label": at * 1.5} for at in range(600)])
    found = split(data, unlabelled=read_unlabelled(MORE, data.dataset.task))
    assert len(found.unlabelled) == 30 and found.unlabelled.truth is None


def test_a_file_without_the_inputs_is_refused():
    with pytest.raises(InputError, match="text"):
        read_unlabelled([{"sentence": "하나"}, {"sentence": "둘"}], read(ROWS).dataset.task)
