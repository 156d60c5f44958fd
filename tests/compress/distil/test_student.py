"""Does a student come back from the store as it was, with the recipe of its teacher?"""

import numpy as np

from naeum import registry
from naeum.compress.distil.distilled import Distilled
from naeum.model.text.linear import NaiveBayesLogistic
from naeum.store import Store


def test_a_student_keeps_its_answers_and_the_recipe_of_its_teacher(parts, run, teacher, tmp_path):
    learner = Distilled(teacher, NaiveBayesLogistic(words=(1, 1), chars=(0, 0), min_df=1))
    fitted = run.fit(learner, parts)
    store = Store(tmp_path / "store", registry.predictors())
    store.save("one", fitted)
    back = store.load("one")
    np.testing.assert_array_equal(back.predict(parts.tune.rows).scores, fitted.predict(parts.tune.rows).scores)
    assert back.decided(learner) == fitted.decided(learner)
    assert back.decided(learner).teacher.c == run.fit(teacher, parts).c
