"""Does the tiny run keep what the contract of a run says?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pytest

from naeum.contract import Parts, Predictor
from naeum.errors import StoreError
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun


@dataclass(frozen=True)
class Counting:
    """A learner that counts its fits in a file of its scratch folder."""

    kind: ClassVar[str] = "counting"
    version: ClassVar[int] = 1
    size: int = 1

    def fit(self, parts: Parts, run: Any) -> Predictor:
        with (run.scratch / "fits").open("a") as file:
            file.write(".")
        run.report(1, 1, 0.5, f"{run.seconds_left():g} s left")
        return run  # type: ignore[no-any-return]


def test_equal_learners_are_fitted_once_in_a_folder_of_their_own(tmp_path: Path) -> None:
    run = TinyRun(tmp_path, seconds=8.0)
    first = run.fit(Counting(), parts(), share=0.5)
    assert run.fit(Counting(), parts()) is first
    assert run.fit(Counting(2), parts()) is not first
    assert sorted(path.read_text() for path in tmp_path.rglob("fits")) == [".", "."]
    assert run.reports[0] == (1, 1, 0.5, "4 s left")


def test_what_was_fitted_can_be_loaded_and_nothing_else(tmp_path: Path) -> None:
    run = TinyRun(tmp_path)
    fitted = run.fit(Counting(), parts())
    assert run.load(run.key(Counting(), parts())) is fitted
    with pytest.raises(StoreError, match="artifact nowhere must have been fitted"):
        run.load("nowhere")
