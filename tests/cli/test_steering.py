"""Do pause, go, skip and finish reach the process that climbs, and say what it will do?"""

from types import SimpleNamespace

import pytest

from naeum import cli
from naeum.store import lock


@pytest.fixture
def typed(monkeypatch, capsys):
    def typed(*words):
        monkeypatch.setattr("sys.argv", ["naeum", *map(str, words)])
        code = cli.main()
        told = capsys.readouterr()
        return SimpleNamespace(code=code, out=told.out, err=told.err)

    return typed


@pytest.fixture
def run(tmp_path):
    (tmp_path / "ledger.jsonl").touch()
    return tmp_path


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("pause", "pauses at its next step; let it go on with: naeum go"),
        ("go", "goes on."),
        ("skip", "leaves out what it fits now"),
        ("finish", "closes with its champion"),
    ],
)
def test_each_word_is_left_where_the_climb_looks(typed, run, word, told):
    with lock(run):
        done = typed(word, run)
    assert done.code == 0 and told in done.out and (run / "wish").read_text() == word


def test_without_a_process_there_is_no_one_to_wish_of(typed, run, tmp_path):
    done = typed("pause", run)
    assert done.code == 2 and "a process must work in" in done.err and not (run / "wish").exists()
    done = typed("finish", tmp_path / "none")
    assert done.code == 2 and "a run folder must hold ledger.jsonl" in done.err
