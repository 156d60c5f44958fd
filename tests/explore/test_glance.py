"""Is a glance quick, true, and never in the way?"""

from __future__ import annotations

import pytest

from naeum.data import read
from naeum.errors import InputError
from naeum.explore.glance import glance

ROWS = [{"text": f"거실 불 {n % 5} 켜 줘", "label": "on"} for n in range(90)] + [{"text": "꺼", "label": "off"}] * 10


def test_it_says_size_gaps_copies_and_classes() -> None:
    seen = glance(read(ROWS, target="label", text="text"))
    assert seen is not None
    assert seen.summary[:4] == (
        "100 rows, 2 columns: 1 text and 1 category.",
        "Nothing is missing.",
        "94 rows repeat an earlier one.",
        "The target label has 2 classes: on (90.0 %) and off (10.0 %).",
    )
    assert {"D01"} <= {one.code for one in seen.findings}
    assert set(seen.parts) == {"facts", "missing", "duplicates", "target"}


def test_what_cannot_be_analysed_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise InputError("data must be otherwise; they are not; change them")

    monkeypatch.setattr("naeum.explore.glance.explore", refuse)
    assert glance(read(ROWS, target="label", text="text")) is None


def test_cells_of_a_table_without_texts_are_looked_at_too() -> None:
    rows = [{"age": str(20 + n % 30), "fare": str(2.0**n), "label": "ab"[n % 2]} for n in range(60)]
    seen = glance(read(rows, target="label", columns="all"))
    assert seen is not None and {"D07", "D13"} <= {one.code for one in seen.findings}
