"""Is every kind of node opened by what knows it, and any other refused?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.compress.reading.opening import Wanted, part, units

FIRST, SECOND = ({"kind": "constant", "scores": one} for one in ([0.0, 1.0], [2.0, 0.0]))
LABELS = Wanted("label", 2)


def test_a_blend_reads_for_each_member_its_own_cells(tmp_path):
    node = {"kind": "blend", "weights": [0.5, 0.5], "reads": [[0], [1]], "members": [FIRST, SECOND]}
    plain = {**node, "reads": None}
    rows = [["a", 1.0], ["b", 2.0]]
    np.testing.assert_array_equal(part(tmp_path, node, LABELS)(rows), part(tmp_path, plain, LABELS)(rows))


def test_steps_have_two_classes_each(tmp_path):
    found = part(tmp_path, {"kind": "steps", "members": [FIRST, SECOND]}, Wanted("label", 3))([["a"]])
    assert found.shape == (1, 3) and np.exp(found).sum() == pytest.approx(1.0)


def test_a_constant_of_words_is_said_of_each(tmp_path):
    rows = [["a", "b"], [], ["c"]]
    assert units(rows) == 3 and part(tmp_path, FIRST, Wanted("tags", 2))(rows).shape == (3, 2)


def test_another_kind_is_refused(tmp_path):
    with pytest.raises(
        ValueError, match=r"must be of a known kind; got 'oracle'; take the predict\.py of its own folder"
    ):
        part(tmp_path, {"kind": "oracle", "members": []}, LABELS)
