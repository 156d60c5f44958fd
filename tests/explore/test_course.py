"""Does an analysis go from a file to findings, say its first summary early, and survive a part that fails?"""

from functools import partial

import pytest

import naeum
from naeum.errors import InputError
from naeum.explore import course as module
from naeum.explore.course import FIRST, PARTS, Part, chosen, course, explore
from naeum.explore.subject import subject_of

TABLE = ("missing", "duplicates", "target", "columns", "relations", "groups", "times")
ROWS = [{"나이": str(20 + n % 30), "도시": "서울부산"[n % 2], "label": "ab"[n % 3 % 2]} for n in range(120)]


def test_findings_of_a_small_table_and_the_first_summary_first():
    events = []
    profile = explore([*ROWS, ROWS[0]], parts=TABLE, watch=events.append)
    kinds = [event["event"] for event in events]
    assert kinds.index("summary") == len(FIRST)  # one progress event for each of the quick parts before
    assert profile.rows == 121 and profile.target == "label" and profile.gaps == {}
    assert {one.code for one in profile.findings} >= {"D01"} and set(profile.seconds) >= {"opening", "whole", *TABLE}
    assert profile.summary[: len(events[len(FIRST)]["sentences"])] == tuple(events[len(FIRST)]["sentences"])


def test_the_verb_and_the_room_are_one():
    assert naeum.explore(ROWS, parts=["missing"]).rows == 120


def test_a_part_that_is_refused_is_a_gap_and_the_others_go_on(plain):
    def broken(subject):
        raise InputError("a part must be well; this one is not; mend it")

    parts = (*FIRST, Part("broken", "breaking", broken))
    profile = course(plain(ROWS, "label"), parts)
    assert profile.gaps == {"broken": "a part must be well; this one is not; mend it"} and "missing" in profile.parts


def test_rows_are_read_as_data_only_where_there_is_a_text_to_learn():
    seen = []
    parts = (*FIRST, Part("look", "looking", lambda subject: seen.append(subject.data) or {}))
    rows = [{"text": f"이 영화는 정말 재미있었다고 {n}번", "label": "ab"[n % 2]} for n in range(40)]
    for data in (rows, ROWS):
        ready = partial(module._with_rows, data=data, given={}, how={})
        course(subject_of(module.opened(data)), parts, ready=ready)
    assert len(seen[0]) == 40 and seen[1] is None


def test_rows_are_not_read_as_data_for_parts_that_do_not_ask(monkeypatch):
    monkeypatch.setattr(module, "read", lambda *given, **options: pytest.fail("the rows were read"))
    rows = [{"text": f"이 영화는 정말 재미있었다고 {n}번", "label": "ab"[n % 2]} for n in range(60)]
    assert explore(rows, parts=["missing", "lengths"]).parts["lengths"]["rows"] == 60


def test_a_part_beside_is_read_as_the_rows_are(tmp_path):
    (tmp_path / "train.csv").write_text(
        "".join(["age,note,label\n", *(f"{n},아주 좋은 날씨 {n},{n % 2}\n" for n in range(40))])
    )
    (tmp_path / "test.csv").write_text("age,note,label\nthirty,흐린 날씨,0\n")  # alone, its age were words
    rows = module.read(tmp_path / "train.csv", target="label", text="note", columns="age")
    found = module._beside(tmp_path / "test.csv", "test", rows, {})
    assert found.dataset.task.columns == rows.dataset.task.columns == {"note": "text", "age": "number"}


def test_what_is_tested_stands_beside():
    rows = [{"text": f"이 영화는 정말 재미있었다고 {n}번", "label": "ab"[n % 2]} for n in range(60)]
    profile = explore(rows, test=[{"text": row["text"]} for row in rows[:20]], parts=["missing", "target"])
    assert profile.rows == 60


def test_refusals():
    with pytest.raises(InputError, match=r"options of explore must be among seed, .*; got 'colour'; leave it out"):
        explore(ROWS, colour="red")
    with pytest.raises(InputError, match=r"parts must be among missing, .*; got 'all'; leave it out"):
        chosen(["all"])
    assert chosen(None) == PARTS
