"""What is it called when an answer is wrong?"""

from __future__ import annotations

import pytest

from naeum.contract import SHAPES
from naeum.diagnose.wording import FLOORS, SEEN, seen


def test_every_kind_of_answer_has_its_words() -> None:
    assert set(SEEN) == set(SHAPES) == set(FLOORS)


@pytest.mark.parametrize("output", SHAPES)
def test_both_errors_are_named(output: str) -> None:
    text = seen(output, "1.0 %", "2.0 %")
    assert text.index("1.0 %") < text.index("2.0 %")
