"""Does bare `naeum` say what to type here: explore and improve a file, go on with a run, use a finished one?"""

import os

import pytest

from naeum.cli.next import suggestions
from naeum.store import Ledger


def ended(folder, *names):
    for name in names:
        Ledger(folder / "ledger.jsonl").append({"event": name, "text": "x" * 50})


def commands(folder):
    return [command for command, _ in suggestions(folder)]


def test_nothing_lies_here(tmp_path):
    assert suggestions(tmp_path) == []


@pytest.mark.parametrize("name", ["train.csv", "my data.csv", "의도.jsonl.gz"])
def test_a_file_to_learn_from(tmp_path, name):
    for other in (name, "test.csv", "sample_submission.csv", "힣.csv", "notes.txt"):
        (tmp_path / other).touch()
    quoted = name if name == "train.csv" else f"'{name}'"
    assert commands(tmp_path) == [f"naeum explore {quoted}", f"naeum improve {quoted} --target COLUMN --minutes 5"]


def test_a_run_that_stopped_and_one_that_ended(tmp_path):
    (tmp_path / "train.csv").touch()
    ended(tmp_path / "runs" / "half", "run", "decision")
    assert commands(tmp_path) == ["naeum improve runs/half"]
    ended(tmp_path / "runs" / "whole", "run", "rung", "done", "pin", "remark")
    os.utime(tmp_path / "runs" / "half" / "ledger.jsonl", (1, 1))
    assert commands(tmp_path) == [
        "naeum predict runs/whole FILE --out answers.csv", "naeum why runs/whole", "naeum improve runs/half"
    ]  # fmt: skip


def test_bare_naeum_shows_them_above_the_guide(shell, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert shell().out.startswith("naeum makes a model")
    (tmp_path / "train.csv").touch()
    told = shell().out
    assert told.startswith("Here you could type:\n\n  naeum explore train.csv ")
    assert "naeum makes a model for labelled data better" in told and "naeum --install-completion" in told
