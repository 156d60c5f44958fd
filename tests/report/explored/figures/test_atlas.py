"""Is every row on the map, in the colour of its label, length or error?"""

import numpy as np
import pytest

from naeum.report.explored.figures.atlas import figure

RNG = np.random.default_rng(0)
MAP = {
    "x": RNG.random((2, 60)).tolist(),
    "topic": [n % 9 for n in range(60)],
    "length": [n * 3 for n in range(60)],
    "label": [n % 3 - 1 for n in range(60)],
    "classes": ["긍정", "부정"],
    "error": [int(n < 7) for n in range(60)],
}


def test_labels_are_named_and_unlabelled_rows_are_grey(words):
    assert words(figure(MAP, "label")) == ["unlabelled", "긍정", "부정"]
    assert "var(--line)" in figure(MAP, "label").svg("m", "map")


def test_errors_stand_out(words):
    assert words(figure(MAP, "error")) == ["answered as labelled", "answered otherwise"]


@pytest.mark.parametrize("by", ["label", "topic", "length", "error"])
def test_every_row_is_drawn_once(by, shapes):
    assert shapes(figure(MAP, by))["dots"] == 60


def test_many_topics_share_a_grey(words):
    said = words(figure(MAP, "topic"))
    assert "others" in said and len(said) == 7


def test_equal_lengths_and_missing_values_are_borne(shapes):
    assert shapes(figure({**MAP, "length": [5] * 60}, "length"))["dots"] == 60
    assert figure({**MAP, "error": None}, "error") is None
