"""Do doubtful rows go out as tasks, and do the answers come back into the file?"""

import json

import pyarrow.parquet as pq
import pytest

from naeum import cli
from naeum.testing.data import make


@pytest.fixture
def run(monkeypatch, capsys):
    def call(*words):
        monkeypatch.setattr("sys.argv", ["naeum", *map(str, words)])
        code = cli.main()
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.fixture
def reviews(tmp_path):
    data = make(160, korean=True, noise=0.08)
    path = tmp_path / "reviews.csv"
    lines = [
        f"{n},{text} {n},{'긍부'[code]}정"
        for n, (text, code) in enumerate(zip(data.rows["text"].to_pylist(), data.target.tolist(), strict=True))
    ]
    path.write_text("id,text,label\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_rows_go_out_and_answers_come_back(run, reviews, tmp_path):
    tasks, fixed = tmp_path / "tasks.json", tmp_path / "fixed.csv"
    code, out, _ = run("label", "export", reviews, "--target", "label", "--rows", "12", "--out", tasks, "--offline")
    assert code == 0 and "12 rows to look at" in out
    document = json.loads(tasks.read_text(encoding="utf-8"))
    for task in document:
        now = task["data"]["naeum_label"]
        other = "부정" if now == "긍정" else "긍정"
        task["annotations"] = [{"result": [{"type": "choices", "value": {"choices": [other]}}]}]
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    code, out, _ = run("label", "import", reviews, answers, "--target", "label", "--out", fixed, "--json")
    assert code == 0 and json.loads(out)["changed"] == 12
    before, after = (path.read_text(encoding="utf-8").splitlines() for path in (reviews, fixed))
    changed = [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    assert sorted(at - 1 for at in changed) == sorted(task["data"]["naeum_row"] for task in document)


def test_other_forms_are_written_too(run, reviews, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps([{"naeum_row": 0, "label": "부정"}], ensure_ascii=False), encoding="utf-8")
    for name in ("fixed.parquet", "fixed.jsonl"):
        assert run("label", "import", reviews, answers, "--target", "label", "--out", tmp_path / name)[0] == 0
    assert pq.read_table(tmp_path / "fixed.parquet")["label"][0].as_py() == "부정"
    assert json.loads((tmp_path / "fixed.jsonl").read_text(encoding="utf-8").splitlines()[0])["label"] == "부정"


def test_the_page_is_printed(run, reviews):
    code, out, _ = run("label", "config", reviews, "--target", "label")
    assert code == 0 and '<Choice value="긍정"/>' in out


@pytest.mark.parametrize(
    "words, message",
    [
        (("label", "send", "FILE"), "the action must be one of export, import, config; got 'send'"),
        (("label", "export", "FILE"), "must know where to write"),
        (("label", "export", "FILE", "--out", "x.json", "--rows", "0"), "--rows must be 1 or more"),
        (("label", "import", "FILE", "--out", "x.csv"), "must be given the answers"),
        (("label", "import", "FILE", "none.json", "--out", "x.csv"), "must be a file that can be read"),
        (("label", "import", "FILE", "FILE", "--out", "x.csv"), "answers must be JSON"),
    ],
)
def test_what_cannot_be_done_is_said(run, reviews, words, message):
    code, _, err = run(*(str(reviews) if word == "FILE" else word for word in words))
    assert code == 2 and message in err


def test_answers_of_other_rows_are_refused(run, reviews, tmp_path):
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps([{"naeum_row": 999, "label": "부정"}], ensure_ascii=False), encoding="utf-8")
    code, _, err = run("label", "import", reviews, answers, "--target", "label", "--out", tmp_path / "x.csv")
    assert code == 2 and "which has 160; got row 999" in err and not (tmp_path / "x.csv").exists()


def test_suspects_of_a_run_go_out_as_rows_of_its_file(run, korean, reviews, tmp_path, monkeypatch):
    from naeum.data import read

    data = read(reviews, target="label", text="text")
    texts, folder = data.dataset.rows["text"].to_pylist(), tmp_path / "run"
    folder.mkdir()
    (folder / "run.yaml").write_text(f"data: [{reviews}]\ntarget: label\ntext: text\nid: null\n", encoding="utf-8")
    korean.suspects = [
        {"id": int(data.dataset.ids[at]), "text": texts[at], "label": "긍정", "suggested": "부정", "score": 0.1}
        for at in (7, 3)
    ]
    monkeypatch.setattr("naeum.cycle.open_run", lambda found: korean)
    code, out, _ = run("label", "export", folder, "--out", tmp_path / "tasks.json")
    tasks = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert code == 0 and "2 rows to look at" in out
    assert [task["data"]["naeum_row"] for task in tasks] == [7, 3] and tasks[0]["data"]["text"] == texts[7]
    korean.suspects[0]["id"] = 5
    code, _, err = run("label", "export", folder, "--out", tmp_path / "tasks.json")
    assert code == 2 and "the file of the run must be as it was; 1 suspects" in err
    (folder / "run.yaml").write_text("data: ['<a table in memory>']\n", encoding="utf-8")
    code, _, err = run("label", "export", folder, "--out", tmp_path / "tasks.json")
    assert code == 2 and "learned from a table in memory" in err
