"""Are questions, passages and answers known by their form, and is every answer found in its passage?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from naeum.data import Data, read, split
from naeum.errors import InputError

CONTEXT = "민수는 부산에 산다. 영희도 부산에 산다."


def rows(*answers: Any, **more: list[Any]) -> list[dict[str, Any]]:
    """A row an answer, all to one passage."""
    found = [{"question": f"질문 {at}?", "context": CONTEXT, "answers": one} for at, one in enumerate(answers)]
    return [{**row, **{name: values[at] for name, values in more.items()}} for at, row in enumerate(found)]


def spans(data: Data) -> list[Any]:
    truth = data.dataset.truth.to_pylist()
    return [None if row is None else [(one["start"], one["end"]) for one in row] for row in truth]


HF = {"text": ["민수", "부산"], "answer_start": [0, 4]}


@pytest.mark.parametrize(
    "table",
    [
        rows(HF, {"text": [], "answer_start": []}, None),
        pa.Table.from_pylist(rows(HF, {"text": [], "answer_start": []}, None)),
        rows(json.dumps(HF, ensure_ascii=False), '{"text": [], "answer_start": []}', None),
        rows([{"text": "민수", "answer_start": 0}, {"text": "부산", "answer_start": 4}], [], None),
        pa.Table.from_pylist(rows([{"text": "민수", "start": 0}, {"text": "부산", "start": 4}], [], None)),
        pa.Table.from_pylist(rows([{"start": 0, "end": 2}, {"start": 4, "end": 6}], [], None)),
    ],
    ids=["dicts", "arrow", "strings", "lists", "arrow lists", "places"],
)
def test_answers_are_read_in_every_form(table: Any) -> None:
    data = read(table)
    assert data.dataset.task.output == "span" and data.dataset.task.metric == "span_f1"
    assert spans(data) == [[(0, 2), (4, 6)], [], None]
    assert data.dataset.target.tolist() == [0, 0, -1]
    assert any("answers of answers stand in context (--output says otherwise)" in note for note in data.notes)
    assert "rows whose passage does not answer: 1" in data.notes


def test_one_place_is_one_answer_and_none_is_none() -> None:
    table = pa.Table.from_pylist(rows({"start": 0, "end": 2}, {"start": -1, "end": -1}, None))
    assert spans(read(table)) == [[(0, 2)], [], None]


def test_a_text_without_a_start_is_taken_where_it_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "qa.csv"
    path.write_text(f"Question,Context,Answer\n누가?,{CONTEXT},민수\n없음?,{CONTEXT},\n", encoding="utf-8")
    data = read(path)
    assert spans(data) == [[(0, 2)], []]
    assert data.dataset.task.inputs == ("Question", "Context") and data.dataset.task.target == "Answer"


def test_a_start_says_which_is_meant_and_is_mended_where_it_is_off() -> None:
    found = read(rows("부산", "부산", "부산", answer_start=["4", "16.0", "15"]))
    assert spans(found) == [[(4, 6)], [(16, 18)], [(16, 18)]]
    assert "answers that stand beside the place that was given, taken where they stand: 1" in found.notes
    assert "answer_start" not in found.columns
    assert spans(read(rows("부산", "민수", answer_start=[4, -1], is_impossible=["false", "True"]))) == [[(4, 6)], []]


def test_several_places_or_none_are_refused_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "qa.jsonl"
    for answer, why in (
        ("부산", r"must stand in its passage once, or say where it starts; line 3 of .*qa.jsonl has in column "
         "'answers' '부산', which stands there 2 times; add a column answer_start"),
        ("서울", r"must stand in its passage; line 3 of .*qa.jsonl has in column 'answers' '서울', which does not; "
         "correct it, or leave it empty"),
    ):  # fmt: skip
        lines = [json.dumps(one, ensure_ascii=False) for one in rows("민수", answer)]
        path.write_text("\n\n".join(lines), encoding="utf-8")
        with pytest.raises(InputError, match=why):
            read(path, output="span")
    table = pa.Table.from_pylist(rows({"start": 20, "end": 99}))
    with pytest.raises(InputError, match="row 1 of the data has in column 'answers' 20 to 99, which does not"):
        read(table)


def test_what_only_looks_like_questions_is_something_else() -> None:
    told = [
        {"question": f"맞나 {at}?", "passage": f"{CONTEXT} {at}", "answer": ("yes", "no")[at % 2]} for at in range(20)
    ]
    assert read(told).dataset.task.output == "label"
    few = [{**row, "answer": ("민수", "영희")[at % 2]} for at, row in enumerate(told)]
    assert read(few, output="label", target="answer", text="question").dataset.task.inputs == ("question",)


def test_columns_may_be_named_in_any_order_or_be_one() -> None:
    table = [{"무엇": "누가?", "글": CONTEXT, "값": "민수"}, {"무엇": "또?", "글": CONTEXT, "값": "영희"}]
    for text in ("무엇,글", "글,무엇", ["글", "무엇"]):
        data = read(table, output="span", text=text, target="값")
        assert data.dataset.task.inputs == ("무엇", "글") and spans(data) == [[(0, 2)], [(12, 14)]]
    assert read(table, output="span", text="글", target="값").dataset.task.inputs == ("글",)
    with pytest.raises(
        InputError, match=r"answers must stand in a passage; the data has no text beside '값'; name the"
    ):
        read([{"값": "민수"}], output="span", target="값")


def test_a_given_part_is_read_as_the_training_data(tmp_path: Path) -> None:
    task = read(rows("민수", "영희")).dataset.task
    valid = read(rows("영희", None), task=task, part="valid")
    assert spans(valid) == [[(12, 14)], None] and valid.dataset.task == task
    bare = [{name: value for name, value in row.items() if name != "answers"} for row in rows("a")]
    assert read(bare, task=task, part="test").dataset.target.tolist() == [-1]


def test_one_passage_never_stands_on_two_sides() -> None:
    table = []
    for at in range(600):
        passage = f"문단 {chr(0xAC00 + at // 3)}에는 답 {at // 3 * 7919}이 있다."
        table.append(
            {"question": f"{at}번 답은?", "context": passage, "answers": str(at // 3 * 7919), "topic": str(at % 2)}
        )
    for options in ({}, {"group": "topic"}):
        data = read(table[:30] if options else table, **options)
        if options:
            assert len(set(data.dataset.group)) == 1, "topics and passages tie all rows together"
            continue
        cut = split(data)
        sides = [
            {row["context"] for row in part.rows.to_pylist()}
            for part in (*(scored for _, scored in cut.folds), cut.test)
        ]
        assert sum(map(len, sides)) == len(set().union(*sides)) == 200


def test_nul_bytes_do_not_move_answers() -> None:
    table = [{"question": "q", "context": "\x00ab cd", "answers": {"text": ["c\x00d"], "answer_start": [4]}}]
    data = read(pa.Table.from_pylist(table))
    assert spans(data) == [[(3, 5)]]


def test_a_wrong_name_of_a_column_is_said() -> None:
    with pytest.raises(InputError, match=r"the text column must be one of .*; got 'contex'; did you mean 'context'"):
        read(rows("민수"), output="span", text="question,contex")
