"""Does the recurrent network say what torch's own says of each row alone, in padding or not?"""

from __future__ import annotations

import pytest

from naeum import extras
from naeum.errors import InputError
from naeum.model.sequence.recurrent import CELLS, Recurrence

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

import torch

LENGTHS = torch.tensor([3, 7, 1])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("residual", [True, False])
def test_states_are_those_of_each_row_alone(cell: str, residual: bool) -> None:
    torch.manual_seed(0)
    made = Recurrence(cell, width=6, layers=2, norm="layer", residual=residual).module(5, 9).eval()
    words = torch.randn(3, 7, 5)
    found = made(words, LENGTHS)
    assert found.shape == (3, 7, 12)
    for row, length in enumerate(LENGTHS.tolist()):
        alone = made.map(words[row : row + 1, :length])  # no packing here
        for layer, norm in zip(made.layers, made.norms, strict=True):
            said = layer(alone.transpose(0, 1))[0].transpose(0, 1)
            alone = norm(alone + said if residual else said)
        torch.testing.assert_close(found[row, :length], alone[0], atol=1e-5, rtol=1e-5)
        assert not found[row, length:].any()


def test_what_stands_in_the_padding_is_not_read_by_a_batch_norm_either() -> None:
    torch.manual_seed(0)
    made = Recurrence("gru", width=4, norm="batch").module(3, 9).train()
    words = torch.randn(3, 7, 3)
    other = words.clone()
    other[0, 3:], other[2, 1:] = 99.0, -99.0
    torch.manual_seed(1)
    one = made(words, LENGTHS)
    torch.manual_seed(1)
    torch.testing.assert_close(one, made(other, LENGTHS))


def test_both_ends_are_read() -> None:
    made = Recurrence(width=4).module(3, 9).eval()
    words = torch.randn(1, 5, 3)
    other = words.clone()
    other[0, 4] += 1.0
    one, two = made(words, torch.tensor([5])), made(other, torch.tensor([5]))
    assert (one[0, 0] - two[0, 0]).abs().max() > 1e-4  # the first word knows of the last one


def test_work_grows_with_layers_and_an_lstm_has_four_gates_of_a_grus_three() -> None:
    one, two = (Recurrence("lstm", 64, layers).weights(96, 10.0) for layers in (1, 2))
    assert two > one
    assert Recurrence("lstm", 64).weights(0, 1.0) / Recurrence("gru", 64).weights(0, 1.0) == pytest.approx(4 / 3)


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match="cell must be one of lstm, gru; got 'rnn'"):
        Recurrence("rnn")
    with pytest.raises(InputError, match=r"width and layers must be at least 1 .* got 0, 1"):
        Recurrence(width=0)
