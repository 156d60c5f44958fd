"""Are parts written under names of their own, each with what it came from?"""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np

from naeum.compress.export.filing import Filing


def test_parts_of_arrays_are_numbered(tmp_path):
    filing = Filing(tmp_path, lambda one, _: {"kind": one})
    first = filing.arrays(SimpleNamespace(kind="a"), {"kind": "lines"}, {"이름": np.ones(2)})
    second = filing.arrays(SimpleNamespace(kind="b"), {"kind": "trees"}, {"x": np.zeros(1)})
    assert (first["file"], second["file"], filing.name()) == ("part0.npz", "part1.npz", "part2")
    assert [part.predictor.kind for part in filing.parts] == ["a", "b"] and filing.parts[0].node == first
    assert np.load(tmp_path / "part0.npz")["이름"].tolist() == [1.0, 1.0]
    assert filing.inner("x", filing) == {"kind": "x"}
