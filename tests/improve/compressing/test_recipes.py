"""Do recipes stand in the order of what they cost, and is none tried whose weaker one failed?"""

import pytest

from naeum.improve.compressing import recipes
from naeum.improve.compressing.front import Point
from naeum.improve.compressing.recipes import BOTH, EIGHT, FEWER, HOPELESS, PLAIN, following
from naeum.model.floor import Majority

OWN = Point("own", 0.9, 0.88, 0.92, 10.0, 100.0)
ALL = recipes.recipes(Majority(), 0.01)


def made(score):
    return Point("a", score, 0.0, 1.0, 5.0, 50.0)


def test_every_recipe_follows_one_that_stands_before_it():
    names = [recipe.name for recipe in ALL]
    assert len(set(names)) == len(names)
    assert all(recipe.weaker in names[:at] for at, recipe in enumerate(ALL) if recipe.weaker)


def test_the_first_that_was_not_tried_comes_next():
    first, left = following(ALL, {}, OWN, 0.01, 1)
    assert first == ALL[0] and left == ()
    second, _ = following(ALL, {PLAIN: made(0.9)}, OWN, 0.01, 1)
    assert second is not None and second.name == FEWER


def test_what_follows_a_failure_is_left_out():
    found, left = following(ALL[:4], {PLAIN: None}, OWN, 0.01, 1)
    assert found is None and left == (FEWER, EIGHT, BOTH)


@pytest.mark.parametrize(("sign", "worse"), [(1, 0.9 * (1 - HOPELESS * 0.011)), (-1, 0.9 * (1 + HOPELESS * 0.011))])
def test_what_lost_far_too_much_is_not_cut_further(sign, worse):
    tried = {PLAIN: made(0.9), FEWER: made(worse), EIGHT: made(0.9)}
    found, left = following(ALL[:4], tried, OWN, 0.01, sign)
    assert found is None and left == (BOTH,)
    again, _ = following(ALL[:4], {**tried, FEWER: made(0.9)}, OWN, 0.01, sign)
    assert again is not None and again.name == BOTH
