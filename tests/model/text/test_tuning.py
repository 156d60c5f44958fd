"""Are the ways of tuning values: kept as JSON, searchable, refused where they are wrong?"""

from __future__ import annotations

import pytest

from naeum import values
from naeum.errors import InputError
from naeum.model.text.tuning import TUNINGS, Full, Lora, TopLayers

KINDS = {one.kind: one for one in TUNINGS}


@pytest.mark.parametrize("value", [Full(embeddings=True), TopLayers(layers=3), Lora(rank=4, head="probe")])
def test_a_tuning_comes_back_from_json(value) -> None:
    assert values.from_json(values.to_json(value), KINDS) == value
    assert values.key(value) != values.key(type(value)())


def test_what_may_be_searched_is_marked() -> None:
    assert set(values.space(Lora())) == {"rank", "dropout", "head"}
    assert set(values.space(TopLayers())) == {"layers", "head"}


@pytest.mark.parametrize(
    "make, said",
    [
        (lambda: Full(head="best"), "head must be one of probe, random; got 'best'"),
        (lambda: TopLayers(layers=0), "layers must be at least 1; got 0; use a probe to move none"),
        (lambda: Lora(rank=0), r"rank must be at least 1, .* got 0, 32.0, 10.0 and 0.05"),
        (lambda: Lora(dropout=1.0), r"dropout in \[0, 1\); got 16, 32.0, 10.0 and 1.0"),
    ],
)
def test_wrong_settings_are_refused(make, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make()
