"""Does every figure draw what it should, small, the same twice, with Hangul?"""

import importlib
import logging
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from naeum.report import drawing
from naeum.report.figures import FIGURES, bias_variance, confusion, draw, gains, ladder_graph, overview, pareto
from naeum.report.view import View

NAMES = [name for name, _ in FIGURES]
MOST_BYTES = 250_000  # of one figure; twelve of them make a page that opens at once


@pytest.fixture
def view(english):
    return View(english)


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_is_a_small_whole_svg(view, name):
    svg = draw(name, view, "what <it> shows")
    assert ET.fromstring(svg).get("role") == "img"
    assert "what &lt;it&gt; shows" in svg
    assert len(svg) < MOST_BYTES


@pytest.mark.parametrize("name", ["ladder", "confusion", "overview"])
def test_the_same_ladder_gives_the_same_bytes(fake, tmp_path, name):
    first, second = (draw(name, View(fake.korean(tmp_path)), "") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", NAMES)
def test_no_glyph_is_missing_in_korean(korean, name, caplog, recwarn):
    with caplog.at_level(logging.WARNING):
        assert draw(name, View(korean), "") is not None
    assert not [one for one in recwarn if "missing from" in str(one.message)]


def test_hangul_is_drawn_as_paths(korean):
    svg = draw("confusion", View(korean), "")
    assert "<text" not in svg and "font-family" not in svg
    assert len(set(re.findall(r'id="(confusion-[^"]+)"', svg))) > 4


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


def test_the_floor_far_below_stands_at_the_edge(view):
    low, _ = ladder_graph.span(view, list(view.ladder.rungs))
    assert low > view.ladder.rungs[0].score


def test_a_near_floor_is_inside(view):
    rungs = [replace(rung, score=0.5 + 0.01 * rung.number, low=0.45, high=0.7) for rung in view.ladder.rungs]
    low, high = ladder_graph.span(view, rungs)
    assert low <= 0.5 <= high


def test_a_long_ladder_keeps_the_kept_and_the_champions_path(view):
    many = [replace(view.ladder.rungs[5], number=number, kept=False) for number in range(12, 80)]
    view.ladder.rungs = (*view.ladder.rungs, *many)
    shown = ladder_graph._shown(view)
    assert len(shown) == ladder_graph.MOST
    assert view.path <= {rung.number for rung in shown}


def test_gains_are_none_before_a_second_rung(view):
    view.ladder.rungs = view.ladder.rungs[:1]
    assert gains.figure(view) is None


def test_the_frontier_holds_what_nothing_beats(view):
    best = pareto.frontier(view, list(view.ladder.rungs), "latency_ms")
    assert [rung.number for rung in best] == [0, 1, 3, 8, 11]
    for rung in best:
        cheaper = [one for one in view.ladder.rungs if one.cost["latency_ms"] < rung.cost["latency_ms"]]
        assert all(one.score < rung.score for one in cheaper)


def test_bias_and_variance_add_up_to_the_error():
    found = {"reference": 0.01, "tune_error": 0.032, "fit_error": 0.015, "bias": 0.01, "variance": 0.012}
    (_, quick), (_, curve) = bias_variance.readings(found)
    assert quick == (0.01, 0.015, 0.032)
    assert curve == pytest.approx((0.01, 0.02, 0.032))


def test_a_training_error_below_the_reference_shows_no_bias():
    found = {"reference": 0.02, "tune_error": 0.03, "fit_error": 0.0}
    assert bias_variance.readings(found)[0][1] == (0.0, 0.0, 0.03)


def test_the_block_holds_the_classes_that_are_confused_most():
    counts = np.eye(30, dtype=np.int64) * 10
    counts[3, 17] = counts[17, 3] = 6
    counts[8, 9] = 4
    block = confusion.most_confused(counts, 4).tolist()
    assert sorted(block) == [3, 8, 9, 17]
    assert abs(block.index(3) - block.index(17)) == 1


def test_all_classes_are_shown_where_they_fit():
    assert confusion.most_confused(np.zeros((5, 5), np.int64), 16).tolist() == [0, 1, 2, 3, 4]


def test_pairs_are_the_most_frequent_mistakes():
    counts = np.array([[5, 2, 0], [1, 7, 0], [0, 3, 9]])
    assert confusion.pairs(counts, 2) == [(2, 1, 3), (0, 1, 2)]


def test_words_are_counted_over_all_inputs(korean):
    lengths = overview.words_of(korean.part("tune"))
    assert lengths.tolist()[:3] == [len(text.split()) for text in korean.texts[:3]]


@pytest.mark.parametrize("name", ["curve", "biasvariance", "reliability", "coverage", "confusion"])
def test_a_figure_without_its_numbers_is_left_out(korean, name, monkeypatch):
    korean.curve = korean.bias_variance = None
    empty = korean.part("tune")
    monkeypatch.setattr(type(korean), "part", lambda self, part: replace(empty, ids=empty.ids[:0]))
    assert draw(name, View(korean), "") is None


def test_lower_is_better_turns_the_axis(fake, tmp_path):
    ladder = fake.korean(tmp_path)
    ladder.task = replace(ladder.task, metric="log_loss")
    with drawing.style("ladder"):
        axes = ladder_graph.figure(View(ladder)).axes[0]
    left, right = axes.get_xlim()
    assert left > right
