"""Are files in the form of SQuAD, KorQuAD and KLUE-MRC read?"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from naeum.data import read
from naeum.data.squad import is_squad
from naeum.errors import InputError

CONTEXT = "훈민정음은 1443년에 세종이 창제하였다."


def written(path: Path, paragraphs: list[dict[str, Any]], **more: Any) -> Path:
    whole = {"version": "v2.0", "data": [{"title": "한글", **more, "paragraphs": paragraphs}]}
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "wt", encoding="utf-8") as file:
        json.dump(whole, file, ensure_ascii=False)
    return path


def told(*answers: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"text": text, "answer_start": start} for text, start in answers]


QAS: list[dict[str, Any]] = [
    {"id": "1", "question": "언제?", "answers": told(("1443년", 6), ("1443", 6))},
    {"guid": "2", "question": "누가?", "answers": told(("세종", 13)), "is_impossible": False},
    {"id": 3, "question": "왜?", "answers": [], "plausible_answers": told(("창제", 17)), "is_impossible": True},
    {"id": "4", "question": "어디서?"},
]


@pytest.mark.parametrize("name", ["qa.json", "qa.json.gz"])
def test_each_question_is_a_row(tmp_path: Path, name: str) -> None:
    data = read(written(tmp_path / name, [{"context": CONTEXT, "qas": QAS}]))
    assert data.dataset.task.inputs == ("question", "context") and data.dataset.task.output == "span"
    assert data.dataset.truth.to_pylist() == [
        [{"start": 6, "end": 11}, {"start": 6, "end": 10}], [{"start": 13, "end": 15}], [], None,
    ]  # fmt: skip
    assert data.dataset.target.tolist() == [0, 0, 0, -1]
    assert len(set(data.dataset.group)) == 1, "questions to one passage stand together"
    assert data.others.to_pylist()[1] == {"title": "한글", "id": "2"}


def test_only_such_files_are_taken_for_questions() -> None:
    assert not is_squad('[{"data": 1, "paragraphs": []}]')
    assert not is_squad('{"data": [{"text": "a", "label": "b"}]}')


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.json", [{"context": CONTEXT, "qas": QAS[:1]}, {"qas": QAS[:1]}])
    with pytest.raises(InputError, match=r"must have a context; paragraph 2 of article 1 of .*a.json has none; add it"):
        read(path)
    path = written(tmp_path / "b.json", [{"context": CONTEXT, "qas": [{"id": "1", "answers": []}]}])
    with pytest.raises(InputError, match=r"must have a question; paragraph 1 of article 1 of .*b.json has none"):
        read(path)
    path = written(tmp_path / "c.json", [{"context": CONTEXT, "qas": []}])
    with pytest.raises(InputError, match=r"a file of questions must hold questions; .*c.json has none"):
        read(path)
    (tmp_path / "d.json").write_text('{"data": [{"paragraphs": [{')
    with pytest.raises(InputError, match=r"a JSON file must be whole; .*d.json is damaged"):
        read(tmp_path / "d.json")
