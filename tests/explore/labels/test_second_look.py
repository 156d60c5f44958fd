"""Do the rows most worth a look come first, each once?"""

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.data import read
from naeum.errors import NotApplicable
from naeum.explore.labels.second_look import chosen, second_look
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.testing.data import make


def row(number, **more):
    return {"row": number, "text": f"글 {number}", "label": "a", **more}


def test_each_row_comes_once_by_its_surest_reason():
    found = {
        "conflicts": {"near": {"shown": [row(1), row(2)]}},
        "suspects": {"listed": [row(2, suggested="b", score=0.1), row(3, suggested="b", score=0.2)],
                     "ambiguous": [row(4, between=["a", "b"])], "hard": [row(3, answered="b"), row(5, answered="b")]},
    }  # fmt: skip
    rows = chosen(found, 10)
    assert [(one["row"], one["why"]) for one in rows] == [
        (1, "conflict"), (2, "conflict"), (3, "suspect"), (4, "ambiguous"), (5, "hard"),
    ]  # fmt: skip
    assert len(chosen(found, 2)) == 2


def test_conflicts_leave_room_for_suspects():
    found = {"conflicts": {"near": {"shown": [row(n) for n in range(50)]}},
             "suspects": {"listed": [row(100 + n) for n in range(50)]}}  # fmt: skip
    why = [one["why"] for one in chosen(found, 20)]
    assert why.count("conflict") == why.count("suspect") == 10


def test_planted_errors_are_chosen():
    clean, dirty = make(200), make(200, noise=0.1)
    rows = [
        {"text": f"{text} {n}", "label": "ab"[code]}
        for n, (text, code) in enumerate(zip(dirty.rows["text"].to_pylist(), dirty.target.tolist(), strict=True))
    ]
    data = read(rows, target="label", text="text")
    subject = subject_of(
        opened(rows), target="label", text=("text",), data=data, policy=Policy(threads=1, offline=True)
    )
    subject = subject.with_seen("languages", {"languages": [["xx", 200]]})
    wrong = set(np.flatnonzero(clean.target != dirty.target).tolist())
    found = second_look(subject, len(wrong))
    assert len({one["row"] for one in found} & wrong) >= 0.8 * len(wrong)


def test_it_needs_labels():
    with pytest.raises(NotApplicable, match="a text and one label a row"):
        second_look(subject_of(opened([{"text": "a"}, {"text": "b"}]), text=("text",)), 5)
