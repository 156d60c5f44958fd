"""Does a user's own function join in, held to the content of its file, and with one sentence where it can not?"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum import decoding, plugged
from naeum.contract import Outputs, Task
from naeum.errors import InputError

OWN = """
def first(probabilities, classes):
    return [classes[0]] * len(probabilities)

def second(probabilities, classes):
    return (probabilities[:, 1] > 0.1).astype(int)

def likely(probabilities, classes):
    return probabilities > 0.2

def whole(numbers):
    return numbers.round().clip(0)

def stranger(probabilities, classes):
    return ["없는 반"] * len(probabilities)

def broken(*given):
    raise KeyError("아니요")
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "내규칙.py"
    path.write_text(OWN, encoding="utf-8")
    return path


def test_a_name_is_pinned_to_its_content(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = plugged.pinned("내규칙.py:whole")
    assert (
        name.startswith(f"{own}:whole#") and plugged.pinned(name) == name and plugged.short(name) == "내규칙.py:whole"
    )
    assert plugged.function(name)(np.array([1.6, -2.0])).tolist() == [2.0, 0.0]
    own.write_text(OWN + "\n# changed", encoding="utf-8")
    with pytest.raises(InputError, match=r"the file of a metric must be as it was when its run began .* has changed"):
        plugged.function(name)
    assert plugged.pinned("내규칙.py:whole") != name


def test_a_file_that_moved_is_found_by_name_and_content(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = plugged.pinned(f"{own}:whole")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    own.rename(elsewhere / own.name)
    with pytest.raises(InputError, match=r"a decision rule's file must exist; got .*; check the path"):
        plugged.function(name, "decision rule")
    monkeypatch.chdir(elsewhere)
    assert plugged.function(name)(np.array([0.4])).tolist() == [0.0]
    (elsewhere / own.name).write_text("def whole(numbers): return numbers * 0", encoding="utf-8")
    with pytest.raises(InputError, match="bring the old one back, or begin another run"):
        plugged.function(name)


def ruled(own: Path, name: str, output: str = "label") -> Outputs:
    task = Task(classes=("정상", "사기"), output=output, decide=plugged.pinned(f"{own}:{name}"))  # type: ignore[arg-type]
    link = "sigmoid" if output == "labels" else "softmax"
    scores = np.log(np.array([[0.8, 0.2], [0.95, 0.05], [0.3, 0.7]], np.float32))
    return Outputs(task, scores, link)  # type: ignore[arg-type]


def test_rules_decide_classes_by_name_or_number(own: Path) -> None:
    assert ruled(own, "first").labels.tolist() == ["정상"] * 3
    found = ruled(own, "second")
    assert found.codes.tolist() == [1, 0, 1] and found.take([1, 2]).codes.tolist() == [0, 1]
    assert found.confidence == pytest.approx([0.2, 0.95, 0.7]), "of the class that was answered"


def test_rules_decide_labels_numbers_and_tags(own: Path) -> None:
    assert decoding.chosen(ruled(own, "likely", "labels")).shape == (3, 2)
    number = Outputs(
        Task(output="number", decide=plugged.pinned(f"{own}:whole")), np.float32([[1.7], [-3]]), "identity"
    )
    assert number.labels.tolist() == [2.0, 0.0] and number.to_pandas()["prediction"].tolist() == [2.0, 0.0]
    tags = Task(inputs=("words",), kinds=("words",), classes=("O", "B-x"), output="tags")
    scores = np.log(np.array([[0.8, 0.2], [0.95, 0.05]], np.float32))
    sentence = Outputs(
        Task(**{**tags.__dict__, "decide": plugged.pinned(f"{own}:second")}), scores, offsets=np.array([0, 0, 2])
    )
    assert sentence.labels.tolist() == [[], ["B-x", "O"]]


@pytest.mark.parametrize(
    "name, output, message",
    [
        ("stranger", "label", r"must give one class a row, by name or number; it gave .*없는 반"),
        (
            "broken",
            "label",
            r"the decision rule 내규칙.py:broken must give .*it raised KeyError",
        ),
        ("whole", "label", "it raised TypeError"),
        ("second", "labels", "must give true or false for each row and label; it gave int64"),
    ],
)
def test_what_a_rule_gives_must_be_answers(own: Path, name: str, output: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        ruled(own, name, output).labels  # noqa: B018


def test_tasks_without_a_rule_are_written_as_before() -> None:
    assert "decide" not in Task().to_json()
    task = Task(decide="a.py:b#0123456789abcdef")
    assert Task.from_json(task.to_json()) == task
