"""Which learners can be fitted on which tasks?"""

from __future__ import annotations

from naeum.contract import Task
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.claims import claims
from naeum.model.floor import Majority
from naeum.model.text.linear import NaiveBayesLogistic

TABLE = Task(inputs=("나이", "성별"), kinds=("number", "category"))
TAGS = Task(inputs=("words",), kinds=("words",), output="tags")


def test_a_reader_of_texts_claims_texts_only() -> None:
    assert claims(NaiveBayesLogistic(), Task())
    assert not claims(NaiveBayesLogistic(), TABLE)
    assert not claims(NaiveBayesLogistic(), TAGS)


def test_a_learner_around_others_claims_what_all_of_them_do() -> None:
    assert claims(Blend((Majority(), NaiveBayesLogistic())), Task())
    assert claims(Blend((Majority(), Majority())), TABLE)
    assert not claims(Blend((Majority(), NaiveBayesLogistic())), TABLE)
    assert not claims(Calibrated(Majority()), Task(output="number")), "a temperature is for probabilities"


def test_the_floor_claims_everything_that_is_measured() -> None:
    assert all(claims(Majority(), Task(output=output)) for output in ("label", "labels", "number", "tags"))


def test_a_learner_may_say_itself_what_it_claims() -> None:
    class Picky:
        def claims(self, task: Task) -> bool:
            return task.target == "점수"

    assert claims(Picky(), Task(target="점수"))
    assert not claims(Picky(), TABLE)
