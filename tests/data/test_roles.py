"""Are roles inferred as a careful reader would, and is it said?"""

import pytest

from naeum.data.roles import infer
from naeum.data.schema import Columns
from naeum.errors import InputError

REVIEWS = {
    "id": [str(9_000_000 + at * 37) for at in range(100)],
    "document": [f"이 영화는 {at}번 봐도 재미있다" for at in range(100)],
    "label": [str(at % 2) for at in range(100)],
    "rating": [str(10 - at % 2 * 7) for at in range(100)],
    "date": [f"2015-03-{at % 28 + 1:02d}" for at in range(100)],
    "movie": [str(at % 13) for at in range(100)],
}


def test_roles_of_a_review_file_and_what_is_said():
    columns, notes = infer(REVIEWS, {}, "a.tsv")
    assert columns == Columns(("document",), "label")
    assert columns.role("rating") == "other" and columns.role("document") == "text"
    assert notes == [
        "target = label (by its name; --target COLUMN says otherwise)",
        "text = document (17 characters on average; --text COLUMN says otherwise)",
        "id looks like an id and is not an input (--id id names the rows by it)",
        "warning: rating gives the target away; it is kept out of the inputs",
        "date looks like a time and is not an input (--time date tests on the newest rows)",
        "not used: movie (--text COLUMN makes one the input)",
    ]


def test_what_is_asked_is_done():
    asked = {"text": ["document", "movie"], "target": "rating", "id": "id", "time": "date", "group": "movie"}
    columns, _ = infer(REVIEWS, asked, "a.tsv")
    assert columns.text == ("document", "movie") and columns.target == "rating" and columns.time == "date"
    assert columns.used() == ("document", "movie", "rating", "date", "id")


def test_a_target_without_a_name_is_the_column_with_few_values():
    sample = {"column0": REVIEWS["document"], "column1": REVIEWS["label"]}
    columns, notes = infer(sample, {}, "a.tsv")
    assert (
        columns.target == "column1" and "target = column1 (2 distinct values; --target COLUMN says otherwise)" in notes
    )


def test_a_text_that_gives_the_target_away_is_warned_of():
    sample = {"text": ["good thing", "bad thing"] * 50, "label": ["1", "0"] * 50}
    assert any(
        note.startswith("warning: the text column text gives the target away") for note in infer(sample, {}, "a")[1]
    )


@pytest.mark.parametrize(
    "asked, message",
    [
        ({"target": "Label"}, "the target column must be one of .*; got 'Label'; did you mean 'label'?"),
        (
            {"text": "id"},
            r"the text column must hold text; 'id' in a.tsv holds an id in each row \(such as '9000000'\)",
        ),
        (
            {"text": "label", "target": "label"},
            "text and target must be two columns; got 'label' for both in a.tsv; name another",
        ),
        ({"group": "x"}, "the group column must be one of .*; got 'x'; name one of these"),
    ],
)
def test_refusals(asked, message):
    with pytest.raises(InputError, match=message):
        infer(REVIEWS, asked, "a.tsv")
