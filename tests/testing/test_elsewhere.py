"""Does another process fit the same model, and say so when it cannot?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest

from naeum.model.around.fitted import Fitted
from naeum.model.floor import Majority
from naeum.testing.bench import BEFORE, Bench
from naeum.testing.elsewhere import scores_elsewhere


def test_what_was_fitted_before_is_fitted_elsewhere_too(tmp_path: Path) -> None:
    bench = Bench(Fitted(BEFORE), tmp_path, earlier=Majority())
    np.testing.assert_array_equal(scores_elsewhere(bench), bench.scores)


@dataclass(frozen=True)
class Unknown:
    """A learner that no registry knows."""

    kind: ClassVar[str] = "unknown"
    version: ClassVar[int] = 1


def test_the_other_process_says_what_went_wrong(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"(?s)the other process must end well; it said: .*every kind must be known"):
        scores_elsewhere(Bench(Unknown(), tmp_path))
