"""Does the page tell how parts and times differ?"""

from naeum.explore import Profile
from naeum.report.explored.shift import shift
from naeum.report.explored.view import Seen


def view(rows=True, **parts):
    return Seen(Profile(name="x", rows=100, columns={"text": "text"}, parts=parts), rows=rows)


WORDS = [{"side": "train", "words": [{"word": "영화"}]}, {"side": "part", "words": [{"word": "배송"}]}]
PART = {
    "part": "valid",
    "auroc": 0.91,
    "low": 0.9,
    "high": 0.92,
    "words": WORDS,
    "unlike": [{"row": 1, "text": "비밀 문장"}],
    "columns": [{"column": "year", "kind": "number", "distance": 0.4, "p_holm": 1e-9}],
    "all_columns": {"auroc": 0.8, "low": 0.7, "high": 0.9, "weights": [["year", 0.3]]},
    "labels": {"cramer_v": 0.2, "p": 1e-5},
}
DRIFT = {
    "column": "date",
    "auroc": 0.55,
    "low": 0.52,
    "high": 0.58,
    "words": {"old": ["영화"], "new": ["배송"]},
    "periods": [[0.0, 9e8, 10], [9e8, 1.8e9, 10]],
    "lengths": [20.0, 30.0],
    "labels": {"classes": ["긍정", "부정"], "shares": [[0.5, 0.6], [0.5, 0.4]], "cramer_v": 0.1, "p": 0.5},
}


def test_parts_and_times_are_told():
    body = shift(view(shift={"parts": [PART]}, drift={"columns": [DRIFT]})).body
    for said in ("AUROC 0.91", "배송", "year", "V 0.200", "they look alike", "비밀 문장", "AUROC 0.80", "<svg"):
        assert said in body


def test_rows_and_missing_parts():
    bare = {**PART, "columns": [], "all_columns": None, "words": []}
    del bare["labels"]
    body = shift(view(rows=False, shift={"parts": [bare]})).body
    assert "비밀" not in body and "Class mix" not in body and "<svg" not in body
    assert "<svg" in shift(view(drift={"columns": [{**DRIFT, "labels": None}]})).body
    assert shift(view()) is None
