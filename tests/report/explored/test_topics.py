"""Does the page tell telling words, topics and the map?"""

from naeum.explore import Profile
from naeum.report.explored.topics import topics
from naeum.report.explored.view import Seen


def view(rows=True, **parts):
    return Seen(Profile(name="x", rows=100, columns={"text": "text"}, parts=parts), rows=rows)


TELLING = {"rows": 100, "of": 100, "how": "character n-grams",
           "classes": [{"class": f"c{n}", "words": [{"word": f"낱말{n}"}]} for n in range(14)]}  # fmt: skip
MAP = {"x": [[0.1, 0.9, 0.5], [0.2, 0.8, 0.4]], "topic": [0, 1, 0], "length": [3, 40, 9], "label": [0, 1, -1],
       "classes": ["긍정", "부정"], "error": [0, 1, 0]}  # fmt: skip
TOPICS = {"rows": 3, "of": 9, "by": "tiny", "silhouette": 0.3, "map": MAP,
          "topics": [{"rows": 2, "words": ["배우"], "examples": ["비밀 문장"], "labels": [["긍정", 2]]},
                     {"rows": 1, "words": [], "examples": [], "labels": []}]}  # fmt: skip


def test_words_topics_and_four_maps_are_shown():
    body = topics(view(telling=TELLING, topics=TOPICS)).body
    assert body.count("<svg") == 4 and "2 more classes" in body and "somewhat parted" in body
    for said in ("낱말0", "낱말13", "배우", "긍정: 2", "비밀 문장"):
        assert said in body


def test_without_rows_no_example_is_shown():
    assert "비밀" not in topics(view(rows=False, topics=TOPICS)).body


def test_without_labels_and_errors_there_are_two_maps():
    bare = {**TOPICS, "map": {**MAP, "label": None, "error": None}}
    assert topics(view(topics=bare)).body.count("<svg") == 2
    assert topics(view()) is None
