"""Are rows answered in their order, in bounded pieces, with the unsure ones rejected?"""

import csv
import json
import sys

import pytest

from naeum.cli.predict import promised, share
from naeum.errors import InputError


@pytest.fixture
def rows(tmp_path):
    path = tmp_path / "new.csv"
    path.write_text('id,text\n007,"좋다, 정말"\n8,별로\n9,\n', encoding="utf-8")
    return path


def read(path):
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_same_rows_same_order_two_columns_more(shell, rows, tmp_path):
    done = shell("predict", "RUN", rows, "--out", tmp_path / "a.csv")
    assert done.code == 0, done.err
    assert read(tmp_path / "a.csv") == [
        {"id": "007", "text": "좋다, 정말", "prediction": "긍정", "confidence": "0.9"},
        {"id": "8", "text": "별로", "prediction": "부정", "confidence": "0.6"},
        {"id": "9", "text": "", "prediction": "부정", "confidence": "0.6"},
    ]
    assert done.out == f"3 rows answered in {tmp_path / 'a.csv'}.\n"


def test_rows_are_answered_in_pieces(shell, korean, tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["naeum.cli.job"], "CHUNK", 2)
    sizes, answer = [], korean.champion.predict
    korean.champion.predict = lambda table: (sizes.append(table.num_rows), answer(table))[1]
    path = tmp_path / "new.jsonl"
    path.write_text("".join(json.dumps({"text": f"좋 {n}" if n % 2 else f"{n}"}) + "\n" for n in range(5)))
    shell("predict", "RUN", path, "--out", tmp_path / "a.csv")
    assert sizes == [2, 2, 1]
    assert [row["prediction"] for row in read(tmp_path / "a.csv")] == ["부정", "긍정", "부정", "긍정", "부정"]


def test_unsure_rows_are_rejected(shell, rows, tmp_path):
    done = shell("predict", "RUN", rows, "--out", tmp_path / "a.csv", "--reject-below", "0.8")
    assert [row["rejected"] for row in read(tmp_path / "a.csv")] == ["false", "true", "true"]
    assert "2 rejected, with a confidence below 0.8" in done.out


def test_a_wanted_error_sets_the_threshold_by_held_out_rows(shell, korean, rows, tmp_path):
    from naeum.measure.calibration import coverage_curve

    done = shell("predict", "RUN", rows, "--out", tmp_path / "a.csv", "--max-error", "5%", "--json")
    found = json.loads(done.out)
    curve = coverage_curve(korean.outputs(11, "tune"), korean.part("tune"))
    assert found["threshold"] == curve.threshold_for(0.05, sure=0.9) == promised(korean, 0.05)
    assert curve.at(found["threshold"])[1] <= 0.05
    assert found["rejected"] == sum(row["rejected"] == "true" for row in read(tmp_path / "a.csv"))


def test_what_cannot_be_promised_is_refused_with_what_can(korean):
    with pytest.raises(
        InputError, match=r"must be reachable on the run's 600 held-out rows; got 0.01%; .* ask for that"
    ):
        promised(korean, 0.0001)


@pytest.mark.parametrize(("text", "value"), [("2%", 0.02), ("2 %", 0.02), ("0.5%", 0.005), ("0.02", 0.02), ("0", 0.0)])
def test_shares(text, value):
    assert share(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["2", "150%", "-1%", "two", "", "nan"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(
        InputError, match=r"--max-error must be a share from 0 to below 100 %; got .*; write 2% or 0.02"
    ):
        share(text)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--reject-below", "0.5", "--max-error", "2%"), "only one of --reject-below and --max-error must be given"),
        (("--reject-below", "1.5"), "--reject-below must be a probability from 0 to 1; got 1.5"),
    ],
)
def test_refused_flags(shell, rows, tmp_path, flags, words):
    done = shell("predict", "RUN", rows, "--out", tmp_path / "a.csv", *flags)
    assert done.code == 2 and words in done.err and not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("id,body", "must have the column 'text' of the run; it has id, body; rename one"),
        ("text,confidence", "must not have a column 'confidence' yet; it has; rename or drop that column"),
    ],
)
def test_columns_that_do_not_fit(shell, tmp_path, head, words):
    path = tmp_path / "new.csv"
    path.write_text(f"{head}\n1,2\n3,4\n")
    done = shell("predict", "RUN", path, "--out", tmp_path / "a.csv")
    assert done.code == 2 and words in done.err


def test_a_single_column_is_the_text(shell, tmp_path):
    path = tmp_path / "new.csv"
    path.write_text("review\n좋아요 정말\n싫어요 정말\n", encoding="utf-8")
    assert shell("predict", "RUN", path, "--out", tmp_path / "a.csv").code == 0
    assert [row["prediction"] for row in read(tmp_path / "a.csv")] == ["긍정", "부정"]


def test_a_missing_file(shell, tmp_path):
    done = shell("predict", "RUN", "none.csv", "--out", tmp_path / "a.csv")
    assert done.code == 2 and done.err.startswith("naeum: none.csv must be a file of rows to answer; there is none")
