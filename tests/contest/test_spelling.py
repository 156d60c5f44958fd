"""Are classes written as a sample writes them, and columns known by the class that they are named after?"""

import pytest

from naeum.contest.spelling import column_of, spelled, worth


@pytest.mark.parametrize(
    ("word", "value"),
    [("1", 1.0), ("0.0", 0.0), ("-2.5", -2.5), ("True", 1.0), ("FALSE", 0.0), ("cat", None), ("", None)],
)
def test_what_a_word_is_worth(word, value):
    assert worth(word) == value


@pytest.mark.parametrize(
    ("classes", "seen", "found"),
    [
        (("0", "1"), ["0"], {"0": "0", "1": "1"}),
        (("0", "1"), ["0.0"], {"0": "0.0", "1": "1.0"}),
        (("false", "true"), ["False"], {"false": "False", "true": "True"}),
        (("false", "true"), ["FALSE", "TRUE"], {"false": "FALSE", "true": "TRUE"}),
        (("false", "true"), ["0"], {"false": "0", "true": "1"}),
        (("0", "1"), ["true"], {"0": "false", "1": "true"}),
        (("긍정", "부정"), ["부정"], {"긍정": "긍정", "부정": "부정"}),
        (("cat", "dog"), ["Cat"], {"cat": "Cat", "dog": "Dog"}),
        (("cat", "dog"), ["DOG"], {"cat": "CAT", "dog": "DOG"}),
        (("cat", "dog"), [], {"cat": "cat", "dog": "dog"}),
        (("1", "2", "5"), ["2.0"], {"1": "1.0", "2": "2.0", "5": "5.0"}),
    ],
)
def test_classes_are_written_as_in_the_sample(classes, seen, found):
    assert spelled(classes, seen) == found


@pytest.mark.parametrize(("classes", "seen"), [(("cat", "dog"), ["0"]), (("0", "1"), ["7"]), (("0", "1"), ["0.5"])])
def test_words_that_are_no_classes_say_nothing(classes, seen):
    assert spelled(classes, seen) is None


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("cat", "cat"), ("CAT", "cat"), ("p_cat", "cat"), ("prob.cat", "cat"), ("cat_proba", "cat"),
        ("Class_wildcat", "wildcat"),
        ("concat", None), ("p_bird", None), ("id", None),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_class(name, found):
    assert column_of(name, ("cat", "wildcat")) == found


def test_a_column_of_two_classes_is_of_none():
    assert column_of("A", ("a", "á", "A ")) == "a"
    assert column_of("AB", ("ab", "Ab")) is None
