"""Is a broken law told, and is an exemption without a reason refused?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.testing.laws import Broken, keep, must, near


def is_even(number: int) -> None:
    must(number % 2 == 0, f"{number} is odd")


def is_small(number: int) -> None:
    must(number < 10, f"{number} is large")


def test_laws_that_hold_are_named() -> None:
    assert keep((is_even, is_small), 4) == ("is_even", "is_small")


def test_a_broken_law_says_what_was_seen() -> None:
    with pytest.raises(Broken, match="13 is odd"):
        keep((is_even, is_small), 13)


def test_an_exempt_law_is_not_tried() -> None:
    assert keep((is_even, is_small), 12, {"is_small": "it may be large here"}) == ("is_even",)


@pytest.mark.parametrize("exempt", [{"is_small": " "}, {"is_tall": "there is no such law"}])
def test_an_exemption_must_name_a_law_and_give_a_reason(exempt: dict[str, str]) -> None:
    with pytest.raises(InputError, match="an exemption must name a law and give a reason"):
        keep((is_even, is_small), 4, exempt)


def test_near_tells_the_largest_difference_and_unlike_shapes() -> None:
    near(np.zeros(3), np.zeros(3), 0.0, "scores")
    with pytest.raises(Broken, match=r"scores: a difference of 0\.5, at most 0\.1 is allowed"):
        near(np.array([0, 0.5]), np.zeros(2), 0.1, "scores")
    with pytest.raises(Broken, match=r"scores: shapes \(2,\) and \(3,\)"):
        near(np.zeros(2), np.zeros(3), 0.1, "scores")
