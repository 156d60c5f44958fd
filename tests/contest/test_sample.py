"""Is it seen what a sample asks for, and is what cannot be answered refused?"""

import pyarrow as pa
import pytest

from naeum.contest.sample import asked
from naeum.contract import Task
from naeum.errors import InputError

TWO = Task(classes=("no", "yes"), positive="yes")
BITS = Task(classes=("0", "1"), positive="1")
THREE = Task(classes=("bird", "cat", "dog"))
NUMBER = Task(output="number", metric="rmse")
LABELS = Task(classes=("bird", "cat"), output="labels", metric="micro_f1")
TAGS = Task(classes=("B-x", "O"), output="tags", metric="entity_f1", inputs=("words",), kinds=("words",))
SPAN = Task(output="span", metric="span_f1")


def ask(task, way=None, **columns):
    return asked(pa.table({"id": ["1", "2"], **columns}), ["id"], task, way)


@pytest.mark.parametrize(
    ("task", "columns", "form"),
    [
        (TWO, {"y": ["no", "no"]}, "label"),
        (TWO, {"y": ["0", "0"]}, "label"),
        (TWO, {"y": ["0.5", "0.5"]}, "chance"),
        (BITS, {"y": ["0", "0"]}, "label"),
        (BITS, {"y": ["0.5", "0.5"]}, "chance"),
        (Task(classes=("0", "1"), metric="auroc"), {"y": ["0", "0"]}, "chance"),
        (THREE, {"y": ["cat", "cat"]}, "label"),
        (THREE, {"bird": ["0", "0"], "cat": ["0", "0"], "dog": ["1", "1"]}, "chances"),
        (NUMBER, {"y": ["0", "0"]}, "number"),
        (LABELS, {"y": ["cat bird", ""]}, "joined"),
        (LABELS, {"bird": ["0", "1"], "cat": ["1", "0"]}, "marks"),
        (LABELS, {"bird": ["0.5", "0.5"], "cat": ["0.5", "0.5"]}, "chances"),
        (TAGS, {"y": ["O O", "O"]}, "joined"),
    ],
)
def test_the_form_is_seen(task, columns, form):
    assert ask(task, **columns).form == form


def test_the_user_has_the_last_word():
    assert ask(BITS, "probabilities", y=["0", "0"]).form == "chance"
    assert ask(BITS, "labels", y=["0.5", "0.5"]).words == {"0": "0", "1": "1"}
    assert ask(THREE, "labels", bird=["0", "0"], cat=["0", "0"], dog=["1", "1"]).form == "marks"
    assert ask(LABELS, "probabilities", bird=["0", "1"], cat=["1", "0"]).form == "chances"


def test_the_probability_is_of_the_class_that_the_column_is_named_after_else_of_the_positive_one():
    assert ask(TWO, p_no=["0.5", "0.5"]).classes == ("no",)
    found = ask(TWO, target=["0.5", "0.5"])
    assert found.classes == ("yes",) and found.notes == ("target is the probability of 'yes'.",)


def test_numbers_for_two_named_classes_are_told():
    found = ask(TWO, y=["0", "1"])
    assert found.words == {"no": "0", "yes": "1"} and found.notes == (
        "The sample holds numbers: 'yes' is written as 1.",
    )


def test_labels_are_joined_as_the_sample_joins_them():
    assert ask(LABELS, y=["cat;bird", "cat"]).separator == ";"
    assert ask(LABELS, y=["cat bird", "cat"]).separator == " "
    assert ask(LABELS, y=["", ""]).separator == " "


def test_a_class_that_no_training_row_has_is_zero_and_told():
    found = ask(LABELS, bird=["0", "1"], cat=["1", "0"], yak=["0", "0"])
    assert found.classes == ("bird", "cat", "") and found.notes == ("No training row is of yak: these columns are 0.",)


BIRDS = {"bird": ["0", "0"]}
CATS = {"cat": ["0", "0"]}
REFUSED = [
    (THREE, None, {"y": ["0", "1"]}, r"must hold classes of the run \(bird, cat, dog\); it holds '0', '1'; say --as"),
    (THREE, "probabilities", {"y": ["0.5", "0.5"]}, "one column of probabilities needs two classes; this run has 3"),
    (THREE, None, {**BIRDS, **CATS}, "must have one for each class .* it has no column for 'dog'"),
    (LABELS, None, {**BIRDS, **CATS, "p_cat": ["0", "0"]}, "it has two columns for one class"),
    (NUMBER, None, {**BIRDS, **CATS}, "answers of the kind number must have one column to fill; it has bird, cat"),
    (Task(classes=("a b", "c"), output="labels"), None, {"y": ["c c", ""]}, "by ' ' must not hold it; 'a b' does"),
    (SPAN, None, {"y": ["", ""]}, "this run answers spans; use --out alone"),
    (TWO, None, {}, "this run gets a sample with ids alone"),
    (TWO, "maybe", {"y": ["no", "no"]}, "--as must be one of labels, probabilities; got 'maybe'"),
]


@pytest.mark.parametrize(("task", "way", "columns", "words"), REFUSED)
def test_what_cannot_be_answered_is_refused(task, way, columns, words):
    with pytest.raises(InputError, match=words):
        ask(task, way, **columns)
