"""Do things show what they hold in a notebook, with everything of the user's escaped?"""

from __future__ import annotations

import re

import numpy as np
import pytest

from naeum import cards, read
from naeum.contract import Dataset, Finding, Outputs, Rung, Task
from naeum.model.floor import Majority

COST = {"seconds": 1.25}
RUNG = Rung(2, Majority(), "lora", "<b>fast</b>", (1,), (), "a", 0.9, 0.88, 0.92, 0.9, 0.95, 0.05, 0.01, 0.09,
            kept=True, decision="It is <better>.", cost=COST)  # fmt: skip


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def test_a_data_set_shows_its_first_rows_with_their_answers() -> None:
    rows = [{"text": f"<i>문장 {at}</i>", "label": ("on", "off")[at % 2]} for at in range(8)]
    data = read(rows, target="label", name="불 <켜기>")
    shown = data._repr_html_()
    assert "&lt;i&gt;문장 4&lt;/i&gt;" in shown and "문장 5" not in shown and "and 3 more" in shown
    assert "불 &lt;켜기&gt;" in shown and "<i>문장" not in shown
    assert plain(data.dataset._repr_html_()).count(" on ") == 4, "three rows, and the classes"
    assert "rows  8" in plain(data.dataset._repr_html_())


@pytest.mark.parametrize(
    ("rows", "options", "shown"),
    [
        ([{"text": f"a b {at}", "tags": "x;y"} for at in range(6)], {"output": "labels"}, "x, y"),
        ([{"text": f"a b {at}", "tags": 2.5 + at} for at in range(6)], {"output": "number"}, "3.5"),
        ([{"words": ["서울", "가"], "tags": ["B-p", "O"]}, {"words": ["a", "b"], "tags": ["O", "O"]}], {}, "B-p, O"),
        ([{"text": "a", "tags": "p"}, {"text": "b", "tags": "q"}, {"text": "c", "tags": None}], {}, "<td style="),
    ],
)
def test_answers_of_every_kind_are_shown(rows: list[dict[str, object]], options: dict[str, str], shown: str) -> None:
    data: Dataset = read(rows, target="tags", **options).dataset  # type: ignore[arg-type]
    assert shown in data._repr_html_()


def test_a_finding_says_what_was_seen_and_what_answers_it() -> None:
    found = Finding("M02", "variance", "issue", "0.91 on fit, <0.70 on tune>.", rows=(1, 2), answers=("lora",))
    shown = found._repr_html_()
    assert "&lt;0.70 on tune&gt;" in shown and "2 rows show it" in shown and "answered by lora" in shown
    assert cards.TINT["issue"] in shown


def test_a_rung_shows_score_gain_reason_and_decision() -> None:
    shown = plain(RUNG._repr_html_())
    for word in (
        "lora",
        "0.9000",
        "[0.8800, 0.9200]",
        "+0.0500",
        "[+0.0100, +0.0900]",
        "1.2 s",
        "✓",
        "It is &lt;better&gt;.",
    ):
        assert word in shown
    assert "<b>fast</b>" not in RUNG._repr_html_()


def test_the_champion_stands_out_among_rungs() -> None:
    from dataclasses import replace

    shown = cards.rungs([replace(RUNG, number=0, parents=()), RUNG], 2)
    assert shown.count("font-weight:bold") == 8 and "+0.0500" in shown


def test_answers_are_a_table() -> None:
    task = Task(classes=("<a>", "b"))
    shown = Outputs(task, np.zeros((30, 2), np.float32))._repr_html_()
    assert "&lt;a&gt;" in shown and "30 rows" in shown and "confidence" in shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (float("nan"), ""),
        (1234.5, "1,234.5"),
        ("가" * 200, "가" * 79 + "…"),
        (b"123", "<i>3 bytes</i>"),
        (7, "7"),
    ],
)
def test_cells(value: object, shown: str) -> None:
    assert cards.text(value) == shown


def test_a_bar_stays_in_its_frame() -> None:
    assert "width:0%" in cards.bar(-1) and "width:100%" in cards.bar(2) and "width:25%" in cards.bar(0.25)
