"""Are the values of words counted, and what hides in them seen?"""

import sys

from naeum.explore.columns.words import dressed, shares, spellings, value_counts, words

module = sys.modules[value_counts.__module__]  # the package calls its function by the same name


def test_values_are_counted_most_frequent_first(plain):
    rows = [{"city": "서울" if n % 3 else "부산"} for n in range(30)]
    found = words(plain(rows), "city")
    assert found["top"] == [{"value": "서울", "rows": 20}, {"value": "부산", "rows": 10}] and found["rest"] == 0


def test_of_very_many_values_a_sample_is_counted(plain, monkeypatch):
    monkeypatch.setattr(module, "TOO_MANY", 10)
    monkeypatch.setattr(module, "SAMPLE", 25)
    subject = plain([{"street": f"{n}길"} for n in range(100)])
    counts, sampled = value_counts(subject, "street")
    assert sampled and sum(counts.values()) == 25 and counts == value_counts(subject, "street")[0]


def test_kinds_of_values():
    assert shares({"1": 2, "2024-01-01": 1, "가": 1}) == {"number": 0.5, "date": 0.25, "word": 0.25}


def test_numbers_in_disguise():
    assert dressed({"1,200원": 3, "900원": 1})["around"] == ["원"]
    assert dressed({"12": 5}) is None and dressed({"0123": 5}) is None
    assert dressed({f"{n}{sign}": 1 for n, sign in enumerate("ABCDEF")}) is None  # seats


def test_spellings_of_one_word():
    found = spellings({"Ｓｅｏｕｌ": 1, "seoul": 2, "부산": 3})
    assert found == [{"values": [["Ｓｅｏｕｌ", 1], ["seoul", 2]], "rows": 3}]
