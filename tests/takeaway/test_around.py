"""Do blends, temperatures, weights of rows, thresholds and intervals stand in code as in naeum?"""

import json

import numpy as np
import pytest

from naeum.model.around.bagged import Bagged
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.cleaned import Cleaned
from naeum.model.around.conformal import Conformal
from naeum.model.around.cutpoints import CutPoints
from naeum.model.around.halved import Halved
from naeum.model.around.thresholded import Thresholded
from naeum.model.around.weighed import Weighed
from naeum.model.floor import Majority
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.ridge import TfidfRidge
from naeum.takeaway.around import ranked
from naeum.testing.data import parts as english
from naeum.testing.worlds import korean, labels, numbers, ordered
from tests.takeaway.conftest import classes_of, right

WORDS = TfidfLogistic(chars=(0, 0))


def test_a_calibrated_blend_keeps_its_weights_and_its_temperature(writing, retrained):
    parts = korean.parts(36)
    learner = Calibrated(Blend((WORDS, NaiveBayesLogistic(), Majority()), how="mean"), temperature=1.7)
    made = writing(learner, parts, korean.odd())
    assert "temperature=1.7" in made.file.read_text(encoding="utf-8")
    assert right(retrained(made.module, parts, classes_of), parts.tune) > 0.8


def test_thresholds_decide_which_labels_are_answered(writing):
    parts = labels.parts(36)
    made = writing(Thresholded(WORDS, cut=(0.2, 0.7, 0.4, 0.5)[: len(parts.fit.task.classes)]), parts)
    told = made.module.answers(made.predictor.predict(parts.tune.rows).scores)
    assert [tuple(json.loads(one)) for one in told["prediction"]] == list(
        made.predictor.predict(parts.tune.rows).labels
    )


def test_the_interval_of_a_number_stands_beside_it(writing):
    parts = numbers.parts(36)
    made = writing(Conformal(TfidfRidge(c=1.0)), parts)
    own = made.predictor.predict(parts.tune.rows)
    told = made.module.answers(own.scores)
    assert np.allclose(told[["low", "high"]].to_numpy(), own.quantiles, atol=1e-3)


@pytest.mark.parametrize("learner", [WORDS, CutPoints(WORDS)], ids=["rule", "cut points"])
def test_classes_in_an_order_are_answered_by_the_metric(writing, learner):
    parts = ordered.parts(36)
    made = writing(learner, parts)
    own = made.predictor.predict(parts.tune.rows)
    assert made.module.answers(own.scores)["prediction"].tolist() == own.labels.tolist()
    assert ranked(parts.fit.task) == made.module.RANKED


def test_a_bag_learns_from_all_rows_and_says_so(writing):
    made = writing(Bagged(WORDS, folds=2), english(30))
    assert made.card["left_out"] == ["that each member of the bag left out other rows: each learns from all"]


def test_rows_are_weighed_in_training_too(writing, retrained):
    parts = english(30)
    made = writing(Weighed(WORDS, strength=0.5), parts)
    assert "Weighed(" in made.file.read_text(encoding="utf-8")
    assert right(retrained(made.module, parts, classes_of), parts.tune) > 0.8


def test_what_chose_rows_or_settings_is_passed_through(writing):
    made = writing(Cleaned(Halved((WORDS, Majority()))), english(30))
    assert made.card["left_out"] == ["that rows whose label looked wrong were left out, or counted less"]
    assert "TfidfLogistic(" in made.file.read_text(encoding="utf-8")


def test_intervals_of_members_are_blended(writing):
    parts = numbers.parts(36)
    members = (Conformal(TfidfRidge(c=1.0), reach=1.0), Conformal(TfidfRidge(c=4.0), reach=3.0))
    assert pytest.approx(2.0) == writing(Blend(members, how="mean"), parts).module.REACH


def test_cuts_of_members_are_blended(writing):
    parts = labels.parts(36)
    count = len(parts.fit.task.classes)
    members = tuple(Thresholded(WORDS, cut=(at,) * count) for at in (0.2, 0.6))
    assert pytest.approx([0.4] * count) == writing(Blend(members, how="mean"), parts).module.CUT
