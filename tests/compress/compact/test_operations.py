"""Are operations counted as the formulas of a layer say?"""

from naeum.compress.compact.operations import Prices, operations, planned
from naeum.compress.compact.places import places, whole
from naeum.compress.compact.plan import Plan
from naeum.compress.compact.shrink import shrink
from naeum.testing.architectures import HEADS, LAYERS, NEURONS, WIDTH, encoder


def test_a_layer_of_texts_of_one_length():
    # four square maps, two products of scores over 10 tokens, two maps to and from the neurons
    layer = 4 * WIDTH * WIDTH + 2 * 10 * WIDTH + 2 * WIDTH * NEURONS
    assert operations(encoder("bert"), [10, 10, 10]) == LAYERS * layer


def test_longer_texts_pay_more_for_attention_and_unlike_ones_by_their_tokens():
    place = places(encoder("bert"))[0]
    assert Prices.of(place, [4, 4]).neuron == Prices.of(place, [8, 16]).neuron == 2 * WIDTH
    wide = WIDTH // HEADS
    assert Prices.of(place, [2, 6]).head == wide * (4 * WIDTH + 2 * 5)  # (2·2 + 6·6) / 8 tokens are looked at
    assert Prices.of(place, []).head == wide * 4 * WIDTH


def test_a_plan_costs_what_its_encoder_costs():
    made = encoder("distilbert")
    assert planned(whole(made), Prices.of(places(made)[0], [7])) == operations(made, [7])


def test_a_narrower_plan_costs_what_its_encoder_costs():
    made = encoder("bert")
    plan = Plan(whole(made).stay[:2], (0, 3, 5, 11))
    assert planned(plan, Prices.of(places(made)[0], [4, 9])) == operations(shrink(made, plan), [4, 9])
