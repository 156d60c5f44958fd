"""Does a subject know its target, its text and what was seen?"""

import pytest

from naeum.errors import InputError, NotApplicable
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of

ROWS = [{"글": f"이 영화는 정말 재미있었다고 {n}번 씁니다", "label": "ab"[n % 2], "y": str(n * 1.5)} for n in range(40)]


def test_target_and_text_are_inferred():
    subject = subject_of(opened(ROWS))
    assert subject.target == "label" and subject.text == ("글",) and subject.having("category") == ("label",)
    assert subject.known["label"]["distinct"] == 2


def test_a_column_called_y_is_no_target_by_itself():
    assert subject_of(opened([{"x": str(n), "y": str(n % 2)} for n in range(30)])).target is None


def test_what_was_seen_and_what_was_not():
    subject = subject_of(opened(ROWS)).with_seen("part", {"n": 1})
    assert subject.part("part") == {"n": 1}
    with pytest.raises(NotApplicable, match="it needs the part 'other' of the analysis"):
        subject.part("other")


def test_refusals():
    table = opened(ROWS)
    with pytest.raises(InputError, match=r"the target column must be one of the columns .* did you mean 'label'"):
        subject_of(table, target="labels")
    with pytest.raises(InputError, match="text and target must be two columns; got 'label' for both"):
        subject_of(table, target="label", text=("label",))
