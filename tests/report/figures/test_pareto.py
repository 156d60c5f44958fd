"""Does the frontier hold what nothing beats?"""

from dataclasses import replace

import pytest

from naeum.report import drawing
from naeum.report.figures import pareto
from naeum.report.view import View


@pytest.fixture
def view(english):
    return View(english)


def test_the_frontier_holds_what_nothing_beats(view):
    best = pareto.frontier(view, list(view.ladder.rungs), "latency_ms")
    assert [rung.number for rung in best] == [0, 1, 3, 8, 11]
    for rung in best:
        cheaper = [one for one in view.ladder.rungs if one.cost["latency_ms"] < rung.cost["latency_ms"]]
        assert all(one.score < rung.score for one in cheaper)


def test_a_limit_is_a_line(view):
    view.ladder.options["max_latency_ms"] = 6.0
    with drawing.style("pareto"):
        axes = pareto.figure(view).axes[0]
    assert any(list(line.get_xdata()) == [6.0, 6.0] for line in axes.lines)


def test_a_wide_range_of_costs_names_powers_of_ten_only(view):
    view.ladder.rungs = tuple(
        replace(rung, cost={**rung.cost, "latency_ms": 10.0 ** (rung.number - 4)}) for rung in view.ladder.rungs[1:8]
    )
    with drawing.style("pareto"):
        figure = pareto.figure(view)
        figure.draw_without_rendering()
    named = [label.get_text() for label in figure.axes[0].get_xticklabels() if label.get_text()]
    assert len(named) > 1 and not {"0.2", "0.5", "2", "5", "20", "50"} & set(named)
