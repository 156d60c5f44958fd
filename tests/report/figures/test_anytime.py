"""Does the line follow the champion through time?"""

import pytest

from naeum.report import drawing
from naeum.report.figures import anytime
from naeum.report.view import View


def test_every_step_is_a_kept_rung_at_its_time(korean):
    view = View(korean)
    with drawing.style("anytime"):
        axes = anytime.figure(view).axes[0]
    kept = [rung for rung in korean.rungs if rung.kept]
    times, scores = axes.lines[0].get_data()
    assert list(times[:-1]) == pytest.approx([rung.cost["at"] / 60 for rung in kept])
    assert list(scores[:-1]) == [rung.score for rung in kept]


def test_a_short_run_counts_seconds(fake, tmp_path):
    ladder = fake.korean(tmp_path)
    ladder.rungs, ladder.seconds = ladder.rungs[:3], 40.0
    with drawing.style("anytime"):
        axes = anytime.figure(View(ladder)).axes[0]
    assert axes.get_xlabel() == "seconds since the start"
