"""Do expectations go from a file to a verdict: exit 0, exit 1 with the rows, exit 2 with a sentence?"""

import csv
import json

import pytest


@pytest.fixture
def good(tmp_path):
    path = tmp_path / "good.csv"
    rows = "".join(f"{n},{'서울' if n % 2 else '부산'},{n % 50}\n" for n in range(200))
    path.write_text("id,도시,나이\n" + rows, encoding="utf-8")
    return path


@pytest.fixture
def bad(tmp_path, good):
    path = tmp_path / "bad.csv"
    text = good.read_text(encoding="utf-8").splitlines()
    text[1:41] = [line.rsplit(",", 1)[0] + ",900" for line in text[1:41]]
    path.write_text("\n".join(text) + "\n", encoding="utf-8")
    return path


def test_init_then_check(shell, good, bad, tmp_path):
    expected = tmp_path / "e.yaml"
    done = shell("expect", "init", good, "--out", expected)
    assert done.code == 0 and "expectations of 200 rows in" in done.out, done.err
    done = shell("expect", "check", good, expected)
    assert done.code == 0 and "expectations hold of 200 rows" in done.out
    done = shell("expect", "check", bad, expected)
    assert done.code == 1 and "나이 · range: 40 of 200 values are" in done.out and "row 1: 나이 = '900'" in done.out


def test_machines_get_the_rows_and_files_every_one(shell, good, bad, tmp_path):
    shell("expect", "init", good, "--out", tmp_path / "e.yaml")
    done = shell("expect", "check", bad, tmp_path / "e.yaml", "--json", "--out", tmp_path / "rows.csv")
    told = json.loads(done.out)
    assert done.code == 1 and not told["holds"]
    assert {one["title"] for one in told["broken"]} >= {"나이 · range", "나이 · distribution"}
    with (tmp_path / "rows.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40 and rows[0]["naeum breaks"].startswith("나이 · range")


def test_strict_and_chance(shell, good, tmp_path):
    shell("expect", "init", good, "--out", tmp_path / "e.yaml", "--chance", "0.01")
    assert "chance: 0.01" in (tmp_path / "e.yaml").read_text(encoding="utf-8")
    one = tmp_path / "one.csv"
    one.write_text(good.read_text(encoding="utf-8").replace("7,서울,7\n", "7,서울,71\n", 1), encoding="utf-8")
    assert shell("expect", "check", one, tmp_path / "e.yaml").code == 0
    assert shell("expect", "check", one, tmp_path / "e.yaml", "--strict").code == 1


@pytest.mark.parametrize(
    "words, sentence",
    [
        (("learn", "a.csv"), "the action must be one of init, check; got 'learn'; see naeum expect --help"),
        (("init", "GOOD"), "naeum expect init must know where to write; got no --out; name a YAML file"),
        (("check", "GOOD"), "naeum expect check must be given the expectations; got none; name their YAML file"),
        (("check", "GOOD", "none.yaml"), "expectations must be a YAML file; there is none at none.yaml"),
        (("init", "none.csv", "--out", "e.yaml"), "data must be a file that is there; there is no none.csv"),
    ],
)
def test_one_sentence_and_no_traceback(shell, good, words, sentence):
    done = shell("expect", *(good if word == "GOOD" else word for word in words))
    assert done.code == 2 and sentence in done.err and "Traceback" not in done.err


BAD = {
    "empty.csv": "",
    "only_header.csv": "text,label\n",
    "all_missing.csv": "a,b\n" + ",\n" * 30,
    "infinite.csv": "a,b\n" + "inf,1\n-inf,nan\n1e400,2\n" * 20,
    "mixed.csv": "a,b\n" + "1,x\n하나,2026-01-02\ntrue,2. 1. 2026\n" * 20,
}


@pytest.mark.parametrize("name", BAD)
def test_odd_files_never_show_a_traceback(shell, tmp_path, name):
    path, expected = tmp_path / name, tmp_path / "e.yaml"
    path.write_text(BAD[name], encoding="utf-8")
    done = shell("expect", "init", path, "--out", expected)
    if name in ("empty.csv", "only_header.csv"):
        assert done.code == 2 and "must hold" in done.err and "Traceback" not in done.err
        return
    assert done.code == 0, done.err
    assert shell("expect", "check", path, expected).code == 0
    gone = tmp_path / "gone.csv"
    gone.write_text("b,c\n" + "1,2\n" * 60, encoding="utf-8")
    done = shell("expect", "check", gone, expected)
    assert done.code == 1 and "a · there: the column must be there; the data have b, c" in done.out
