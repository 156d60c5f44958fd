"""Does the page tell conflicts, suspects and the agreement of annotators?"""

from naeum.explore import Profile
from naeum.report.explored.labels import labels
from naeum.report.explored.view import Seen


def view(rows=True, **parts):
    return Seen(Profile(name="x", rows=100, columns={"text": "text"}, parts=parts), rows=rows)


NEAR = {"inputs": 2, "rows": 4, "share": 0.02, "shown": [{"row": 3, "text": "비밀 문장", "label": "긍정"}]}
CONFLICTS = {"equal": {**NEAR, "inputs": 1, "rows": 2}, "near": NEAR}
SUSPECTS = {
    "by": ["n-grams"],
    "suspects": 9,
    "judged": 100,
    "rate": 0.1,
    "low": 0.08,
    "high": 0.13,
    "wrong": 0.2,
    "listed": [{"row": 5, "text": "수상한 문장", "label": "긍정", "suggested": "부정", "score": 0.04}],
    "hard": [{"row": 6, "text": "어려운 문장", "label": "긍정", "answered": "부정", "chance": 0.3}],
    "ambiguous_rows": 7,
    "ambiguous": [{"row": 7, "text": "모호한 문장", "label": "긍정", "between": ["긍정", "부정"]}],
    "confused": [["긍정", "부정", 12]],
}
PEOPLE = {
    "annotators": ["kim", "lee"],
    "items": 50,
    "unanimous": 0.9,
    "krippendorff": 0.71,
    "fleiss": 0.7,
    "cohen": None,
    "pairs": [["kim", "lee", 0.72, 50]],
}


def test_everything_is_told():
    body = labels(view(conflicts=CONFLICTS, suspects=SUSPECTS, annotators=PEOPLE)).body
    for said in (
        "9 of 100 labels look wrong",
        "수상한 문장",
        "0.96",
        "7 ambiguous rows",
        "긍정 or 부정",
        "1 text with 2 rows",
        "0.710",
        "0.720",
        "어려운 문장",
    ):
        assert said in body


def test_without_rows_only_their_numbers_are_shown():
    body = labels(view(rows=False, conflicts=CONFLICTS, suspects=SUSPECTS)).body
    assert "문장" not in body and "<code>5</code>" in body


def test_nothing_is_said_without_labels():
    assert labels(view()) is None
