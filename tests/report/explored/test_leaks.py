"""Does the page tell rows on two sides of a split?"""

from naeum.explore import Profile
from naeum.report.explored.leaks import leaks
from naeum.report.explored.view import Seen


def view(rows=True, **parts):
    return Seen(Profile(name="x", rows=100, columns={"text": "text"}, parts=parts), rows=rows)


PAIR = {"first": "train", "second": "test", "rows": 200, "equal": 3, "equal_texts": 2, "near": 5,
        "shown": [{"row": 1, "text": "비밀 문장!", "like": 7, "like_text": "비밀 문장"}]}  # fmt: skip


def test_pairs_are_counted_and_shown_side_by_side():
    body = leaks(view(leaks={"pairs": [PAIR]})).body
    assert "test in train" in body and "2.5 %" in body and "비밀 문장!" in body
    assert "비밀" not in leaks(view(rows=False, leaks={"pairs": [PAIR]})).body
    assert leaks(view()) is None
