"""What is seen in a figure that a canvas drew?"""

import re

import pytest


def words_of(canvas):
    """The words of a figure, in the order in which they were written."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", canvas.svg("x", "a figure"))


def shapes_of(canvas):
    """How many closed boxes, open lines and round dots a figure has."""
    svg = canvas.svg("x", "a figure")
    paths = re.findall(r'<path d="([^"]*)"[^>]*style="([^"]*)"', svg)
    boxes = sum(path.lower().count("z") for path, _ in paths)
    dots = sum(path.count("M") for path, style in paths if "linecap: round" in style)
    lines = sum(path.count("M") for path, style in paths if "z" not in path.lower() and "linecap: round" not in style)
    return {"boxes": boxes, "lines": lines, "dots": dots}


@pytest.fixture
def words():
    return words_of


@pytest.fixture
def shapes():
    return shapes_of
