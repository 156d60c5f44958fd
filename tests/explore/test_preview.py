"""Are ten real rows shown beside what each augmentation makes of them?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore import preview
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.model.around.augmentations import METHODS

KOREAN = [{"text": f"배우가 영화를 정말 잘 살렸다고 {n}번 생각했어요", "label": "a"} for n in range(40)]


def test_ten_rows_beside_every_method_of_the_language():
    subject = subject_of(opened(KOREAN), text=("text",)).with_seen("languages", {"languages": [["ko", 40]]})
    found = preview.look(subject)
    assert len(found["rows"]) == preview.ROWS and found["methods"] == ["delete", "swap", "spacing", "jamo", "particle"]
    assert set(found["methods"]) | set(found["left_out"]) == set(METHODS)
    for row in found["rows"]:
        assert row["text"] == KOREAN[row["row"]]["text"] and set(row["made"]) == set(found["methods"])
        assert row["made"]["delete"] != row["text"] and row["made"]["particle"] is not None
    assert preview.look(subject) == found


def test_english_rows_get_english_slips():
    (row,) = preview.preview(["the movie was really great"], "en")
    assert set(row["made"]) == {"delete", "swap", "typo"} and row["made"]["typo"] != row["text"]


def test_synonyms_need_a_lexicon():
    (row,) = preview.preview(["a good film"], "en", lexicon={"film": ("movie",)})
    assert row["made"]["synonym"] == "a good movie"


def test_what_cannot_change_gives_nothing():
    assert preview.preview(["좋다"], "ko")[0]["made"]["delete"] is None


def test_short_rows_are_not_shown():
    with pytest.raises(NotApplicable, match="rows of 4 words"):
        preview.look(subject_of(opened([{"text": "좋다"}, {"text": "굿"}]), text=("text",)))
