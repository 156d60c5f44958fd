"""Do the parts that tag words answer in code as they do in naeum, and learn as well?"""

import numpy as np
import pytest

from naeum.measure import metric
from naeum.model.around.blend import Blend
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.takeaway import gate, script
from naeum.takeaway.piece import Writing
from naeum.takeaway.tags import crf
from naeum.testing.worlds import tags
from tests.takeaway.conftest import STORY


def tags_of(data):
    """The tags of each row, as they are written."""
    return [[data.task.classes[code] for code in row] for row in data.truth.to_pylist()]


@pytest.mark.parametrize("learner", [Crf(), Crf(c=0, pieces_of_words=True)], ids=["words", "pieces"])
def test_a_random_field_answers_odd_sentences_alike_and_learns_as_well(writing, retrained, learner):
    parts = tags.parts(24)
    made = writing(learner, parts, tags.odd())
    again = retrained(made.module, parts, tags_of)
    own = made.predictor.predict(parts.tune.rows)
    told = np.concatenate(list(again))
    assert told.shape == own.scores.shape and (told.argmax(axis=1) == own.scores.argmax(axis=1)).mean() > 0.97
    assert metric("entity_f1").score(own, parts.tune) > 0.8


def test_a_random_field_without_any_pattern_answers_by_its_steps_alone(writing):
    made = writing(Crf(min_count=10**6), tags.parts(12), tags.odd())
    assert not len(made.module.build().load(made.module.WEIGHTS).known)


def test_the_program_says_how_good_its_tags_are(writing):
    made = writing(Crf(), tags.parts(24))
    number = {name: at for at, name in enumerate(made.module.CLASSES)}
    codes = [np.array([number[name] for name in ("O", "B-person", "I-person", "B-place")])]
    sure = np.empty(1, object)
    sure[0] = np.eye(len(number))[codes[0]] * 9
    assert made.module.entities(codes[0]) == {(1, 3, "person"), (3, 4, "place")}
    assert made.module.score(sure, codes) == "F1 of entities 1.0000, right tags 1.0000 on 1 rows"


def test_what_an_entity_goes_on_with_never_stands_alone(writing):
    made = writing(Crf(), tags.parts(24))
    names, scores = made.module.CLASSES, np.zeros((2, len(made.module.CLASSES)))
    scores[:, names.index("I-place")] = 1.0
    assert [names[at] for at in made.module.best_path(scores)] == ["B-place", "I-place"]


def test_a_blend_of_taggers_runs_where_there_is_no_naeum(tmp_path, run):
    parts = tags.parts(24)
    learner = Blend((Crf(), Majority()), how="mean")
    predictor = run.fit(learner, parts)
    card = script.write(script.Model(predictor, learner, STORY), tmp_path / "model.py", parts.tune.rows)
    assert card["parity"]["rows"] == len(parts.tune) and card["packages"] == ["numpy", "pandas", "scipy"]
    scores, answers = gate.answered(tmp_path / "model.py", parts.tune.rows)
    own = predictor.predict(parts.tune.rows)
    assert gate.same(own, answers) and abs(scores - own.scores).max() < 1e-4


def test_what_has_no_recipe_predicts_only(tmp_path, run):
    note = Writing(tmp_path, tags.TASK)
    piece = crf(run.fit(Crf(), tags.parts(24)), None, note)
    assert note.no_training == ["the script cannot train what has no recipe; it predicts"]
    assert piece.arguments["c"] == Crf().c and (tmp_path / "crf.npz").exists()
