"""Does the page tell lengths, tokens, languages, signs and the vocabulary?"""

from naeum.explore import Profile
from naeum.report.explored.texts import texts
from naeum.report.explored.view import Seen


def view(rows=True, **parts):
    return Seen(Profile(name="x", rows=100, columns={"text": "text"}, parts=parts), rows=rows)


SPREAD = {"mean": 5.0, "median": 4.0, "p90": 9.0, "p99": 20.0, "shortest": 0.0, "longest": 31.0}
HISTOGRAM = {"edges": [0.0, 5.0, 10.0, 30.0], "counts": [40.0, 50.0, 10.0]}
LENGTHS = {
    "rows": 100,
    "of": 100,
    "characters": {**SPREAD, "histogram": HISTOGRAM},
    "words": {**SPREAD, "histogram": HISTOGRAM},
}
TOKENS = {
    "rows": 50,
    "of": 100,
    "base": "org/tiny",
    "limit": 20,
    "special": 2,
    "knows_language": False,
    **SPREAD,
    "histogram": HISTOGRAM,
    "cut": [{"limit": 20.0, "rows": 0.1, "tokens": 0.05}],
    "per_word": 2.5,
    "unknown": 0.01,
    "waste": {"to_longest": 0.8, "as_they_come": 0.4, "by_length": 0.05},
    "row": {
        "text": "비밀 문장",
        "pieces": [["[CLS]", 1, "special"], ["비밀", 5, "text"], ["[PAD]", 0, "padding"]],
        "added": 2,
        "padded": 3,
    },
}
PATTERN = {"title": "e-mail addresses", "kind": "personal", "rows": 2, "named": [4, 8]}
SIGNS = {
    "rows": 100,
    "of": 100,
    "scripts": [{"script": "Hangul", "letters": 0.9, "rows": 95}],
    "mixed": 3,
    "emoji_rows": 2,
    "without_letters": 1,
    "broken": {"rows": 0, "named": []},
    "emoji": [["🙂", 4]],
    "patterns": {"email": PATTERN},
}
PIECES = {
    "rows": 100,
    "of": 100,
    "texts": [{"text": "비밀 문장", "rows": 3, "share": 0.03}],
    "openings": [],
    "endings": [],
    "lines": [],
}
WORDS = {
    "rows": 100,
    "of": 100,
    "words": 500,
    "distinct": 200,
    "once": 0.6,
    "exponent": 0.8,
    "curve": [[100, 60], [300, 140], [500, 200]],
    "frequent": [["영화", 30]],
}
ALL = {
    "lengths": LENGTHS,
    "tokens": TOKENS,
    "signs": SIGNS,
    "boilerplate": PIECES,
    "vocabulary": WORDS,
    "languages": {"rows": 90, "of": 100, "told": 80, "languages": [["ko", 80]], "by": "lingua"},
}


def test_everything_is_told():
    body = texts(view(**ALL)).body
    for said in (
        "cuts a word into 2.50 tokens",
        "does not know the language",
        "[CLS]",
        "50 texts drawn from 100",
        "80.0 %",
        "e-mail addresses",
        "4, 8",
        "words^0.80",
        "영화 (30)",
        "rows of like length together",
        "<svg",
    ):
        assert said in body


def test_without_rows_no_text_of_a_row_is_shown():
    assert "비밀" in texts(view(**ALL)).body
    assert "비밀" not in texts(view(rows=False, **ALL)).body


def test_parts_may_be_missing():
    assert texts(view()) is None
    assert "tokenizer" not in texts(view(lengths=LENGTHS)).body
