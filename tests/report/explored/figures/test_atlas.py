"""Is every row on the map, in the colour of its label, length or error?"""

import numpy as np
import pytest

from naeum.report import drawing
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


def dots(by, found=MAP):
    with drawing.style(f"map{by}"):
        drawn = figure(found, by)
    axes = drawn.axes[0]
    return {dots.get_label(): len(dots.get_offsets()) for dots in axes.collections}


def test_labels_have_a_colour_each_and_unlabelled_rows_are_grey():
    assert dots("label") == {"unlabelled": 20, "긍정": 20, "부정": 20}


def test_errors_stand_out():
    assert dots("error") == {"answered as labelled": 53, "answered otherwise": 7}


@pytest.mark.parametrize("by", ["topic", "length"])
def test_every_row_is_drawn_once(by):
    assert sum(dots(by).values()) == 60


def test_many_topics_share_a_grey():
    assert "others" in dots("topic") and len(dots("topic")) == 7


def test_equal_lengths_and_missing_values_are_borne():
    assert sum(dots("length", {**MAP, "length": [5] * 60}).values()) == 60
    assert figure({**MAP, "error": None}, "error") is None
