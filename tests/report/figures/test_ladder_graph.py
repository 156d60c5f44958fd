"""Does the graph keep what matters in sight?"""

from dataclasses import replace

import pytest

from naeum.report import drawing
from naeum.report.figures import ladder_graph
from naeum.report.view import View


@pytest.fixture
def view(english):
    return View(english)


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


def test_lower_is_better_turns_the_axis(fake, tmp_path):
    ladder = fake.korean(tmp_path)
    ladder.task = replace(ladder.task, metric="log_loss")
    with drawing.style("ladder"):
        axes = ladder_graph.figure(View(ladder)).axes[0]
    left, right = axes.get_xlim()
    assert left > right
