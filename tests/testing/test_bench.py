"""Does a bench give every run its own folder, and what was fitted before?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from naeum.model.around.fitted import Fitted
from naeum.model.floor import Majority
from naeum.testing.bench import BEFORE, ROWS, Bench


def test_runs_have_folders_of_their_own(tmp_path: Path) -> None:
    bench = Bench(Majority(), tmp_path)
    one, other = bench.run(), bench.run()
    assert one.folder != other.folder
    assert len(bench.parts.fit) == ROWS and bench.parts.fit.task.classes == ("a", "b", "c")


def test_what_was_fitted_before_can_be_loaded(tmp_path: Path) -> None:
    bench = Bench(Fitted(BEFORE), tmp_path, earlier=Majority())
    wanted = Majority().fit(bench.parts, bench.run()).predict(bench.parts.tune.rows).scores
    np.testing.assert_array_equal(bench.scores, wanted)


def test_a_store_brings_a_predictor_back(tmp_path: Path) -> None:
    bench = Bench(Majority(), tmp_path)
    back = bench.restored(bench.fitted)
    assert back is not bench.fitted
    np.testing.assert_array_equal(back.predict(bench.parts.tune.rows).scores, bench.scores)
