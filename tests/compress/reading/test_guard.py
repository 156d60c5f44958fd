"""Does the other model answer where the main one fails or is late, and only there?"""

import threading

import pytest

from naeum.compress.reading.guard import Guard, failing


def other(rows):
    return [{"prediction": "빠른 답"} for _ in rows]


def test_a_main_model_in_time_answers():
    found = Guard(other, 60_000)(lambda rows: [{"prediction": row} for row in rows], ["가", "나"])
    assert found == [{"prediction": "가", "by": "main"}, {"prediction": "나", "by": "main"}]


def test_a_main_model_that_fails_is_stood_in_for_with_the_reason():
    def broken(rows):
        raise ValueError("no such input")

    assert Guard(other, 60_000)(broken, ["가"]) == [
        {"prediction": "빠른 답", "by": "fallback", "why": "the main model failed: no such input"}
    ]


def test_a_main_model_that_is_late_is_stood_in_for_and_answers_again_later():
    going, guard = threading.Event(), Guard(other, 20)

    def slow(rows):
        going.wait(60)
        return [{"prediction": "the main one"} for _ in rows]

    late = guard(slow, ["가", "나"])
    assert [one["by"] for one in late] == ["fallback"] * 2 and late[0]["why"].endswith("longer than 20 ms a row")
    assert guard(slow, ["다"])[0]["by"] == "fallback"  # it is still at work
    going.set()
    guard.limit_ms = 60_000
    assert guard(slow, ["라"]) == [{"prediction": "the main one", "by": "main"}]


def test_a_model_that_cannot_be_opened_fails_when_it_is_asked():
    with pytest.raises(RuntimeError, match=r"it cannot be opened \(no file\)"):
        failing(OSError("no file"))(["가"])
