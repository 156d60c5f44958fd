"""Would a contest take the file: its columns, order, ids, types and values, for five kinds of samples?"""

import csv
import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from naeum.contract import Outputs, Task

TEXTS = {"007": "좋다, 정말", "8": "별로", "9": "", "10": "좋아요"}


def accepted(path, sample, like):
    """What a contest's checker does: columns and order, ids, no gaps, and values of the kind that the sample has."""
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(sample[0]), "columns"
    assert [row["id"] for row in rows] == [row["id"] for row in sample], "ids in their order"
    answers = [[value for name, value in row.items() if name != "id"] for row in rows]
    assert all(like(value) for row in answers for value in row), answers
    return rows


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def test_file(tmp_path):
    return write(tmp_path / "test.csv", [{"id": name, "text": text} for name, text in TEXTS.items()])


@pytest.fixture
def sent(shell, korean, test_file, tmp_path):
    """Make a submission by a sample with these answer columns, rows in another order than the test file."""

    def sent(answers, *flags, task=None, predict=None):
        if task is not None:
            korean.task = task
        model = SimpleNamespace(predict=predict) if predict else korean.champion
        korean.model = lambda rung: model
        sample = [{"id": name, **answers} for name in reversed(TEXTS)]
        like, out = write(tmp_path / "sample.csv", sample), tmp_path / "sub.csv"
        done = shell("predict", "RUN", test_file, "--like", like, "--out", out, *flags)
        assert done.code == 0, done.err
        return out, sample, done

    return sent


def test_id_and_label(sent):
    out, sample, done = sent({"label": "부정"})
    rows = accepted(out, sample, {"긍정", "부정"}.__contains__)
    assert [row["label"] for row in rows] == ["긍정", "부정", "부정", "긍정"]
    assert done.out == f"4 rows answered in {out}.\n"


def test_id_and_the_probability_of_the_positive_class(sent):
    out, sample, done = sent({"target": "0.5"})
    rows = accepted(out, sample, lambda value: 0 < float(value) < 1)
    assert [float(row["target"]) for row in rows] == [0.9, 0.4, 0.4, 0.9]
    assert "target is the probability of '긍정'" in done.err


def test_one_probability_a_class(sent):
    out, sample, _ = sent({"p_긍정": "0", "p_부정": "1"})
    rows = accepted(out, sample, lambda value: 0 < float(value) < 1)
    assert all(abs(float(row["p_긍정"]) + float(row["p_부정"]) - 1) < 1e-5 for row in rows)
    assert float(rows[0]["p_긍정"]) == 0.9


def test_id_and_a_number(sent):
    task = Task(output="number", metric="rmse")

    def length(rows):
        told = [[len(text or "") + 0.5] for text in rows["text"].to_pylist()]
        return Outputs(task, np.array(told, np.float32), "identity")

    out, sample, _ = sent({"price": "0"}, task=task, predict=length)
    rows = accepted(out, sample, lambda value: float(value) >= 0)
    assert [float(row["price"]) for row in rows] == [3.5, 0.5, 2.5, 6.5]


@pytest.mark.parametrize("columns", [{"tags": "bird cat"}, {"cat": "0", "bird": "0"}])
def test_several_labels_joined_or_in_columns(sent, columns):
    task = Task(classes=("bird", "cat"), output="labels", metric="micro_f1")

    def marked(rows):
        told = [[1 if "좋" in (text or "") else -1, 1 if text else -1] for text in rows["text"].to_pylist()]
        return Outputs(task, np.array(told, np.float32), "sigmoid")

    out, sample, _ = sent(columns, task=task, predict=marked)
    if "tags" in columns:
        rows = accepted(out, sample, lambda value: set(value.split()) <= {"bird", "cat"})
        assert [row["tags"] for row in rows] == ["bird cat", "", "cat", "bird cat"]
    else:
        rows = accepted(out, sample, {"0", "1"}.__contains__)
        assert [(row["bird"], row["cat"]) for row in rows] == [("1", "1"), ("0", "0"), ("0", "1"), ("1", "1")]


def test_what_is_said_for_machines(sent):
    out, _, done = sent({"target": "0.5"}, "--json")
    found = json.loads(done.out)
    assert found["form"] == "chance" and found["rows"] == 4 and found["out"] == str(out)


def test_rows_are_answered_in_pieces(sent, monkeypatch):
    monkeypatch.setattr(sys.modules["naeum.cli.job"], "CHUNK", 3)
    monkeypatch.setattr("naeum.cli.submitting.CHUNK", 3)
    out, sample, _ = sent({"label": "부정"})
    assert [row["label"] for row in accepted(out, sample, bool)] == ["긍정", "부정", "부정", "긍정"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"id": "8", "y": "긍정"}, {"id": "8", "y": "긍정"}], "every id of the sample must stand there once"),
        ([{"id": "8", "y": "긍정"}], "every id of the test file must stand in the sample; 3 do not"),
        ([{"id": name, "y": "긍정"} for name in (*TEXTS, "11")], "every id of the sample must stand in the test file"),
    ],
)
def test_missing_and_doubled_ids_leave_no_file(shell, korean, test_file, tmp_path, rows, words):
    korean.model = lambda rung: korean.champion
    like, out = write(tmp_path / "sample.csv", rows), tmp_path / "sub.csv"
    done = shell("predict", "RUN", test_file, "--like", like, "--out", out)
    assert done.code == 2 and words in done.err and not out.exists()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("new.csv",), "predict must be given both FILE and --out, or --oof; got FILE alone"),
        (("--out", "a.csv"), "got --out alone"),
        ((), "got neither"),
        (("--oof", "a.csv", "--rung", "2"), "--oof answers with the champion's recipe; got --rung, too"),
        (("new.csv", "--out", "a.csv", "--like", "none.csv"), "none.csv must be a sample submission; there is none"),
        (("new.csv", "--out", "a.csv", "--like", "s.csv", "--max-error", "2%"), "has the sample's columns alone"),
    ],
)
def test_refused_flags(shell, korean, flags, words):
    korean.model = lambda rung: korean.champion
    done = shell("predict", "RUN", *flags)
    assert done.code == 2 and words in done.err


def test_broken_rows_are_refused(shell, korean, tmp_path):
    korean.model = lambda rung: korean.champion
    path = tmp_path / "test.csv"
    path.write_text("id,text\n" + "".join(f"{at},좋다\n" for at in range(12)) + "13,a,b,c\n", encoding="utf-8")
    like = write(tmp_path / "sample.csv", [{"id": str(at), "y": "긍정"} for at in range(12)])
    done = shell("predict", "RUN", path, "--like", like, "--out", tmp_path / "sub.csv")
    assert done.code == 2 and "must be readable for a submission; line 14 is not" in done.err
