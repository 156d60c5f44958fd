"""Is every figure of the report to be had as a matplotlib Figure that a notebook shows?"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure

from naeum import figure
from naeum.errors import InputError

SOURCE = Path(__file__).parent.parent / "report" / "fake_ladder.py"


@pytest.fixture(scope="module")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Any:
    if "fake_ladder" not in sys.modules:
        spec = importlib.util.spec_from_file_location("fake_ladder", SOURCE)
        assert spec is not None and spec.loader is not None
        sys.modules["fake_ladder"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["fake_ladder"])
    return sys.modules["fake_ladder"].korean(tmp_path_factory.mktemp("figures") / "reviews")


@pytest.mark.parametrize("name", ["ladder", "gains", "curve", "confusion"])
def test_a_figure_shows_itself(ladder: Any, name: str, tmp_path: Path) -> None:
    made = figure(ladder, name)
    assert isinstance(made, Figure)
    assert made._repr_png_().startswith(b"\x89PNG")  # type: ignore[attr-defined]
    made.savefig(tmp_path / "own.svg")
    assert (tmp_path / "own.svg").stat().st_size > 2000


def test_a_figure_that_is_not_there_is_refused(ladder: Any) -> None:
    with pytest.raises(InputError, match=r"a figure must be one of ladder, gains, .*; got 'pie'; name one of these"):
        figure(ladder, "pie")
    with pytest.raises(InputError, match=r"a ladder must hold what a figure shows; this one has nothing for 'numbers'"):
        figure(ladder, "numbers")


def test_pyplot_is_left_alone(ladder: Any) -> None:
    before = "matplotlib.pyplot" in sys.modules
    figure(ladder)
    assert ("matplotlib.pyplot" in sys.modules) == before
