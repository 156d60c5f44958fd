"""Is an SVG small, its own, and free of global state?"""

import importlib
import re

import pytest

from naeum.report import drawing
from naeum.report.figures import draw
from naeum.report.view import View


@pytest.fixture
def view(english):
    return View(english)


def test_ids_belong_to_one_figure(view):
    ids = [set(re.findall(r'\sid="([^"]+)"', draw(name, view, ""))) for name in ("pareto", "anytime")]
    assert ids[0] and not ids[0] & ids[1]


def test_no_colour_is_left_that_the_page_cannot_turn_dark(view):
    colours = {colour.lower() for colour in re.findall(r"#[0-9a-fA-F]{6}", draw("ladder", view, ""))}
    assert not colours & set(drawing.VARIABLES)
    assert "var(--accent)" in draw("ladder", view, "")


def test_nothing_points_to_a_network(view):
    svg = draw("gains", view, "").replace("http://www.w3.org/2000/svg", "")
    assert "http" not in svg


def test_pyplot_keeps_no_figure(view):
    draw("gains", view, "")
    assert importlib.import_module("matplotlib.pyplot").get_fignums() == []


def test_settings_of_the_user_stay(view):
    import matplotlib as mpl

    before = mpl.rcParams["font.size"]
    draw("gains", view, "")
    assert mpl.rcParams["font.size"] == before


def test_hangul_is_drawn_as_paths(korean):
    svg = draw("confusion", View(korean), "")
    assert "<text" not in svg and "font-family" not in svg
    assert len(set(re.findall(r'id="(confusion-[^"]+)"', svg))) > 4
