"""Are wrong labels found by judges that did not see them, and changed in fit alone?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum import values
from naeum.contract import Dataset, Outputs, Parts, Predictor, Run, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.around.blend import Blend
from naeum.model.around.cleaned import LEAST_LEFT, LEAST_WEIGHT, Cleaned, cleaned
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import make, parts
from naeum.testing.runs import TinyRun


@dataclass(frozen=True)
class Oracle:
    """A judge that knows the true class of each text by `truth`, and what it was fitted and asked on."""

    truth: Callable[[str], int]
    seen: list[Parts] = field(default_factory=list)

    def fit(self, both: Parts, run: Run) -> Any:
        self.seen.append(both)
        return Told(self, both)


@dataclass(frozen=True)
class Told:
    judge: Oracle
    both: Parts

    def predict(self, rows: Any) -> Outputs:
        asked = rows["text"].to_pylist()
        assert not set(asked) & set(self.both.fit.rows["text"].to_pylist())
        scores = np.full((len(asked), len(self.both.fit.task.classes)), np.log(0.05), np.float32)
        scores[np.arange(len(asked)), [self.judge.truth(text) for text in asked]] = np.log(0.95)
        return Outputs(self.both.fit.task, scores)


@dataclass(frozen=True)
class Spy:
    """A learner that keeps the parts it is fitted on."""

    seen: list[Parts] = field(default_factory=list)

    def fit(self, both: Parts, run: Run) -> Predictor:
        self.seen.append(both)
        return Majority().fit(both, run)


class SpyRun(TinyRun):
    """Fits whatever it is given, also what is no value."""

    def fit(self, inner: Any, both: Parts, share: float = 1.0) -> Any:
        return inner.fit(both, self)


def flipped(n: int, every: int, *, first: int = 0) -> tuple[Dataset, Oracle, np.ndarray]:
    """Rows with different texts, a judge that knows the truth, and which labels are wrong."""
    data = make(n, korean=True)
    unique = [f"{text} {at}" for at, text in enumerate(data.rows["text"].to_pylist())]
    known = dict(zip(unique, data.target.tolist(), strict=True))
    wrong = np.zeros(n, bool)
    wrong[first::every] = True
    rows = data.rows.set_column(0, "text", [unique])
    return (
        replace(data, rows=rows, target=np.where(wrong, 1 - data.target, data.target)),
        Oracle(known.__getitem__),
        wrong,
    )


def fitted_on(data: Dataset, learner: Cleaned, folder: Path, seed: int = 0) -> Dataset:
    """The rows that the inner learner was fitted on."""
    tune = make(10)
    learner.inner.seen.clear()
    learner.fit(Parts(data, tune), SpyRun(folder, seed=seed))
    (seen,) = learner.inner.seen
    assert seen.tune is tune
    return seen.fit


def test_wrong_rows_are_dropped_relabelled_or_weighed(tmp_path: Path) -> None:
    data, oracle, wrong = flipped(100, 25)
    data = replace(data, weight=np.full(100, 2, np.float32))
    learner = Cleaned(Spy(), judge=oracle)
    left = fitted_on(data, learner, tmp_path)
    assert left.ids.tolist() == data.ids[~wrong].tolist()
    right = fitted_on(data, replace(learner, how="relabel"), tmp_path)
    assert (right.target == np.where(wrong, 1 - data.target, data.target)).all() and (right.weight == 2).all()
    light = fitted_on(data, replace(learner, how="weight"), tmp_path)
    assert (light.target == data.target).all()
    assert light.weight == pytest.approx(np.where(wrong, 2 * LEAST_WEIGHT, 2))
    assert len({data.key, left.key, right.key, light.key}) == 4
    assert len(oracle.seen) == 3 * learner.folds
    assert all(len(both.tune) == 0 for both in oracle.seen)


def test_judges_did_not_see_the_group_and_unlabelled_rows_stay(tmp_path: Path) -> None:
    data, oracle, _ = flipped(80, 20)
    target = np.where(np.arange(80) >= 70, -1, data.target)
    data = replace(data, group=np.arange(80) // 4, target=target)
    left = fitted_on(data, Cleaned(Spy(), judge=oracle), tmp_path)
    assert (left.target == -1).sum() == 10
    for both in oracle.seen:
        held = set(data.group[target >= 0]) - set(both.fit.group)
        assert 4 <= len(held) <= 6 and (both.fit.target >= 0).all()


@given(every=st.integers(2, 9), most=st.floats(0.01, 0.5), seed=st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_no_more_than_the_share_is_touched_and_no_class_is_emptied(
    tmp_path_factory: pytest.TempPathFactory, every: int, most: float, seed: int
) -> None:
    data, oracle, _ = flipped(60, every)
    left = fitted_on(data, Cleaned(Spy(), judge=oracle, most=most), tmp_path_factory.mktemp("run"), seed)
    assert 60 - int(most * 60) <= len(left) <= 60
    kept = np.bincount(left.target, minlength=2)
    assert (kept >= np.minimum(np.bincount(data.target, minlength=2), LEAST_LEFT)).all()


def test_a_class_that_looks_all_wrong_keeps_rows(tmp_path: Path) -> None:
    data, _, _ = flipped(60, 60)
    data = replace(data, target=np.where(np.arange(60) < 8, 1, 0))
    suspicious = Oracle(lambda text: 0 if int(text.rsplit(" ", 1)[1]) < 7 else int(text.endswith(" 7")))
    left = fitted_on(data, Cleaned(Spy(), judge=suspicious, most=0.5), tmp_path)
    assert (left.target == 1).sum() == LEAST_LEFT


@pytest.mark.parametrize("rows, group", [(6, np.arange(6)), (40, np.zeros(40, np.int64))])
def test_what_cannot_be_judged_stays_as_it_is(tmp_path: Path, rows: int, group: np.ndarray) -> None:
    data, oracle, _ = flipped(rows, 3)
    data = replace(data, group=group)
    assert fitted_on(data, Cleaned(Spy(), judge=oracle), tmp_path) is data


def test_a_relabelled_row_has_the_soft_target_of_its_new_class() -> None:
    soft = np.full((4, 2), 0.5, np.float32)
    data = cleaned(replace(make(4), soft=soft), "relabel", np.array([2]), np.array([1]))
    assert data.soft is not None and data.soft.tolist() == [[0.5, 0.5], [0.5, 0.5], [0, 1], [0.5, 0.5]]
    assert soft[2].tolist() == [0.5, 0.5]


def test_real_judges_find_planted_flips_and_fits_are_kept(tmp_path: Path) -> None:
    run, clean, both = TinyRun(tmp_path), parts(200, korean=True), parts(200, korean=True, noise=0.08)
    learner = Cleaned(Blend((Majority(), TfidfLogistic())), how="relabel", most=0.15)
    fitted = learner.fit(both, run)
    assert metric("accuracy").score(fitted.predict(both.tune.rows), both.tune) >= 0.9
    wrong = int((both.fit.target != clean.fit.target).sum())
    said = int(next(note for *_, note in run.reports if "look wrong" in note).split()[0])
    assert 0.7 * wrong <= said <= 1.3 * wrong
    count = len(run.fitted)
    learner.fit(both, run)
    assert len(run.fitted) == count  # judges and all are found again
    decided = fitted.decided(learner)
    assert decided.inner.weights and (decided.how, decided.judge) == ("relabel", None)
    again = decided.fit(Parts(both.fit, subset(both.tune, [], "none")), run)
    assert (again.predict(both.tune.rows).codes == fitted.predict(both.tune.rows).codes).all()


def test_it_is_a_value() -> None:
    kinds = {"cleaned": Cleaned, "majority": Majority}
    learner = Cleaned(Majority(), how="weight", judge=Majority())
    assert values.from_json(values.to_json(learner), kinds) == learner


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match="how must be one of drop, relabel, weight; got 'hide'; correct its name"):
        Cleaned(how="hide")
    with pytest.raises(InputError, match=r"folds must be 2 or more and most above 0 and at most 0\.5; got 1 and 0\.05"):
        Cleaned(folds=1)
    with pytest.raises(InputError, match=r"most above 0 and at most 0\.5; got 4 and 0\.9; leave them out"):
        Cleaned(most=0.9)
