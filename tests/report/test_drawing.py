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


def test_a_figure_speaks_korean_but_for_the_names_on_its_ticks() -> None:
    from naeum import tongue

    with drawing.style("one"):
        figure, axes = drawing.blank(2.0)
        axes.set_title("kept")
        axes.set_xlabel("floor")
        axes.bar(["kept", "b"], [1, 2], label="rung")
        axes.text(0, 1, "gain")
        axes.legend()
    with tongue.speaking("ko"):
        drawing.svg(figure, "one", "what it shows")
    assert axes.get_title(loc="left") == "유지"
    assert axes.get_xlabel() == "기준선"
    assert axes.texts[0].get_text() == "향상"
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["단계"]
    assert [tick.get_text() for tick in axes.get_xticklabels()] == ["kept", "b"]
