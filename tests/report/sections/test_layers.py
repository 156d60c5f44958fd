"""Is what each layer knows drawn and said?"""

from types import SimpleNamespace

from naeum.measure import metric
from naeum.report.sections.layers import layers
from naeum.report.view import View


def view_of(**event) -> View:
    found = View(SimpleNamespace(layers=event, task=None))
    found.__dict__.update(metric=metric("accuracy"))
    return found


def test_each_layer_is_drawn_and_read():
    each = [{"layer": at, "score": 0.5 + 0.1 * at, "low": 0.4 + 0.1 * at, "high": 0.6 + 0.1 * at} for at in range(3)]
    section = layers(view_of(base="작은", layers=each, said="The last layer, 2, knows most."))
    assert section is not None and "The last layer, 2, knows most." in section.body
    assert "The vectors of 작은" in section.body and "<svg" in section.body


def test_no_probe_no_section():
    assert layers(view_of()) is None
