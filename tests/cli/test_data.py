"""Do versions come and go by the command line?"""

import json

import pytest


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "reviews.csv"
    path.write_text("id,글\n" + "".join(f"{n},문장 {n}\n" for n in range(100)), encoding="utf-8")
    return path


def test_save_log_diff_get(shell, file, tmp_path):
    done = shell("data", "save", "reviews.csv", "--note", "처음")
    assert done.code == 0 and done.out.startswith("v1: 100 rows, "), done.err
    assert "commit reviews.csv.naeum.json to say which version this is." in done.out
    assert shell("data", "save", "reviews.csv").out == "nothing changed since v1; it is kept as it is.\n"
    text = file.read_text(encoding="utf-8").replace("7,문장 7\n", "").replace("문장 50", "고친 문장")
    file.write_text(text + "500,새 문장\n", encoding="utf-8")
    assert json.loads(shell("data", "save", "reviews.csv", "--json").out)["parent"] == "v1"
    log = shell("data", "log").out.splitlines()
    assert log[0].startswith("v2") and "← v1" in log[0] and log[1].endswith("· 처음")
    diff = shell("data", "diff", "v1", "v2").out
    assert diff == shell("data", "diff", "v2").out
    assert diff.startswith("v1 → v2: 100 → 100 rows; 1 added, 1 removed, 1 changed (rows are told by id)\n")
    assert "  ~ row 50: 글 문장 50 → 고친 문장\n" in diff and "  + row 100: id=500, 글=새 문장\n" in diff
    done = shell("data", "get", "v1", "--out", tmp_path / "old.csv")
    assert done.out.startswith("100 rows of v1 written to") and '문장 7"' in (tmp_path / "old.csv").read_text("utf-8")
    found = json.loads(shell("data", "diff", "v1", "v2", "--json").out)
    assert (found["added"], found["before"]) == (1, "v1")


def test_steps_are_recorded_with_the_version(shell, file, tmp_path):
    shell("data", "save", "reviews.csv")
    shell("clean", "reviews.csv", "--drop-rows", "1", "--out", tmp_path / "clean.csv")
    done = shell(
        "data", "save", tmp_path / "clean.csv", "--name", "reviews.csv", "--recipe", tmp_path / "clean.csv.recipe.json"
    )
    assert done.code == 0, done.err
    assert "← v1 · drop_rows" in shell("data", "log").out


@pytest.mark.parametrize(
    "words, sentence",
    [
        (("drop", "v1"), "the action must be one of save, log, diff, get; got 'drop'; see naeum data --help"),
        (("save",), "naeum data save must be given 1 name; got 0; write naeum data save reviews.csv"),
        (("log",), "a store must hold versions; .naeum/data has none here; save some with naeum data save"),
        (("diff",), "naeum data diff must be given one or two versions; got 0; write v3 v4"),
        (("diff", "v1", "v2"), "a store must hold versions; .naeum/data has none; save some with"),
        (("get", "v1"), "naeum data get must know where to write; got no --out; name a file"),
        (("save", "none.csv"), "data must be a file that is there; there is no none.csv"),
    ],
)
def test_refusals(shell, file, words, sentence):
    done = shell("data", *words)
    assert done.code == 2 and sentence in done.err and "Traceback" not in done.err
