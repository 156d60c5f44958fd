"""Do entities in texts become tags of words, or of characters where they end inside words?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from naeum.data.marked import cut, first_object, is_tagged
from naeum.data.read import in_words, read_table
from naeum.errors import InputError

ENGLISH = {"text": "Kim lives in New York, now.", "entities": [
    {"start": 13, "end": 21, "label": "place"}, {"start": 0, "end": 3, "label": "person"}]}  # fmt: skip
KOREAN = {"text": "나는 서울에서 산다", "entities": [{"start": 3, "end": 5, "label": "곳"}]}


def test_texts_become_words() -> None:
    words, tags, notes = cut([ENGLISH], ["row 1"])
    assert words == [["Kim", "lives", "in", "New", "York", ",", "now", "."]]
    assert tags == [["B-person", "O", "O", "B-place", "I-place", "O", "O", "O"]]
    assert notes == ()


def test_where_entities_end_inside_words_texts_become_characters() -> None:
    words, tags, notes = cut([KOREAN], ["row 1"])
    assert words == [list("나는 서울에서 산다")]
    assert tags == [["O", "O", "O", "B-곳", "I-곳", *["O"] * 5]]
    assert notes == ("texts were cut into characters: 1 of 2 ends of entities lie inside words",)


def test_the_user_may_say_which() -> None:
    words, tags, notes = cut([KOREAN], ["row 1"], "words")
    assert (words, tags) == ([["나는", "서울에서", "산다"]], [["O", "B-곳", "O"]])
    assert notes == ("1 entities that end inside words were taken to the ends of these words",)
    assert cut([ENGLISH], ["row 1"], "characters")[0] == [list(ENGLISH["text"])]
    with pytest.raises(InputError, match="units must be words or characters; got 'syllables'"):
        cut([KOREAN], ["row 1"], "syllables")


def test_of_entities_inside_each_other_the_longer_stays() -> None:
    one = {"text": "Bank of Korea", "spans": [[0, 13, "org"], [8, 13, "place"]]}
    _, tags, notes = cut([one], ["row 1"])
    assert tags == [["B-org", "I-org", "I-org"]]
    assert notes == ("1 entities inside or across others were left out",)


def test_neighbours_of_one_kind_stay_two() -> None:
    one = {"text": "서울 부산", "entities": [[0, 2, "곳"], [3, 5, "곳"]]}
    assert cut([one], ["row 1"])[1] == [["B-곳", "B-곳"]]


def test_a_text_without_a_list_is_not_tagged() -> None:
    assert cut([KOREAN, {"text": "가"}], ["row 1", "row 2"])[1][1] is None


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"text": "가", "entities": [[0, 2, "x"]]}, "inside its text of 1 characters; row 1 has one from 0 to 2"),
        ({"text": "가", "entities": [[1, 1, "x"]]}, "row 1 has one from 1 to 1"),
        ({"text": "가", "entities": ["x"]}, "must have start, end and label; row 1 has x"),
        ({"text": None, "entities": []}, "every object must have a text; row 1 has none"),
    ],
)
def test_bad_entities_are_named(bad: dict, message: str) -> None:
    with pytest.raises(InputError, match=message):
        cut([bad], ["row 1"])


def test_what_is_tagged_is_seen() -> None:
    assert is_tagged(ENGLISH) and is_tagged({"text": "a", "entities": []})
    assert is_tagged({"text": "a", "label": [[0, 1, "x"]]}) and not is_tagged({"text": "a", "label": ["x"]})
    assert first_object('\n[ {"a": 1}, {"b"') == {"a": 1}
    assert first_object("{oops") is None and first_object("none") is None


def test_files_of_texts_with_entities_are_read(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (KOREAN, KOREAN)), encoding="utf-8")
    table, _, dialect = read_table(path, {})
    assert table["words"].to_pylist() == [list(KOREAN["text"])] * 2
    assert in_words(dialect).startswith("tokens; texts were cut into characters")
    table, _, _ = read_table(path, {"units": "words"})
    assert table["tags"].to_pylist() == [["O", "B-곳", "O"]] * 2
