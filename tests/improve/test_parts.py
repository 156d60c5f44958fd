"""Does a part come back from the run folder as it was?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from naeum.improve import parts
from naeum.testing.data import make


def test_a_part_comes_back_equal(tmp_path: Path) -> None:
    data = make(30, korean=True, seed=1)
    parts.save(tmp_path / "fit", data)
    parts.save(tmp_path / "fit", data)
    back = parts.load(tmp_path / "fit", data.task)
    assert back.key == data.key
    assert back.rows.equals(data.rows)
    for name in parts.ARRAYS:
        np.testing.assert_array_equal(getattr(back, name), getattr(data, name))
