"""Are the words of a class found, in English and in Korean?"""

import numpy as np

from naeum import extras
from naeum.data import read
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import telling
from naeum.testing.data import FILLER, SIGNAL, make


def words_of(korean):
    data = make(200, korean=korean)
    texts = data.rows["text"].to_pylist()
    counts = telling.count(texts, "ko" if korean else "en")
    return counts, telling.telling(counts, data.target, 2)


def test_english_words_are_whole():
    counts, found = words_of(korean=False)
    assert counts.how == "words"
    for code in (0, 1):
        assert {one["word"] for one in found[code][:3]} == set(SIGNAL[False][code])
        assert all(one["z"] >= telling.SURE and one["rate"] > one["elsewhere"] for one in found[code])


def test_korean_pieces_are_of_the_words_of_the_class(monkeypatch):
    monkeypatch.setattr(extras, "there", lambda name: False)
    counts, found = words_of(korean=True)
    assert counts.how == "character n-grams"
    for code in (0, 1):
        signal = " ".join(SIGNAL[True][code])
        assert found[code][0]["word"] in signal
        pieces = [one["word"] for one in found[code]]
        assert not any(one != other and one in other for one in pieces for other in pieces)


def test_words_that_all_classes_share_tell_nothing():
    _, found = words_of(korean=False)
    assert not {one["word"] for group in found for one in group[:3]} & set(FILLER[False])


def test_the_analyser_is_used_where_it_is_installed(monkeypatch):
    class Token:
        def __init__(self, form, tag):
            self.form, self.tag = form, tag

    class Kiwi:
        def __init__(self, num_workers):
            pass

        def tokenize(self, text):
            return [Token(word[:2], "NNG" if at % 2 == 0 else "JKS") for at, word in enumerate(text.split())]

    monkeypatch.setattr(extras, "there", lambda name: name == "kiwipiepy")
    monkeypatch.setattr(extras, "need", lambda name, caller: type("module", (), {"Kiwi": Kiwi}))
    counts = telling.count(["영화가 정말 좋다"] * 20, "ko")
    assert counts.how == "kiwipiepy" and set(counts.words) == {"영화", "좋다"}


def test_texts_without_words_say_nothing():
    assert telling.count(["", " "] * 20, "en") is None


def test_a_group_without_texts_has_no_words():
    counts = telling.count(["good film"] * 20, "en")
    assert telling.telling(counts, np.zeros(20, np.int64), 2) == [[], []]


def test_a_part_names_the_classes():
    data = make(120)
    rows = [
        {"text": text, "label": "ab"[code]}
        for text, code in zip(data.rows["text"].to_pylist(), data.target, strict=True)
    ]
    given = read(rows, target="label", text="text")
    found = telling.look(subject_of(opened(rows), target="label", text=("text",), data=given))
    assert [one["class"] for one in found["classes"]] == ["a", "b"]
    assert all(one["words"][0]["word"] in SIGNAL[False][code] for code, one in enumerate(found["classes"]))
