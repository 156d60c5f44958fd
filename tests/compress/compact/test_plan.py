"""Does a plan say what stays, and refuse what cannot?"""

import pytest

from naeum import values
from naeum.compress.compact.encoder import KINDS
from naeum.compress.compact.plan import Plan, Stay
from naeum.errors import InputError


def test_it_comes_back_from_json():
    plan = Plan((Stay(0, (1,), (0, 3)), Stay(2, (0, 1), (5,))))
    assert values.from_json(values.to_json(plan), KINDS) == plan
    assert plan.layers == (0, 2)


def test_a_plan_inside_a_plan_counts_from_the_first_encoder():
    outer = Plan((Stay(1, (0, 2, 3), (4, 5, 9)), Stay(3, (1,), (0, 7))))
    inner = Plan((Stay(0, (1, 2), (0, 2)),))
    assert outer.inside(inner) == Plan((Stay(1, (2, 3), (4, 9)),))


def test_columns_inside_columns_count_from_the_first_encoder():
    stay = (Stay(0, (0,), (0,)),)
    assert Plan(stay, (1, 4, 6)).inside(Plan(stay, (0, 2))).width == (1, 6)
    assert Plan(stay, (1, 4)).inside(Plan(stay)).width == (1, 4) == Plan(stay).inside(Plan(stay, (1, 4))).width
    assert Plan(stay, (1, 4)).only((0,)).width == (1, 4)


def test_a_plan_from_before_columns_keeps_all():
    old = {"kind": "plan", "version": 1, "settings": {"stay": []}}
    assert values.from_json(old, KINDS).width == ()


def test_columns_that_are_no_choice_are_refused():
    with pytest.raises(
        InputError, match=r"columns that stay must be ascending numbers from 0; got \[2, 2\]; sort them"
    ):
        Plan(width=(2, 2))


def test_layers_are_chosen_and_unknown_ones_refused():
    plan = Plan.whole(4, 2, 8)
    assert plan.only((3, 0)).layers == (0, 3)
    with pytest.raises(InputError, match=r"a layer must be one of \[0, 1, 2, 3\] to stay; got 4; correct its number"):
        plan.only((1, 4))


@pytest.mark.parametrize("heads", [(), (1, 0), (0, 0), (-1, 2)])
def test_heads_that_are_no_choice_are_refused(heads):
    with pytest.raises(InputError, match="the heads of a layer that stays must be ascending numbers from 0, at least"):
        Stay(0, heads, (0,))


def test_neurons_that_are_no_choice_are_refused():
    with pytest.raises(InputError, match=r"the neurons of a layer .* got \[4, 3, 2, 1\]… in layer 5; leave the whole"):
        Stay(5, (0,), (4, 3, 2, 1, 0))


def test_layers_twice_are_refused():
    with pytest.raises(InputError, match=r"in ascending order, each once; got \[1, 1\]; sort them"):
        Plan((Stay(1, (0,), (0,)), Stay(1, (0,), (0,))))
