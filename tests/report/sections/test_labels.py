"""Are suspected labels listed, and their texts only where they may be?"""

from naeum.report.sections.labels import MOST, labels
from naeum.report.view import View


def test_suspects_are_listed_with_both_labels(korean):
    text = labels(View(korean)).body
    assert text.count("<tr>") == len(korean.suspects) + 1
    assert "8 labels look wrong" in text and korean.suspects[0]["text"] in text


def test_without_rows_no_text_is_there(korean):
    assert not [one for one in korean.suspects if one["text"] in labels(View(korean, rows=False)).body]


def test_a_long_list_is_cut_and_says_so(korean):
    korean.suspects = korean.suspects * 10
    text = labels(View(korean)).body
    assert f"80 labels look wrong, the first {MOST} of them here" in text
    assert text.count("<tr>") == MOST + 1


def test_no_suspects_no_section(korean):
    korean.suspects = []
    assert labels(View(korean)) is None


def test_a_text_that_is_not_at_hand_is_looked_up(korean):
    korean.suspects = [{name: value for name, value in korean.suspects[0].items() if name != "text"}]
    text = labels(View(korean)).body
    assert korean.text_of(korean.suspects[0]["id"]) in text and "0.99" in text
