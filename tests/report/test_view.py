"""Does a view read the ladder rightly?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.errors import InputError, StoreError
from naeum.report.view import View


def test_the_path_holds_all_that_the_champion_was_made_from(korean):
    assert View(korean).path == {11, 9, 6, 4, 3, 2, 1, 0}


def test_elapsed_is_the_measured_time(korean):
    assert View(korean).elapsed[4] == korean.rungs[4].cost["at"]


def test_elapsed_adds_up_where_no_time_was_kept(korean):
    korean.rungs = tuple(
        replace(rung, cost={name: cost for name, cost in rung.cost.items() if name != "at"}) for rung in korean.rungs
    )
    assert View(korean).elapsed[2] == pytest.approx(0.1 + 6.4 + 35.0)


def test_confusion_counts_true_classes_in_rows(korean):
    view = View(korean)
    assert view.confusion.sum() == len(korean.texts)
    assert view.confusion.sum(axis=1).tolist() == np.bincount(view.tune.target).tolist()


def test_unlabelled_rows_are_not_judged(korean):
    part = korean.part("tune")
    target = part.target.copy()
    target[:10] = -1
    korean._tune = replace(part, target=target)
    korean._measure()
    assert View(korean).confusion.sum() == len(korean.texts) - 10


def test_texts_are_empty_where_no_rows_may_be_shown(korean):
    at = np.array([2, 0])
    assert View(korean, rows=False).texts(at) == ["", ""]
    assert View(korean).texts(at) == [korean.texts[2], korean.texts[0]]


def test_answers_of_other_rows_are_not_used(korean):
    half = korean.outputs(11, "tune")
    korean.outputs = lambda number, part: replace(half, scores=half.scores[:5])
    assert View(korean).outputs is None


def test_a_part_that_is_gone_is_none(korean):
    def gone(name):
        raise InputError("a part must be there; it is gone; fit again")

    korean.part = gone
    view = View(korean)
    assert view.tune is None and view.outputs is None and view.confusion.sum() == 0


def test_uncalibrated_is_what_the_champion_calibrates(korean):
    view = View(korean)
    assert np.array_equal(view.uncalibrated.scores, korean.outputs(9, "tune").scores)
    korean.champion_rung = korean.rungs[9]
    assert View(korean).uncalibrated is None


def test_less_is_better_for_log_loss(korean):
    korean.task = replace(korean.task, metric="log_loss")
    assert View(korean).better(0.1, 0.2)


def test_trials_of_a_search_whose_artifact_is_gone_are_none(fake, korean):
    fake.searched(korean)

    def gone(artifact):
        raise StoreError("an artifact must be whole; it is gone; fit again")

    korean.store.load = gone
    assert View(korean).trials(korean.rungs[12]) == () == View(korean).trials(korean.rungs[4])


def test_a_run_that_counted_rungs_took_the_time_of_its_rungs(korean):
    korean.seconds = 0.0
    assert View(korean).seconds == max(rung.cost["at"] for rung in korean.rungs)


def test_answers_that_flatter_are_not_used(korean):
    """Answers of a model that saw the rows have another score than the one that was measured."""
    right = np.full((len(korean.texts), 2), -9.0, np.float32)
    right[np.arange(len(right)), korean.part("tune").target] = 0
    found = replace(korean.outputs(11, "tune"), scores=right)
    korean.outputs = lambda number, part: found
    assert View(korean).outputs is None
