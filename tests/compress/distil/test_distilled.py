"""Does a student learn what its teacher answers, whatever it is made of?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.compress.distil.distilled import Distilled, blended, taught_by
from naeum.compress.distil.lesson import More, lesson
from naeum.compress.distil.soft import Soft
from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.around.blend import Blend
from naeum.model.claims import claims
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.model.tags.sequence import SequenceTagger
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.networks import HashedNgrams
from naeum.testing.worlds import korean
from naeum.train.recipe import Optimization

pytest.importorskip("torch")
BAG = HashedNgrams(optimization=Optimization(epochs=15.0, learning_rate=2e-2), width=16, buckets=2**10)


def test_a_student_answers_more_like_its_teacher_than_one_that_saw_the_labels_alone(parts, run, teacher):
    bare = korean.parts(60, seed=77).fit
    rich = replace(run, bare=replace(bare, target=np.full(len(bare), -1), key="bare"))
    learner = Distilled(teacher, BAG, Soft(alpha=1.0), More(made=2.0))
    asked, fitted = parts.tune.rows, run.fit(teacher, parts)
    told = fitted.predict(asked).probabilities
    taught, alone = (rich.fit(one, parts).predict(asked).probabilities for one in (learner, BAG))
    assert np.abs(taught - told).mean() < 0.7 * np.abs(alone - told).mean()


def test_several_teachers_become_one_model(parts, run, teacher):
    several = Blend((teacher, NaiveBayesLogistic(words=(1, 1), chars=(0, 0), min_df=1)), how="mean")
    learner = Distilled(several, TfidfLogistic(words=(1, 1), chars=(1, 2), c=8.0), Soft(alpha=1.0))
    student, pool = run.fit(learner, parts), run.fit(several, parts)
    assert student.inner.kind == "linear"
    assert (student.predict(parts.tune.rows).codes == pool.predict(parts.tune.rows).codes).mean() > 0.8


def test_mixed_targets_lie_between_teacher_and_truth(parts, run, teacher):
    found = lesson(teacher, run.fit(teacher, parts), parts, More(), run)
    mixed = blended(found, Soft(alpha=0.25)).soft
    truth = np.eye(len(parts.fit.task.classes))[parts.fit.target]
    np.testing.assert_allclose(mixed, 0.25 * np.exp(found.told) + 0.75 * truth, atol=1e-5)


def test_the_teacher_and_the_student_are_decided(parts, run, teacher):
    learner = Distilled(teacher, BAG)
    decided = run.fit(learner, parts).decided(learner)
    assert decided.teacher.c > 0 and decided.student.patience == 0
    assert (decided.soft, decided.more) == (learner.soft, learner.more)


def test_it_claims_what_both_learn():
    tags = Task(("words",), "tags", ("O", "B-x"), "entity_f1", "tags", kinds=("words",))
    assert claims(Distilled(Crf(), SequenceTagger()), tags)
    assert not claims(Distilled(Crf(), Crf()), tags)  # its loss cannot be another
    assert not claims(Distilled(Majority(), BAG), tags)
    assert claims(Distilled(Majority(), BAG), Task(output="number"))
    assert not claims(Distilled(), Task())


def test_rows_that_the_teacher_did_not_answer_are_refused(parts, run, teacher):
    found = lesson(teacher, run.fit(teacher, parts), parts, More(), run)
    short = replace(found, told=found.told[:-1])
    with pytest.raises(InputError, match=r"the rows that its teacher answered; it has 36 answers .* gave 35"):
        taught_by(BAG.job(parts, run), short, Soft())
