"""Are networks compiled where that is wanted, and nowhere else?"""

from __future__ import annotations

import pytest
import torch

from naeum.engine import compiling
from naeum.engine.compiling import Compiled, maybe, wanted
from naeum.errors import InputError


class Answering:
    """A predictor that asks its network."""

    def __init__(self, network):
        self.network = network

    def predict(self, rows):
        return maybe(self.network)(rows)


@pytest.fixture(autouse=True)
def compiler(monkeypatch):
    """Stands in for torch's: what it made says so."""
    made = []

    def compiled(module, dynamic):
        made.append((module, dynamic))
        return lambda rows: ("compiled", rows)

    monkeypatch.setattr(torch, "compile", compiled)
    compiling._compiled.cache_clear()
    return made


def plain(rows):
    return "as it is", rows


def test_a_network_is_compiled_once_for_batches_of_every_length(compiler):
    model = Answering(plain)
    assert Compiled(model).predict(3) == ("compiled", 3) and Compiled(model).predict(5) == ("compiled", 5)
    assert compiler == [(plain, True)]
    assert model.predict(3) == ("as it is", 3)  # where it is not wanted


def test_what_cannot_be_compiled_is_refused(monkeypatch):
    def failing(module, dynamic):
        raise RuntimeError("no compiler\nhere")

    monkeypatch.setattr(torch, "compile", failing)
    with pytest.raises(InputError, match=r"torch must be able to compile .* it cannot here \(no compiler here\)"):
        Compiled(Answering(plain)).predict(3)
    assert maybe(plain) is plain  # and it is wanted no longer


def test_what_is_wanted_ends_with_the_block():
    with wanted():
        assert maybe(plain) is not plain
    assert maybe(plain) is plain
