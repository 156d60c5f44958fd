"""Are rows refused that cannot show how a model's activations lie, and all others taken?"""

from dataclasses import replace

import numpy as np
import pytest

from naeum.compress.quantize.calibration import HEARD, LEAST, check
from naeum.contract import Task, subset
from naeum.errors import InputError
from naeum.testing.data import dataset

TASK = Task(classes=("좋다", "나쁘다"))
KOREAN = dataset([f"정말 재미있는 영화 {at}" for at in range(HEARD)], [at % 2 for at in range(HEARD)], TASK)
ENGLISH = dataset([f"a good film number {at}" for at in range(HEARD)], [at % 2 for at in range(HEARD)], TASK)


def some(data, count):
    return subset(data, np.arange(count), f"{data.key}/{count}")


def test_rows_like_those_that_are_answered_are_taken():
    check(TASK, KOREAN, KOREAN, ends=True)
    check(TASK, some(KOREAN, LEAST), some(KOREAN, 0), ends=True)
    mixed = dataset(["좋은 영화"] * HEARD + ["a good film"] * HEARD, [0, 1] * HEARD, TASK)
    check(TASK, mixed, ENGLISH, ends=True)


@pytest.mark.parametrize("count", [0, LEAST - 1])
def test_few_rows_are_refused_where_they_say_the_ends(count):
    with pytest.raises(InputError, match=rf"on at least {LEAST} rows with a text; got {count}; give more rows like"):
        check(TASK, some(KOREAN, count), KOREAN, ends=True)


def test_without_ends_one_row_is_enough_and_none_is_not():
    check(TASK, some(KOREAN, 1), KOREAN, ends=False)
    with pytest.raises(InputError, match="on at least 1 rows with a text; got 0; give more rows"):
        check(TASK, some(KOREAN, 0), KOREAN, ends=False)


def test_rows_without_text_do_not_count():
    empty = dataset(["", " "] * LEAST, [0, 1] * LEAST, TASK)
    with pytest.raises(InputError, match=rf"at least {LEAST} rows with a text; got 0;"):
        check(TASK, empty, KOREAN, ends=True)


def test_another_language_is_refused_where_enough_rows_tell_it():
    with pytest.raises(InputError, match=r"in a language that it is measured on, here ko; got en; give rows like"):
        check(TASK, ENGLISH, KOREAN, ends=True)
    check(TASK, ENGLISH, KOREAN, ends=False)
    check(TASK, some(ENGLISH, HEARD - 1), KOREAN, ends=True)


def test_other_columns_are_refused():
    renamed = replace(KOREAN, rows=KOREAN.rows.rename_columns(["body"]))
    with pytest.raises(
        InputError,
        match=r"calibrated and measured on must have the columns that it reads, text \(text\); got body; give",
    ):
        check(TASK, renamed, KOREAN, ends=True)
    words = Task(output="tags", classes=("O", "B"), inputs=("text",), kinds=("words",))
    with pytest.raises(
        InputError, match=r"must have the columns that it reads, text \(words\); got text; give rows of"
    ):
        check(words, KOREAN, KOREAN, ends=True)


def test_other_answers_are_refused_on_both_sides():
    other = replace(KOREAN, task=replace(TASK, classes=("a", "b", "c", "d")))
    with pytest.raises(InputError, match=r"must be of its own task, label of 좋다, 나쁘다; got label of a, b, c, …"):
        check(TASK, other, KOREAN, ends=True)
    with pytest.raises(InputError, match=r"must be of its own task, label of 좋다, 나쁘다; got label of a, b"):
        check(TASK, KOREAN, other, ends=True)
