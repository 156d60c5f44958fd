"""Do nodes of LSTM and GRU compute what torch does over packed rows, whatever the norm and however long the rows?"""

import numpy as np
import onnx
import onnxruntime
import pytest
import torch

from naeum.compress.export import graph
from naeum.compress.export.recurrence import by_nodes
from naeum.model.sequence.recurrent import Recurrence

WIDTH = 6


class Reader(torch.nn.Module):
    """The states of words alone."""

    def __init__(self, body):
        super().__init__()
        self.body = body

    def forward(self, words):
        there = (words != 0).any(dim=2)
        return (self.body(words, there.sum(dim=1)) * there[:, :, None]).flatten(1)


def rows(*lengths):
    """(rows, longest, WIDTH) words, zero behind each row's own."""
    made = np.random.default_rng(1).normal(size=(len(lengths), max(lengths), WIDTH)).astype(np.float32)
    for row, length in zip(made, lengths, strict=True):
        row[length:] = 0
    return made


@pytest.mark.parametrize(
    "shape",
    [
        Recurrence("lstm", width=5, layers=2),
        Recurrence("gru", width=4, norm="batch"),
        Recurrence("gru", width=3, norm="none", residual=False),
    ],
    ids=lambda shape: f"{shape.cell}-{shape.norm}",
)
def test_states_are_those_of_torch_and_nothing_is_unrolled(shape, tmp_path):
    torch.manual_seed(0)
    plain = Reader(shape.module(WIDTH, 9)).eval().requires_grad_(False)
    path = tmp_path / "part.onnx"
    graph.write(by_nodes(plain, shape.cell).eval(), {"words": rows(4, 7, 2)}, path, "the network")
    told = [node.op_type for node in onnx.load(str(path)).graph.node]
    assert told.count(shape.cell.upper()) == shape.layers
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    for lengths in ((4, 7, 2), (1,), (9, 9), (3, 1, 1, 8, 5)):
        given = rows(*lengths)
        np.testing.assert_allclose(
            session.run(None, {"words": given})[0], plain(torch.as_tensor(given)).numpy(), atol=1e-5
        )


def test_the_reader_itself_stays_as_it_was():
    plain = Reader(Recurrence("gru", width=3).module(WIDTH, 9))
    before = plain.body
    assert by_nodes(plain, "gru").body is not before and plain.body is before
