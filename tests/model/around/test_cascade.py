"""Does the quick model answer what it is sure of, at no more loss than was allowed, and the careful one the rest?"""

from dataclasses import dataclass

import numpy as np
import pytest

from naeum.contract import Outputs
from naeum.errors import InputError
from naeum.model.around.cascade import NEVER, Cascade, Cascading, Told, chosen
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.testing.data import dataset
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean

QUICK, CAREFUL = NaiveBayesLogistic(words=(1, 1), chars=(0, 0), min_df=1), TfidfLogistic(words=(1, 1), chars=(1, 2))
TASK = korean.parts(8).fit.task


@dataclass
class Fixed:
    """Answers that are given by each row's number."""

    sure: list[float]
    asked: list[int]

    task, kind, version = TASK, "fixed", 1

    def predict(self, rows):
        at = [int(text) for text in rows["text"].to_pylist()]
        self.asked += at
        first = np.array([self.sure[one] for one in at])
        rest = (1 - first[:, None]) / (len(TASK.classes) - 1)
        return Outputs(TASK, np.log(np.concatenate([first[:, None], np.repeat(rest, len(TASK.classes) - 1, 1)], 1)))


def rows(count):
    return dataset([str(n) for n in range(count)], [0] * count, TASK)


def test_only_unsure_rows_reach_the_careful_model():
    quick, careful = Fixed([0.95, 0.5, 0.8, 0.4], []), Fixed([0.6] * 4, [])
    cascade = Cascading(TASK, (quick, careful), Told(0.8))
    outputs = cascade.predict(rows(4).rows)
    assert careful.asked == [1, 3]
    np.testing.assert_allclose(outputs.probabilities[:, 0], [0.95, 0.6, 0.8, 0.6], atol=1e-6)
    both = cascade.combine([quick.predict(rows(4).rows), careful.predict(rows(4).rows)])
    np.testing.assert_allclose(both.scores, outputs.scores, atol=1e-6)


def outputs_of(right, sure):
    """One answer a row, right or not, with its probability."""
    classes = len(TASK.classes)
    scores = np.zeros((len(right), classes)) + ((1 - np.array(sure)) / (classes - 1))[:, None]
    scores[np.arange(len(right)), np.where(right, 0, 1)] = sure
    return Outputs(TASK, np.log(scores).astype(np.float32))


def test_the_threshold_is_the_lowest_that_loses_no_more_than_allowed():
    sure = np.linspace(0.99, 0.6, 100)
    wrong = np.isin(np.arange(100), (40, 60, 80))  # where the quick model errs
    quick, careful = outputs_of(~wrong, sure), outputs_of(np.ones(100, bool), np.full(100, 0.9))
    for most, share in ((0.0, 0.4), (0.01, 0.6), (0.02, 0.8), (1.0, 1.0)):
        told = chosen(quick, careful, rows(100), most)
        assert told.share == pytest.approx(share) and told.loss <= most
        assert told.rows == 100 and told.low <= told.loss <= told.high
        assert (sure >= told.threshold).sum() == round(100 * share)


def test_rows_that_the_quick_model_answers_better_make_up_for_others():
    sure = np.linspace(0.99, 0.6, 100)
    quick = outputs_of(np.arange(100) != 50, sure)
    careful = outputs_of(np.arange(100) != 10, np.full(100, 0.9))
    assert chosen(quick, careful, rows(100), 0.0).share == 1.0


def test_without_enough_labelled_rows_the_careful_model_answers_all(tmp_path):
    assert chosen(*(outputs_of([True] * 20, np.full(20, 0.9)) for _ in range(2)), rows(20), 0.0).threshold == NEVER
    fitted = Cascade(QUICK, CAREFUL).fit(korean.parts(24), TinyRun(tmp_path))
    given = korean.parts(24).tune.rows
    np.testing.assert_allclose(
        fitted.predict(given).probabilities, fitted.members[1].predict(given).probabilities, atol=1e-6
    )


def test_a_fit_writes_its_threshold_down(tmp_path):
    parts = korean.parts(180)
    learner = Cascade(QUICK, CAREFUL, max_loss=0.05)
    fitted = learner.fit(parts, TinyRun(tmp_path))
    assert 0 < fitted.told.threshold < NEVER and fitted.told.share > 0.3
    assert fitted.decided(learner).threshold == fitted.told.threshold
    assert fitted.decided(QUICK) == QUICK


def test_a_cascade_is_exported_with_its_threshold(tmp_path):
    from naeum.compress.export import exported, folder

    parts = korean.parts(24)
    fitted = Cascade(QUICK, CAREFUL, threshold=0.7).fit(parts, TinyRun(tmp_path / "run"))
    folder.export(fitted, tmp_path / "model", parts.tune.rows)
    model = exported.opened(tmp_path / "model")
    np.testing.assert_allclose(model.predict(parts.tune.rows).scores, fitted.predict(parts.tune.rows).scores, atol=1e-4)


@pytest.mark.parametrize("wrong", [{"max_loss": -1}, {"threshold": -0.5}])
def test_what_is_no_cascade_is_refused(wrong):
    with pytest.raises(InputError, match="max_loss and threshold of a cascade must be 0 or more"):
        Cascade(**{"quick": QUICK, "careful": CAREFUL, **wrong})
