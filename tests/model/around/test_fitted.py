"""Does a model that was fitted before take part as it is?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum import values
from naeum.contract import Parts
from naeum.errors import InputError, StoreError
from naeum.model.around.blend import Blend
from naeum.model.around.fitted import Fitted
from naeum.model.floor import Majority
from naeum.model.text.networks import HashedNgrams
from naeum.testing.data import parts
from naeum.testing.runs import TinyRun

QUICK = HashedNgrams(buckets=2**12, width=16)


def test_it_answers_as_it_did_whatever_the_rows_are_now(tmp_path: Path) -> None:
    run, both, other = TinyRun(tmp_path), parts(60, korean=True), parts(30, korean=True, seed=7)
    known = run.fit(QUICK, both)
    again = Fitted(run.key(QUICK, both)).fit(other, run)
    np.testing.assert_array_equal(again.predict(other.tune.rows).scores, known.predict(other.tune.rows).scores)


def test_it_is_a_value_and_decided_as_it_stands_also_in_a_blend(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(60)
    inner = Blend((Majority(), QUICK), weights=(0.5, 0.5))
    run.fit(inner, both)
    learner = Fitted(run.key(inner, both))
    assert values.from_json(values.to_json(learner), {"fitted": Fitted}) == learner
    assert learner.fit(both, run).decided(learner) == learner
    blend = Blend((learner, Majority()), weights=(0.9, 0.1))
    assert blend.fit(both, run).decided(blend).members == (learner, Majority())


def test_what_is_refused(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(30)
    with pytest.raises(InputError, match="a fitted learner must name an artifact; got none; give a key of the store"):
        Fitted().fit(both, run)
    with pytest.raises(StoreError, match="the artifact lost must have been fitted"):
        Fitted("lost").fit(both, run)
    run.fit(Majority(), both)
    three = parts(30, classes=3)
    with pytest.raises(
        InputError, match=r"must answer the task of the rows, a, b, c from text; .* answers a, b from text"
    ):
        Fitted(run.key(Majority(), both)).fit(three, run)
    other = replace(both.fit, task=replace(both.fit.task, metric="f1_macro"))  # how it is judged does not matter
    assert len(Fitted(run.key(Majority(), both)).fit(Parts(other, both.tune), run).predict(both.tune.rows)) == 10
