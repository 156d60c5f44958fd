"""Does the page show rows beside what augmentations make of them?"""

from naeum.explore import Profile
from naeum.report.explored.augmentations import augmentations
from naeum.report.explored.view import Seen


def view(rows=True, **parts):
    return Seen(Profile(name="x", rows=100, columns={"text": "text"}, parts=parts), rows=rows)


FOUND = {
    "language": "ko",
    "methods": ["delete", "jamo"],
    "left_out": ["typo"],
    "rows": [{"row": 1, "text": "정말 좋은 영화", "made": {"delete": None, "jamo": "정말 좋은 용화"}}],
}


def test_changed_words_are_marked():
    body = augmentations(view(augmentations=FOUND)).body
    assert "<mark>용화</mark>" in body and "–" in body and "typo" in body


def test_without_rows_there_is_nothing_to_show():
    assert augmentations(view(rows=False, augmentations=FOUND)) is None
    assert augmentations(view()) is None
