"""Are targets coded the same way however they are written?"""

import pyarrow as pa
import pytest

from naeum.data.order import by_words
from naeum.data.target import canonical, distinct, encode, positive_class, quantities, recode
from naeum.errors import InputError


def code(*values, **options):
    return encode(pa.chunked_array([list(values)], pa.string()), "label", "a.csv", **options)


def test_classes_are_ordered_by_number_or_by_letter():
    assert code("10", "9", "1")[0] == ("1", "9", "10")
    assert code("나", "가", "b")[0] == ("b", "가", "나")


def test_one_spelling_of_each_label():
    assert canonical(["1.0", "0"]) == ["1", "0"] and canonical(["1.0", "0.5"]) == ["1.0", "0.5"]
    assert canonical(["100000000000000000001", "100000000000000000002.0"])[1] == "100000000000000000002"
    assert canonical(["1e999", "0"]) == ["1e999", "0"] and canonical([]) == []
    assert canonical(["True", "false"]) == ["true", "false"] and canonical(["1", "True"]) == ["1", "True"]
    classes, codes = code(" 가", "가 ", None, "", "나\x00")
    assert classes == ("가", "나") and codes.tolist() == [0, 0, -1, -1, 1]


def test_chunks_do_not_matter():
    values, codes = distinct(pa.chunked_array([["b", "a"], [], ["a", None]], pa.string()))
    assert [values[at] if at >= 0 else None for at in codes] == ["b", "a", "a", None]
    assert recode(["x", "y"], codes, {"x": 5, "y": 6}).tolist() == [5, 6, 6, -1]


def test_a_given_part_may_have_one_class_or_none():
    assert code("1", "1", whole=False)[0] == ("1",)
    classes, codes = code(None, None, whole=False)
    assert classes == () and codes.tolist() == [-1, -1]


def test_the_positive_class():
    assert positive_class(("no", "yes"), None) == "yes" and positive_class(("긍정", "부정"), None) == "긍정"
    assert positive_class(("a", "b"), None) == "b" and positive_class(("a", "b", "c"), None) is None
    assert positive_class(("a", "b", "c"), "c") == "c"
    with pytest.raises(InputError, match="the positive class must be one of a, b; got 'z'; name one of these"):
        positive_class(("a", "b"), "z")


def test_ratings_are_classes_and_quantities_are_not():
    assert len(code(*(str(at % 11) for at in range(100)))[0]) == 11
    assert len(code(*(str(at % 150) for at in range(1_000)))[0]) == 150
    assert not quantities([str(at) for at in range(150)], 1_000)
    assert quantities([str(at) for at in range(150)], 300)
    assert quantities([str(at / 7) for at in range(30)], 300) and not quantities([str(at / 7) for at in range(20)], 300)
    assert quantities([*(str(at / 7) for at in range(30)), "NA"], 300) and not quantities(["NA"], 3)


def test_texts_are_no_classes():
    with pytest.raises(InputError, match=r"classes that repeat; column 'label' of a.csv has 30 distinct values in 30"):
        code(*(f"낱말{at}" for at in range(30)))


def test_classes_whose_words_say_an_order_stand_in_it():
    assert by_words(["Fair", "Good", "Ideal", "Premium", "Very Good"]) == (
        "Fair", "Good", "Very Good", "Premium", "Ideal",
    )  # fmt: skip
    assert by_words(["낮음", "높음", "보통"]) == ("낮음", "보통", "높음")
    assert by_words(["low", "high"]) is None and by_words(["low", "medium", "개"]) is None
