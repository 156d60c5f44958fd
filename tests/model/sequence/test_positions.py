"""Are rotary positions and ALiBi those of their papers?"""

from __future__ import annotations

import cmath
import math

import pytest

from naeum import extras
from naeum.model.sequence.positions import BASE, distances, slopes, turned

if not extras.there("torch"):
    pytest.skip("torch is not installed", allow_module_level=True)

import torch


def test_slopes_of_eight_heads_are_those_of_the_paper() -> None:
    assert slopes(8) == [1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]
    assert slopes(16)[:3] == pytest.approx([2**-0.5, 2**-1, 2**-1.5])
    assert slopes(6) == pytest.approx([2**-2, 2**-4, 2**-6, 2**-8, 2**-1, 2**-3])  # the authors' rule for six


def test_distances_are_those_of_a_loop() -> None:
    both, sided = distances(5, 3), distances(5, 4)
    for one in range(5):
        for other in range(5):
            for head, slope in enumerate(slopes(3)):
                assert both[head, one, other].item() == pytest.approx(-slope * abs(one - other))
            for head, slope in enumerate([*slopes(2), *slopes(2)]):
                seen = other <= one if head < 2 else other >= one
                wanted = -slope * abs(one - other) if seen else -math.inf
                assert sided[head, one, other].item() == pytest.approx(wanted)


def test_turning_is_multiplying_complex_numbers() -> None:
    torch.manual_seed(0)
    vectors = torch.randn(2, 6, 8)
    found = turned(vectors)
    for word in range(6):
        for pair in range(4):
            angle = word / BASE ** (2 * pair / 8)
            given = complex(vectors[1, word, pair], vectors[1, word, pair + 4]) * cmath.exp(1j * angle)
            assert found[1, word, pair].item() == pytest.approx(given.real, abs=1e-5)
            assert found[1, word, pair + 4].item() == pytest.approx(given.imag, abs=1e-5)


def test_turned_products_depend_on_the_distance_alone() -> None:
    torch.manual_seed(0)
    ask, key = torch.randn(8), torch.randn(8)
    products = turned(ask.expand(12, 8)) @ turned(key.expand(12, 8)).T  # (places, places)
    for apart in (-3, 0, 5):
        along = torch.diagonal(products, apart)
        torch.testing.assert_close(along, along[:1].expand_as(along), atol=1e-5, rtol=1e-5)
    assert (products[0, 1] - products[0, 2]).abs() > 1e-4
