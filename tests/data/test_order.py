"""Is the order of classes read from words and names, or taken as it is said?"""

import pytest

from naeum.data import read
from naeum.data.order import by_words, in_order
from naeum.errors import InputError

ROWS = [{"text": f"말 {at}", "별점": at % 5 + 1, "급": "가나다"[at % 3]} for at in range(60)]


def test_words_of_a_scale_and_marks_are_in_order():
    assert by_words(["high", "low", "medium"]) == ("low", "medium", "high") and by_words(["개", "새", "소"]) is None
    assert in_order(["1", "2", "3"], "Rating") and not in_order(["1", "2", "3"], "topic")
    assert not in_order(["1.5", "2", "3"], "rating") and not in_order(["0", "1"], "rating")


def test_what_is_said_counts_more():
    assert in_order(["low", "high", "medium"], "x", "no") is None
    assert in_order(["1", "2", "3"], "topic", "yes") == ("1", "2", "3")
    assert in_order(["가", "나"], "급", "나<라<가") == ("나", "가")
    with pytest.raises(InputError, match=r"an order must name every class once.*it lacks 다; put all of 가, 나, 다"):
        in_order(["가", "나", "다"], "급", "가<나<라")
    with pytest.raises(InputError, match="it names fewer than three, or one twice"):
        in_order(["가", "나"], "급", "가<나")
    with pytest.raises(InputError, match=r"must be numbers or words of a known scale.*column '급' has 가, 나, 다"):
        in_order(["가", "나", "다"], "급", "yes")


def test_reading_orders_the_classes_and_proposes_a_metric_that_knows_it():
    found = read(ROWS, target="별점")
    task = found.dataset.task
    assert task.ordered and task.metric == "quadratic_kappa" and task.classes == ("1", "2", "3", "4", "5")
    assert "classes are ordered: 1 < 2 < 3 < 4 < 5 (--ordered no says otherwise)" in found.notes
    assert not read(ROWS, target="별점", ordered="no").dataset.task.ordered
    named = read(ROWS, target="급", ordered="다<가<나").dataset
    assert named.task.classes == ("다", "가", "나") and named.target.tolist()[:3] == [1, 2, 0]
