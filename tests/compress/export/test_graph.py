"""Is a module written as a graph that takes any number of rows and tokens, and is what cannot be traced named?"""

import numpy as np
import pytest
import torch

from naeum.compress.export import graph, safety
from naeum.compress.export.modules import scoring
from naeum.compress.export.texts import example
from naeum.errors import InputError


@pytest.fixture(scope="module")
def traced(tuned, tmp_path_factory):
    made = scoring(tuned)
    return graph.write(made.module, example(made), tmp_path_factory.mktemp("graph") / "part.onnx", "the model"), made


def test_any_number_of_rows_and_tokens_is_taken(traced):
    import onnxruntime

    session = onnxruntime.InferenceSession(str(traced[0].path))
    for texts in (("a",), ("영화 정말 최고", "배송"), ("오늘 " * 20,) * 5):
        batch = example(traced[1], texts)
        with torch.no_grad():
            wanted = traced[1].module(**{name: torch.as_tensor(array) for name, array in batch.items()}).numpy()
        np.testing.assert_allclose(session.run([graph.SCORES], batch)[0], wanted, atol=1e-5)


def test_the_file_is_one_whole_and_harmless(traced):
    safety.check(traced[0].path)
    assert [file.name for file in traced[0].path.parent.iterdir()] == ["part.onnx"]
    assert traced[0].opset >= 18


def test_values_are_computed_alike_under_their_names(traced):
    batch = example(traced[1])
    wanted = graph.recorded(traced[0], batch)
    found = graph.computed(traced[0].path, batch, list(wanted))
    assert len(found) > 20
    for name, value in found.items():
        if value.dtype.kind == "f" and value.shape == wanted[name].shape and np.isfinite(wanted[name]).all():
            np.testing.assert_allclose(value, wanted[name], atol=1e-4)


def test_a_value_is_told_by_its_module(traced):
    batch = example(traced[1])
    names = list(graph.computed(traced[0].path, batch, list(graph.recorded(traced[0], batch))))
    told = [graph.scope(traced[0].path, name) for name in names]
    assert any("(LayerNormalization in encoder." in one for one in told)
    assert graph.scope(traced[0].path, "nothing") == "nothing"


class Winding(torch.nn.Module):
    """Goes where the numbers tell: no graph can."""

    def forward(self, x):
        return x + 1 if float(x.sum()) > 0 else x


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.nn.Linear(4, 4)
        self.winding = Winding()

    def forward(self, input_ids):
        return self.winding(self.first(input_ids.float()[:, :1].expand(-1, 4)))


def test_a_part_that_cannot_be_traced_is_named(tmp_path):
    with pytest.raises(InputError, match=r"winding of the model is not .*; answer with torch instead"):
        graph.write(Model().eval(), {"input_ids": np.ones((3, 5), np.int64)}, tmp_path / "a.onnx", "the model")


def test_a_model_beyond_one_file_is_refused(tuned, tmp_path, monkeypatch):
    monkeypatch.setattr(graph, "MOST_BYTES", 1_000)
    made = scoring(tuned)
    with pytest.raises(InputError, match=r"to be one ONNX file; the model has 0\.0 GB; distil it"):
        graph.write(made.module, example(made), tmp_path / "a.onnx", "the model")
