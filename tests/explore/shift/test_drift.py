"""Is drift over time found, and only where it is?"""

import numpy as np
import pytest

from naeum.contract import Task
from naeum.data import read
from naeum.errors import NotApplicable
from naeum.explore.loading import opened
from naeum.explore.shift import drift
from naeum.explore.subject import subject_of
from naeum.testing.data import dataset


def rows(n, drifting, seed=0):
    rng = np.random.default_rng(seed)
    made = []
    for at in range(n):
        new = drifting and rng.random() < at / n
        words = ["배송", "환불", "택배"] if new else ["영화", "배우", "감동"]
        label = "b" if rng.random() < (at / n if drifting else 0.5) else "a"
        day = f"20{10 + at * 10 // n:02d}-0{1 + at % 9}-15"
        made.append({"text": " ".join(rng.choice(words, 5)) + f" {rng.integers(10**6)}", "label": label, "date": day})
    return made


def subject(given):
    data = read(given, target="label", text="text")
    found = subject_of(opened(given), target="label", text=("text",), data=data)
    return found.with_seen("languages", {"languages": [["ko", 9]]})


def test_drift_of_words_and_labels_is_found():
    found = drift.look(subject(rows(900, True)))["columns"][0]
    assert found["column"] == "date" and found["rows"] == 900 and len(found["periods"]) == 10
    assert found["auroc"] > 0.7 and found["labels"]["cramer_v"] > 0.3 and found["labels"]["p"] < 1e-6
    shares = found["labels"]["shares"][found["labels"]["classes"].index("b")]
    assert shares[-1] > shares[0] + 0.5
    assert any(word in "배송 환불 택배" for word in found["words"]["new"])


def test_rows_that_stay_the_same_do_not_drift():
    found = drift.look(subject(rows(900, False)))["columns"][0]
    assert abs(found["auroc"] - 0.5) < 0.1 and found["labels"]["cramer_v"] < 0.15


def test_unknown_times_are_left_out():
    data = dataset([f"글 {n}" for n in range(400)], np.arange(400) % 2, Task(classes=("a", "b")))
    time = np.arange(400.0)
    time[:50] = np.nan
    found = drift.drift(data, time)
    assert found["rows"] == 350 and found["periods"][0][0] == 50.0


def test_it_needs_dates():
    given = [{"text": f"글 {n}", "label": "ab"[n % 2]} for n in range(400)]
    with pytest.raises(NotApplicable, match="a column of dates with 300 rows"):
        drift.look(subject(given))
    with pytest.raises(NotApplicable, match="a text and a label"):
        drift.look(subject_of(opened([{"n": "1", "t": "하나 둘"}, {"n": "2", "t": "셋"}]), text=("t",)))


def test_unlabelled_periods_say_nothing():
    assert drift.label_drift(np.array([-1, -1, 0, 1]), [np.array([0, 1]), np.array([2, 3])], 2) is None
