"""Do the parts that read texts answer in code as they do in naeum, and learn as well?"""

import numpy as np
import pytest

from naeum.model.floor import Majority
from naeum.model.text.contrastive import Contrastive
from naeum.model.text.finetuned import BiEncoder, CrossEncoder, FineTuned
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.probe import PairProbe, Probe
from naeum.model.text.ridge import TfidfRidge
from naeum.model.text.tuning import Lora, Objective, TopLayers
from naeum.takeaway.piece import Writing
from naeum.takeaway.text import loss_of, recipe_of, training_of, tuning_of
from naeum.testing.data import parts as english
from naeum.testing.worlds import korean, labels, numbers, pairs
from naeum.train.recipe import Course, Optimization
from tests.takeaway.conftest import BRISK, classes_of, right

MARGIN = 0.15  # of the share of right answers, on sixteen rows


def test_n_grams_answer_odd_texts_alike_and_learn_as_well(writing, retrained):
    parts = korean.parts(48)
    made = writing(TfidfLogistic(chars=(2, 4)), parts, korean.odd())
    again = retrained(made.module, parts, classes_of)
    assert right(again, parts.tune) >= right(made.predictor.predict(parts.tune.rows).scores, parts.tune) - MARGIN


def test_naive_bayes_of_two_classes_keeps_one_margin(writing, retrained):
    parts = english(40)
    made = writing(NaiveBayesLogistic(words=(1, 1), chars=(0, 0), min_df=1), parts)
    assert made.module.build().load(made.module.WEIGHTS).weights.shape[1] == 1
    assert right(retrained(made.module, parts, classes_of), parts.tune) >= 1 - MARGIN


def test_balanced_classes_and_words_alone(writing):
    writing(TfidfLogistic(words=(0, 0), chars=(1, 3), class_weight="balanced", sublinear=False), english(40))


def test_ridge_gives_numbers_in_their_own_units(writing, retrained):
    parts = numbers.parts(48)
    made = writing(TfidfRidge(c=1.0), parts, numbers.odd())
    truth = parts.tune.truth.to_numpy()
    again = retrained(made.module, parts, lambda data: data.truth.to_pylist())
    own = made.predictor.predict(parts.tune.rows).scores[:, 0]
    assert abs(again[:, 0] - truth).mean() <= 1.3 * abs(own - truth).mean() + 0.5
    assert writing(TfidfRidge(c=1.0, loss="huber"), parts).card["left_out"] == [
        "Huber's loss, which wild targets pull less: the script squares its errors"
    ]


def test_several_labels_a_row(writing, retrained):
    parts = labels.parts(48)
    made = writing(TfidfLogistic(), parts, labels.odd())
    names = parts.fit.task.classes

    def written(data):
        return [[names[code] for code in codes] for codes in data.truth.to_pylist()]

    again = retrained(made.module, parts, written)
    target, known = made.module.wanted(made.module.read(str(made.file.parent / "tune.jsonl")))
    assert known.all() and (made.module.decided(again) == (target > 0)).mean() > 0.8


@pytest.mark.parametrize("world", [korean, numbers, labels])
def test_the_floor_is_the_same_for_every_row(writing, world):
    parts = world.parts(24)
    made = writing(Majority(), parts)
    target, known = made.predictor.predict(parts.tune.rows).scores, np.ones(len(parts.fit))
    assert made.module.build().load(made.module.WEIGHTS).scores(parts.tune.rows.to_pandas()).shape == target.shape
    assert len(known) == len(parts.fit)


def test_a_probe_reads_layers_side_by_side(writing, retrained, base):
    parts = korean.parts(36)
    made = writing(Probe(base=base, max_length=32, c=0.01, layers=2), parts, korean.odd())
    again = retrained(made.module, parts, classes_of)
    own = made.predictor.predict(parts.tune.rows).scores
    assert right(again, parts.tune) >= right(own, parts.tune) - MARGIN
    assert np.abs(again - own).max() < 0.1  # the same optimum, found by another solver


def test_a_probe_of_pairs_compares_two_vectors(writing, base):
    writing(PairProbe(base=base, max_length=32, c=0.01), pairs.parts(24), pairs.odd())


@pytest.mark.parametrize(
    ("tuning", "learner"), [(TopLayers(1, head="probe"), FineTuned), (Lora(4), CrossEncoder)], ids=["top", "lora"]
)
def test_a_fine_tuned_encoder_answers_alike_and_learns(writing, retrained, base, tuning, learner):
    world = korean if learner is FineTuned else pairs
    parts = world.parts(24)
    made = writing(learner(base=base, tuning=tuning, optimization=BRISK, max_length=32), parts, world.odd())
    again = retrained(made.module, parts, classes_of)
    own = made.predictor.predict(parts.tune.rows).scores
    assert right(again, parts.tune) >= right(own, parts.tune) - 2 * MARGIN


def test_an_encoder_of_a_number_answers_in_its_units(writing, base):
    writing(FineTuned(base=base, optimization=BRISK, max_length=32, pooling="cls"), numbers.parts(16), numbers.odd())


def test_two_texts_that_are_read_apart(writing, base):
    writing(BiEncoder(base=base, optimization=BRISK, max_length=32), pairs.parts(16), pairs.odd())


def test_weights_of_classes_are_left_out_where_several_are_answered(tmp_path):
    note = Writing(tmp_path, labels.parts(6).fit.task)
    loss_of(FineTuned(objective=Objective(class_weight="balanced")), note)
    assert note.left_out == ["weights of classes, as several of them are answered"]


def test_what_training_leaves_out_is_noted(tmp_path):
    course = Course(average=0.99)
    learner = FineTuned(
        optimization=Optimization(optimizer="adafactor", course=course), tuning=Lora(rate=4.0),
        objective=Objective(loss="focal", logit_adjustment=1.0),
    )  # fmt: skip
    note = Writing(tmp_path, korean.parts(6).fit.task)
    assert training_of(learner, note)["learning_rate"] == pytest.approx(4 * 5e-5)
    loss_of(learner, note)
    assert len(note.left_out) == 4 and "Adafactor" in " ".join(note.left_out)
    assert tuning_of(learner.tuning)["how"] == "lora"
    recipe_of(Contrastive(), note)
    recipe_of(None, note)
    assert note.no_training == [
        "the script cannot train contrastive; it predicts",
        "the script cannot train what has no recipe; it predicts",
    ]
