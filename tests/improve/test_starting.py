"""Is a learner of the user's own tried right after the floor, from Python, a file or an answer of why?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import naeum
from naeum import registry, values
from naeum.contract import Task
from naeum.errors import InputError
from naeum.improve import starting
from naeum.improve.options import Options
from naeum.model.table.linear import TableLinear
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic

OWN = TfidfLogistic(words=(1, 1), chars=(0, 0))
TASK = Task(classes=("a", "b"))


def test_a_learner_comes_as_value_document_or_file(tmp_path: Path) -> None:
    document = values.to_json(OWN)
    bare, answer = tmp_path / "bare.json", tmp_path / "why.json"
    bare.write_text(json.dumps(document))
    answer.write_text(json.dumps({"rung": 3, "learner": document}))
    for given in (OWN, document, str(bare), bare, answer):
        options = Options(start=given)
        (found,) = starting.documents(options.start)
        assert starting.learners([found], registry.values(), TASK) == (OWN,)
    assert Options(start=[OWN, bare]).start == (document, str(bare))
    assert Options().start == Options(start=None).start == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (None, r"--start must name a file with a learner; there is no .*none.json; check the path"),
        ("no", r"--start must name a JSON file; .* cannot be read as one .*; write one with: naeum why RUN 7 --json"),
        ("[1]", r"must hold a learner: kind, version and settings; it does not; write one with: naeum why RUN 7"),
        ('{"kind": "tfidf_logistic"}', r"must hold a learner"),
    ],
)
def test_a_file_that_holds_no_learner_is_refused(tmp_path: Path, text: str | None, words: str) -> None:
    path = tmp_path / "none.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(InputError, match=words):
        starting.documents([str(path)])


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (
            {"kind": "strange", "version": 1, "settings": {}},
            r"a learner to start with must be known; every kind must be",
        ),
        (
            {"kind": "tfidf_logistic", "version": 1, "settings": {"no": 1}},
            r"must be known; .*unexpected keyword .*; corr",
        ),
        ({"kind": "full", "version": 1, "settings": {}}, r"must answer label from text; full does not; give another"),
        (values.to_json(TableLinear()), r"must answer tags from words; table_linear does not"),
    ],
)
def test_a_learner_that_cannot_start_is_refused(document: dict[str, Any], words: str) -> None:
    task = Task(inputs=("words",), kinds=("words",), output="tags") if "tags" in words else TASK
    with pytest.raises(InputError, match=words):
        starting.learners([document], registry.values(), task)


def test_it_stands_right_after_the_floor_and_is_tried_once(tables: dict[str, str], tmp_path: Path) -> None:
    given: dict[str, Any] = {
        "target": "label",
        "offline": True,
        "threads": 1,
        "only": "linear",
        "run": tmp_path / "run",
    }
    ladder = naeum.improve(tables["train"], start=[OWN, NaiveBayesLogistic()], rungs=4, **given)
    assert [rung.technique for rung in ladder.rungs] == ["floor", "start", "start_2", "linear"]
    assert ladder.rungs[1].learner == OWN and ladder.rungs[1].reason == "You gave it to start with."
    again = naeum.improve(tmp_path / "run", rungs=5)
    assert [rung.technique for rung in again.rungs].count("start") == 1
    assert again.options["start"][0] == values.to_json(OWN), "the run knows the learner without the file"
