"""Are values found where they stand, and faults of translations named?"""

from __future__ import annotations

import pytest

from naeum.tongue.entry import Entry, faults


@pytest.mark.parametrize(
    ("template", "text", "values"),
    [
        ("{} must be {}; got {}", "비율 must be 0.5; got 2", ("비율", "0.5", "2")),
        ("rows of {}", "Rows of a", ("a",)),
        ("{} of {}", "a; b of c", None),
        ("failed: {}", "failed: a; b. c: d", ("a; b. c: d",)),
        ("failed: {}.", "failed: a; b.", ("a; b",)),
        ("tie ({}), {}", "tie (P(a) = 1), b", ("P(a) = 1", "b")),
        ("is it {}?", "is it so", None),
    ],
)
def test_values_stand_in_the_holes(template: str, text: str, values: tuple[str, ...] | None) -> None:
    assert Entry(template, "").values(text, loose=False) == values


def test_values_of_any_kind() -> None:
    assert Entry("{} of {}", "").values("a; b of c", loose=True) == ("a; b", "c")


def test_a_template_is_as_telling_as_it_is_long() -> None:
    entry = Entry("{} of the {} rows", "")
    assert (entry.own, entry.letters, entry.marks[0]) == (13, 9, " of the ")


def test_faults_of_a_translation_are_named() -> None:
    assert faults("{} of {}", "{1}의 {0*:을}") == []
    assert faults("write [{…}]", "[{…}]처럼 쓰세요") == [], "braces that English shows, too"
    assert faults("{}", "{1}") == ["slot 1 is not among the 1 of the template"]
    assert faults("{}", "{0:께}") == ["the particle 께 is not known"]
    assert faults("{}", "{0} {x}") == ["a brace is left over"]
