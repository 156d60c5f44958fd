"""Does the figure show every layer with its interval?"""

from types import SimpleNamespace

import pytest

from naeum.measure import metric
from naeum.report import drawing
from naeum.report.figures import layers
from naeum.report.view import View


def view_of(*scores: float) -> View:
    each = [{"layer": at, "score": one, "low": one - 0.1, "high": one + 0.1} for at, one in enumerate(scores)]
    found = View(SimpleNamespace(layers={"layers": each}))
    found.__dict__.update(metric=metric("accuracy"))
    return found


def test_layers_stand_in_their_order_words_first():
    with drawing.style("layers"):
        axes = layers.figure(view_of(0.4, 0.7, 0.6)).axes[0]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["words", "1", "2"]
    line = next(one for one in axes.lines if len(one.get_xdata()) == 3)
    assert line.get_ydata().tolist() == pytest.approx([0.4, 0.7, 0.6]) and axes.get_ylabel() == "accuracy"


def test_one_layer_is_no_figure():
    assert layers.figure(view_of(0.4)) is None
