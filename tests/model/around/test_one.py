"""Does a predictor around one other answer by it, and can its answer be made of what is known already?"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from naeum.model.around.one import AroundOne
from naeum.model.floor import Majority
from naeum.model.text.networks import HashedNgrams
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun


def test_it_answers_what_the_one_inside_answers(tmp_path: Path) -> None:
    both = parts(60)
    inner = TinyRun(tmp_path).fit(HashedNgrams(), both)
    around = AroundOne(inner)
    assert around.task == inner.task
    assert around.members == (inner,)
    known = inner.predict(both.tune.rows)
    np.testing.assert_array_equal(around.predict(both.tune.rows).scores, known.scores)
    assert around.combine([known]) is known


def test_it_tells_the_training_of_the_one_inside_where_there_was_any(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(60)
    trained = run.fit(HashedNgrams(), both)
    assert AroundOne(trained).history == trained.history
    assert AroundOne(run.fit(Majority(), both)).history is None
