"""Does a student get the rows and the answers that it should, and is its teacher asked once?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.compress.distil import lesson as place
from naeum.compress.distil.lesson import More, answers, lesson
from naeum.contract import AUGMENTED, PSEUDO, Parts, subset
from naeum.errors import InputError
from naeum.model.around.weights import log_probabilities
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.testing.worlds import korean, world


@pytest.fixture
def bare():
    rows = korean.parts(24, seed=77).fit
    return replace(rows, target=np.full(len(rows), -1), key="bare")


def test_labelled_rows_come_first_then_others_with_the_teachers_answers(parts, run, teacher, bare):
    fitted = run.fit(teacher, parts)
    found = lesson(teacher, fitted, parts, More(made=1.0), replace(run, bare=bare))
    own = len(parts.fit)
    assert found.known.tolist() == [True] * own + [False] * (len(found.data) - own)
    assert found.data.target[:own].tolist() == parts.fit.target.tolist()
    assert set(found.data.origin[own:]) == {PSEUDO, AUGMENTED}
    told = log_probabilities(fitted.predict(found.data.rows))
    np.testing.assert_allclose(found.told, told, atol=1e-5)
    assert (found.data.target[own:] == told[own:].argmax(1)).all()
    assert len(set(found.data.ids.tolist())) == len(found.data)


def test_without_more_rows_there_are_the_labelled_ones_that_count(parts, run, teacher):
    hidden = replace(parts.fit, target=np.where(np.arange(len(parts.fit)) < 5, -1, parts.fit.target), key="hidden")
    found = lesson(teacher, run.fit(teacher, parts), Parts(hidden, parts.tune), More(unlabelled=False), run)
    assert len(found.data) == len(found.told) == len(parts.fit) - 5


def test_a_teacher_is_asked_once(parts, run, teacher, monkeypatch):
    fitted = run.fit(teacher, parts)
    before = answers(teacher, fitted, parts.fit, parts, run)
    assert isinstance(before, np.memmap)
    monkeypatch.setattr(place, "concatenated", None)  # asking all rows again would need it
    assert answers(teacher, fitted, parts.fit, parts, run).tolist() == before.tolist()


def test_another_teacher_of_the_same_name_is_asked_anew(parts, run, teacher):
    other = Majority().fit(parts, run)
    one = answers(teacher, run.fit(teacher, parts), parts.fit, parts, run)
    assert not np.allclose(one, answers(teacher, other, parts.fit, parts, run))


@pytest.mark.parametrize("name", ["labels", "numbers", "tags"])
def test_rows_without_a_target_get_the_teachers_in_its_form(name, run):
    from naeum.model.text.linear import TfidfLogistic
    from naeum.model.text.ridge import TfidfRidge

    given = world(name).parts(24)
    rows = world(name).parts(16, seed=77).fit
    bare = replace(rows, target=np.full(len(rows), -1), truth=None, key="bare")
    learner = {"labels": TfidfLogistic(), "numbers": TfidfRidge(), "tags": Crf()}[name]
    fitted = run.fit(learner, given)
    found = lesson(learner, fitted, given, More(), replace(run, bare=bare))
    others = subset(found.data, np.flatnonzero(~found.known), "others")
    told = fitted.predict(others.rows)
    assert len(others) == len(bare)
    if name == "numbers":
        np.testing.assert_allclose(others.truth.to_numpy(), told.scores[:, 0], rtol=1e-5)
    elif name == "labels":
        codes = [tuple(others.task.classes[code] for code in row) for row in others.truth.to_pylist()]
        assert codes == [tuple(labels) for labels in told.labels]
    else:
        assert [len(row) for row in others.truth.to_pylist()] == np.diff(told.offsets).tolist()


def test_what_cannot_be_is_refused(parts, run, teacher):
    with pytest.raises(InputError, match="made must be at least 0 and at most 20 rows for each; got -1; try 4"):
        More(made=-1)
    none = replace(parts.fit, target=np.full(len(parts.fit), -1), key="none")
    with pytest.raises(InputError, match="a student must have labelled rows to learn from; got none of 36"):
        lesson(teacher, run.fit(teacher, parts), Parts(none, parts.tune), More(), run)
