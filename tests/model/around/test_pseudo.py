"""Are sure rows alone taken, in the shares of their classes, and does a learner get better by them?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from naeum.contract import PSEUDO, REAL, Parts, subset
from naeum.errors import InputError
from naeum.model.around.pseudo import Pseudo, aligned, asked, chosen, together
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import make
from naeum.testing.data import parts as texts
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import english

SMALL = TfidfLogistic(words=(1, 1), chars=(1, 2))


def bare(n, seed=77):
    rows = make(n, seed=seed)
    return replace(rows, target=np.full(n, -1), key=f"bare{n}")


class Watching(TinyRun):
    """A run that remembers on what it was asked to fit."""

    def fit(self, inner, parts, share=1.0):
        self.__dict__.setdefault("asked", []).append(parts)
        return super().fit(inner, parts, share)


def test_the_mean_of_aligned_answers_is_nearer_to_the_labels():
    rng = np.random.default_rng(0)
    chances = rng.dirichlet([8, 2, 2], 500)
    often = np.array([0.2, 0.4, 0.4])
    found = aligned(chances, often)
    assert found.sum(axis=1) == pytest.approx(np.ones(500))
    assert np.abs(found.mean(axis=0) - often).max() < 0.5 * np.abs(chances.mean(axis=0) - often).max()


def test_each_class_gets_its_share_and_its_own_threshold():
    sure = np.concatenate([np.linspace(0.5, 0.99, 50), np.linspace(0.5, 0.8, 50)])
    chances = np.where((np.arange(100) < 50)[:, None], np.stack([sure, 1 - sure], 1), np.stack([1 - sure, sure], 1))
    often = np.array([0.5, 0.5])
    found = chosen(chances, often, 0.8, 1000.0)
    assert chances[found[found < 50], 0].min() >= 0.8
    second = chances[found[found >= 50], 1]
    assert len(second) > 0 and second.min() < 0.8  # it is known worse: its threshold is lower
    few = chosen(chances, often, 0.8, 10.0)
    assert (few < 50).sum() == (few >= 50).sum() == 5
    assert set(few[few < 50]) == {45, 46, 47, 48, 49}  # the surest


def test_pseudo_rows_say_what_they_are(tmp_path):
    run, given, rows = Watching(tmp_path, bare=bare(60)), texts(), bare(60)
    Pseudo(SMALL, share=1.0, weight=0.5, confidence=0.5).fit(given, run)
    taught = run.asked[-1].fit
    made = taught.origin == PSEUDO
    assert made.sum() > 5 and (taught.origin[~made] == REAL).all() and (~made).sum() == len(given.fit)
    assert set(taught.ids[made]) <= set(rows.ids) and np.array_equal(taught.parent, taught.ids)
    assert not set(taught.group[made]) & set(taught.group[~made]) and len(set(taught.group[made])) == made.sum()
    assert taught.weight[made] == pytest.approx(0.5 * given.fit.weight.mean())
    assert taught.soft[made].sum(axis=1) == pytest.approx(np.ones(made.sum()))
    assert np.array_equal(taught.soft[made].argmax(axis=1), taught.target[made])
    assert np.array_equal(run.asked[-1].tune.ids, given.tune.ids)  # to tune on there are real rows alone


def test_hard_targets_where_they_are_asked_for(tmp_path):
    run = Watching(tmp_path, bare=bare(40))
    Pseudo(SMALL, soft=False, confidence=0.0).fit(texts(), run)
    assert set(np.unique(run.asked[-1].fit.soft)) <= {0.0, 1.0}


def test_rows_that_are_learned_from_or_tuned_on_are_not_asked_about(tmp_path):
    given = texts()
    whole = replace(given.fit, target=np.full(len(given.fit), -1), key="whole")
    assert len(asked(whole, given, 0)) == 0
    assert len(asked(bare(30), given, 0)) == 30 and len(asked(None, given, 0)) == 0
    few = Parts(replace(make(2), key="few"), given.tune)
    assert (
        len(asked(bare(90), few, 0)) == 40
        and asked(bare(90), few, 0).ids.tolist() != asked(bare(90), few, 1).ids.tolist()
    )


def test_without_unlabelled_rows_it_is_the_inner_learner(tmp_path):
    given = texts()
    found = Pseudo(SMALL).fit(given, TinyRun(tmp_path)).predict(given.tune.rows).scores
    assert np.array_equal(found, SMALL.fit(given, TinyRun(tmp_path / "plain")).predict(given.tune.rows).scores)


def test_rounds_teach_the_next_student(tmp_path):
    run = Watching(tmp_path, bare=bare(60))
    Pseudo(replace(SMALL, c=1.0), rounds=2, confidence=0.5, temperature=1.0).fit(texts(), run)
    assert len(run.asked) == 3
    assert run.asked[-1].fit.key != run.asked[-2].fit.key


def test_a_teacher_that_is_too_sure_is_cooled(tmp_path):
    run, given = TinyRun(tmp_path, bare=bare(60)), texts()
    found = Pseudo(TfidfLogistic(words=(1, 1), chars=(1, 2), c=64.0)).fit(given, run)
    assert found.temperature != 1.0
    assert found.decided(Pseudo(SMALL)).temperature == found.temperature


def test_few_labels_get_help_from_many_rows(tmp_path):
    given, more, tests = english.parts(6), english.parts(300, seed=5).fit, english.parts(900, seed=9).tune
    rows = replace(more, target=np.full(len(more), -1), key="more")
    parts = Parts(given.fit, subset(given.tune, [], "none"))

    def right(learner):
        run = TinyRun(tmp_path / learner.kind, bare=rows)
        return (learner.fit(parts, run).predict(tests.rows).codes == tests.target).mean()

    assert right(Pseudo(SMALL, confidence=0.0, share=50.0)) > right(SMALL) + 0.03


def test_soft_targets_of_real_rows_are_their_labels():
    fit = make(6)
    both = together(fit, replace(bare(4), soft=np.full((4, 2), 0.5, np.float32)))
    assert len(both) == 10 and both.soft[:6].argmax(axis=1).tolist() == fit.target.tolist()


def test_numbers_out_of_range_are_refused():
    with pytest.raises(InputError, match=r"confidence must be in \[0, 1\), share above 0.*got 1.0, 3.0 and 0.5"):
        Pseudo(Majority(), confidence=1.0)
    with pytest.raises(InputError, match=r"rounds must be 1 or more and temperature 0 or more; got 0 and 0.0"):
        Pseudo(Majority(), rounds=0)
