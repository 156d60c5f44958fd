"""Do recipes stand in the order of what they cost and bring, and is none tried whose weaker one failed?"""

import pytest

from naeum import values
from naeum.compress.distil.distilled import Distilled
from naeum.compress.prune.pruned import Pruned
from naeum.improve.compressing import recipes
from naeum.improve.compressing.front import Point
from naeum.improve.compressing.recipes import (
    BOTH,
    EIGHT,
    FEWER,
    HALF_HALF,
    HALF_LAYERS,
    HALF_WORK,
    HOPELESS,
    NETWORK,
    NGRAMS,
    PLAIN,
    THIRD_LAYERS,
    following,
    in_order,
)
from naeum.model.around.blend import Blend
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.probe import Probe
from naeum.testing.data import make

OWN = Point("own", 0.9, 0.88, 0.92, 10.0, 100.0)
TASK = make(4).task
FOUR = recipes.recipes(TfidfLogistic(), TASK, 0.01)
BLEND = Blend((FineTuned(base="a"), TfidfLogistic()))
ALL = recipes.recipes(BLEND, TASK, 0.01, layers=6)


def made(score):
    return Point("a", score, 0.0, 1.0, 5.0, 50.0)


def test_every_recipe_follows_one_that_stands_before_it():
    names = [recipe.name for recipe in ALL]
    assert len(set(names)) == len(names) == 12
    assert all(recipe.weaker in names[:at] for at, recipe in enumerate(ALL) if recipe.weaker)


def test_what_is_of_ngrams_alone_gets_no_student():
    assert [recipe.name for recipe in FOUR] == [PLAIN, FEWER, EIGHT, BOTH]


def test_a_frozen_encoder_is_not_cut_but_teaches():
    names = {recipe.name for recipe in recipes.recipes(Probe(base="a"), TASK, 0.01, layers=6)}
    assert {NETWORK, NGRAMS} < names and not {HALF_WORK, HALF_LAYERS} & names


def test_the_encoder_is_cut_where_it_stands_and_the_whole_champion_teaches():
    cut = next(recipe for recipe in ALL if recipe.name == HALF_WORK).learner
    assert isinstance(cut.inner, Blend) and cut.inner.members[0] == Pruned(BLEND.members[0], share=0.5)
    assert cut.inner.members[1] == TfidfLogistic()
    taught = next(recipe for recipe in ALL if recipe.name == HALF_HALF).learner.inner
    assert isinstance(taught, Pruned) and isinstance(taught.inner, Distilled) and taught.inner.teacher == BLEND
    assert [node.count for _, node in values.nodes(taught) if node.kind == "layers_of_teacher"] == [3]


def test_a_base_of_two_layers_has_no_third():
    names = [recipe.name for recipe in recipes.recipes(FineTuned(base="a"), TASK, 0.01, layers=2)]
    assert HALF_LAYERS in names and THIRD_LAYERS not in names


def test_all_words_stay_where_the_tokenizer_cannot_be_cut():
    cut = recipes.recipes(BLEND, TASK, 0.01, layers=6, words="all")
    assert {one.learner.words for one in cut if one.name in (HALF_WORK, HALF_LAYERS, HALF_HALF)} == {"all"}


def test_mild_cuts_stand_before_strong_ones_unless_limits_ask_for_more():
    assert [one.name for one in in_order(ALL, 1.0)][4:6] == [HALF_WORK, HALF_LAYERS]
    strong = [one.name for one in in_order(ALL, 5.0)]
    assert strong[:4] == [PLAIN, FEWER, EIGHT, BOTH] and strong[4] == NETWORK
    assert strong.index(NGRAMS) < strong.index(HALF_WORK)


def test_the_first_that_was_not_tried_comes_next():
    assert following(ALL, {}, OWN, 0.01, 1) == ALL[0]
    second = following(ALL, {PLAIN: made(0.9)}, OWN, 0.01, 1)
    assert second is not None and second.name == FEWER


def test_what_follows_a_failure_is_left_out():
    assert following(FOUR, {PLAIN: None, FEWER: None}, OWN, 0.01, 1) is None


@pytest.mark.parametrize(("sign", "worse"), [(1, 0.9 * (1 - HOPELESS * 0.011)), (-1, 0.9 * (1 + HOPELESS * 0.011))])
def test_what_lost_far_too_much_is_not_cut_further(sign, worse):
    tried = {PLAIN: made(0.9), FEWER: made(worse), EIGHT: made(0.9)}
    assert following(FOUR, tried, OWN, 0.01, sign) is None
    again = following(FOUR, {**tried, FEWER: made(0.9)}, OWN, 0.01, sign)
    assert again is not None and again.name == BOTH
