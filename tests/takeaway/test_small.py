"""Do networks that are trained from nothing answer in code as they do in naeum, and learn as well?"""

from dataclasses import replace

import pytest

from naeum.errors import InputError
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.sequence import SequenceNetwork
from naeum.takeaway.piece import Writing
from naeum.takeaway.small import network
from naeum.testing.worlds import korean, labels, numbers
from naeum.train.recipe import Objective, Optimization
from tests.takeaway.conftest import classes_of, right

QUICK = Optimization(epochs=12.0, learning_rate=2e-2, warmup=0.0, batch_size=8, layer_decay=1.0)
BAG = HashedNgrams(optimization=QUICK, buckets=2**10, dropout=0.2)
MARGIN = 0.3  # of the share of right answers, on sixteen rows


def test_hashed_n_grams_answer_odd_texts_alike_and_learn_as_well(writing, retrained):
    parts = korean.parts(48)
    made = writing(BAG, parts, korean.odd())
    again = retrained(made.module, parts, classes_of)
    own = right(made.predictor.predict(parts.tune.rows).scores, parts.tune)
    assert own > 0.6 and right(again, parts.tune) >= own - MARGIN


def test_a_convolution_reads_odd_texts_alike_and_learns_as_well(writing, retrained):
    parts = korean.parts(48)
    learner = CharConvolution(
        optimization=replace(QUICK, learning_rate=5e-3, epochs=8.0), width=16, filters=16, windows=(2, 3), dropout=0.2
    )
    made = writing(learner, parts, korean.odd())
    again = retrained(made.module, parts, classes_of)
    own = right(made.predictor.predict(parts.tune.rows).scores, parts.tune)
    assert own > 0.6 and right(again, parts.tune) >= own - MARGIN


@pytest.mark.parametrize("world", [labels, numbers])
def test_labels_and_numbers_of_hashed_n_grams(writing, retrained, world):
    parts = world.parts(24)
    made = writing(BAG, parts, world.odd())
    names = parts.fit.task.classes

    def written(data):
        told = data.truth.to_pylist()
        return [[names[code] for code in codes] for codes in told] if world is labels else told

    again = retrained(made.module, parts, written)
    truth = parts.tune.truth
    if world is labels:
        target, _ = made.module.wanted(made.module.read(str(made.file.parent / "tune.jsonl")))
        assert (made.module.decided(again) == (target > 0)).mean() > 0.6
    else:
        assert abs(again[:, 0] - truth.to_numpy()).mean() < truth.to_numpy().std()


def test_rare_classes_count_as_much_where_the_recipe_says_so(writing, retrained):
    parts = korean.parts(24)
    learner = HashedNgrams(
        optimization=QUICK, buckets=2**8, width=8, words=0, objective=Objective(class_weight="balanced")
    )
    made = writing(learner, parts)
    assert right(retrained(made.module, parts, classes_of), parts.tune) > 0.5


def test_what_has_no_code_or_no_recipe_is_said(tmp_path, run):
    parts = korean.parts(12)
    ordered = run.fit(SequenceNetwork(optimization=Optimization(epochs=1.0)), parts)
    note = Writing(tmp_path, parts.fit.task)
    with pytest.raises(InputError, match="a part of kind 'sequence_network'"):
        network(ordered, ordered.learner, note)
    network(run.fit(BAG, parts), None, note)
    assert note.no_training == ["the script cannot train what has no recipe; it predicts"]
