"""Is the tiny encoder a base model like any other?"""

from __future__ import annotations

from pathlib import Path

import pytest

from naeum import extras
from naeum.contract import Policy
from naeum.testing.encoders import LAYERS, WIDTH, tiny_encoder


@pytest.mark.skipif(not extras.there("torch"), reason="needs torch")
def test_it_is_found_by_its_path_and_made_the_same_twice(tmp_path: Path) -> None:
    from naeum.engine import bases

    one, other = (bases.find(tiny_encoder(tmp_path / name), Policy(offline=True)) for name in ("one", "other"))
    assert (one.width, one.layers) == (WIDTH, LAYERS)
    assert one.digest == other.digest
