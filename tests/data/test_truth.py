"""Is a target coded as what it is: classes, sets of labels, numbers, tags or spans?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import questions, read
from naeum.data.truth import goal, holds_lists, infer, recoded
from naeum.errors import InputError


def said(values, asked=None, kind=None, **options):
    return goal(pa.table({"y": pa.array(values, kind)}), "y", "a.csv", asked, **options)


def test_quantities_are_numbers_unless_classes_are_asked():
    prices = [at / 7 for at in range(60)] + [None]
    found = said(prices)
    assert found.output == "number" and found.classes == () and found.notes == (
        "output = number, as y holds quantities (60 distinct numbers) (--output says otherwise)",
    )  # fmt: skip
    assert found.codes.tolist() == [0] * 60 + [-1] and found.truth.to_pylist() == prices
    assert len(said(prices, "label").classes) == 60
    assert said([f"{at},500원" for at in range(1, 40)], "number").truth.to_pylist()[0] == 1500.0


def test_few_numbers_are_classes_and_ordered_where_classes_are_asked():
    stars = [1, 2, 3, 4, 5] * 5
    assert (said(stars).output, said(stars).ordered) == ("label", False)
    assert said(stars, "label").ordered and not said([0, 1] * 5, "label").ordered
    assert said(stars, "number").truth.to_pylist()[:2] == [1.0, 2.0]
    found = said(["보통", "높음", None, "낮음"])
    assert found.classes == ("낮음", "보통", "높음") and found.ordered and found.codes.tolist() == [1, 2, -1, 0]


@pytest.mark.parametrize(
    "values",
    [
        [["나", "가"], [], None, ["가", "가"]],
        ['["나", "가"]', "[]", None, '["가", "가"]'],
    ],
)
def test_lists_are_several_labels(values):
    found = said(values)
    assert found.output == "labels" and found.classes == ("가", "나")
    assert found.truth.to_pylist() == [[1, 0], [], None, [0]] and found.codes.tolist() == [0, 0, -1, 0]
    assert found.truth.type == pa.list_(pa.int32())


@pytest.mark.parametrize("mark", [";", "|", ",", " / "])
def test_marks_between_labels_are_found_where_labels_are_asked(mark):
    values = [f"가{mark}나", "가", None, f"나{mark}"]
    assert said(values).output == "label"
    found = said(values, "labels")
    assert found.truth.to_pylist() == [[0, 1], [0], None, [1]]
    assert f"labels in y are read with {mark.strip()!r} between them" in found.notes


def test_lists_as_python_writes_them_are_read():
    for asked in ("labels", None):
        assert said(["['a', 'b']", "['b']"], asked).truth.to_pylist() == [[0, 1], [1]]
    with pytest.raises(InputError, match=r"labels must be a list or words .* column 'y' of a.csv has \"\['a', \" in"):
        said(["['b']", "['a', "], "labels")
    with pytest.raises(InputError, match=r"the target must have two labels or more; column 'y' of a.csv has a; name"):
        said([["a"], ["a"]])


def test_tags_stand_beside_words():
    words = pa.chunked_array([[["김", "씨"], [], None]])
    found = said([["B-이름", "O"], [], None], beside=words)
    assert (found.output, found.classes) == ("tags", ("B-이름", "O"))
    assert found.truth.to_pylist() == [[0, 1], [], None] and found.codes.tolist() == [0, 0, -1]
    with pytest.raises(InputError, match=r"row 2 of a.csv has 0 words and 1 tags in column 'y'; mend that row"):
        said([["O", "O"], ["O"], None], beside=words)
    with pytest.raises(InputError, match=r"tags must stand beside words; a.csv has no column of lists of words"):
        said([["O"]], "tags")


def test_spans_are_starts_and_ends_in_passages():
    answers = pa.chunked_array([pa.array([[{"text": "나", "start": None, "end": None}], None, []], questions.TYPE)])
    passages = pa.chunked_array([["가나다", "가", None]])
    found = goal(pa.table({"y": answers}), "y", "a.csv", "span", passages)
    assert found.output == "span" and found.codes.tolist() == [0, -1, 0] and found.classes == ("start", "end")
    assert found.truth.to_pylist() == [[{"start": 1, "end": 2}], None, []]
    assert infer(pa.table({"y": answers}), "y", True)[0] == "span"
    with pytest.raises(
        InputError, match=r"answers must stand beside passages; column 'y' of a.csv holds string and no"
    ):
        said(["a"], "span")


def test_what_is_no_list_of_words_is_none():
    assert not holds_lists(pa.chunked_array([["[1, 2]"]])) and not holds_lists(pa.chunked_array([[[1.0]]]))
    assert not holds_lists(pa.chunked_array([["[a", "[b"]])) and not holds_lists(
        pa.chunked_array([[None]], pa.string())
    )
    assert infer(pa.table({"y": ["[1]", "[2]"]}), "y", False)[0] == "label"


def test_codes_of_another_part_become_those_of_the_task():
    given = pa.chunked_array([pa.array([[0, 1], None, []], pa.list_(pa.int32()))])
    assert recoded(given, ("b", "c"), ("a", "b", "c")).to_pylist() == [[1, 2], None, []]
    assert recoded(given, ("b", "c"), ("b", "c")) is given


def test_a_given_part_may_have_one_number():
    assert said([2.5], "number", whole=False).truth.to_pylist() == [2.5]
    assert np.isnan(said([None, 2.5], "number", whole=False).truth.to_numpy()[0])


def test_tags_without_marks_are_measured_by_their_words():
    rows = [{"words": ["나는", "간다"], "tags": ["NOUN", "VERB"]}, {"words": ["가"], "tags": ["VERB"]}] * 6
    assert read(rows).dataset.task.metric == "word_accuracy"
    assert read([{**row, "tags": ["B-곳"] * len(row["tags"])} for row in rows]).dataset.task.metric == "entity_f1"
