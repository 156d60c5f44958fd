"""Is the language of each row told?"""

from naeum.data.language import language_of_each
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import languages


def test_each_text_has_its_own_language_and_short_ones_none():
    said = language_of_each(["재밌는 영화였어요", "Очень хороший фильм", "ok", "", "123 !!"])
    assert said == ["ko", "ru", "", "", ""]


def test_a_part_counts_them_and_names_strange_rows():
    rows = [{"text": f"정말 재미있는 영화 {n}번째", "label": "a"} for n in range(60)]
    rows[5]["text"] = "Очень хороший фильм"
    rows[6]["text"] = "!!"
    found = languages.look(subject_of(opened(rows), text=("text",)))
    assert found["languages"] == [["ko", 58], ["ru", 1]] and found["told"] == 59
    assert found["strange"] == [5]


def test_texts_too_short_to_say_still_get_a_language():
    rows = [{"text": "ok", "n": str(n)} for n in range(30)]
    found = languages.look(subject_of(opened(rows), text=("text",)))
    assert found["told"] == 0 and len(found["languages"]) == 1
