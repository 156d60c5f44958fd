"""Do all formats hold the same rows, whole or not at all?"""

import csv
import gzip
import io
import json

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from naeum.cli.answers import WRITERS, writing
from naeum.errors import InputError

TABLE = pa.table({"id": ["007", None], "text": ['쉼표, "따옴표"\n줄', "탭\t끝"]})
KINDS = {"prediction": pa.string(), "confidence": pa.float64(), "rejected": pa.bool_()}
EXTRA = {"prediction": ["긍정", "부정"], "confidence": [0.87654321, 0.5], "rejected": [False, True]}


def written(path):
    with writing(path, TABLE.schema, KINDS) as write:
        for at in (0, 1):
            write(TABLE.slice(at, 1), {name: column[at : at + 1] for name, column in EXTRA.items()})
    return path


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.tsv", "\t"), ("a.csv.gz", ",")])
def test_delimited(tmp_path, name, mark):
    path = written(tmp_path / name)
    raw = gzip.decompress(path.read_bytes()) if name.endswith("gz") else path.read_bytes()
    rows = list(csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=mark))
    assert rows == [
        ["id", "text", "prediction", "confidence", "rejected"],
        ["007", '쉼표, "따옴표"\n줄', "긍정", "0.876543", "false"],
        ["", "탭\t끝", "부정", "0.5", "true"],
    ]


def test_jsonl(tmp_path):
    rows = [json.loads(line) for line in written(tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()]
    assert rows[1] == {"id": None, "text": "탭\t끝", "prediction": "부정", "confidence": 0.5, "rejected": True}


def test_parquet(tmp_path):
    table = pq.read_table(written(tmp_path / "a.parquet"))
    assert table.column_names == ["id", "text", *EXTRA]
    assert table["rejected"].to_pylist() == [False, True] and table["confidence"][0].as_py() == 0.87654321


def test_xlsx(tmp_path):
    sheet = openpyxl.load_workbook(written(tmp_path / "a.xlsx")).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == ("id", "text", *EXTRA) and rows[2] == (None, "탭\t끝", "부정", 0.5, True)


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_a_failure_leaves_the_old_file(tmp_path, kind):
    path = tmp_path / f"a{kind}"
    path.write_bytes(b"old")
    broken = {**EXTRA, "confidence": EXTRA["confidence"][:1]}
    with (
        pytest.raises((ValueError, IndexError), match=r"argument|index|length|expected"),
        writing(path, TABLE.schema, KINDS) as write,
    ):
        write(TABLE, broken)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["a", "a.txt", "a.parquet.gz", "a.gz"])
def test_an_unknown_ending_is_refused(tmp_path, name):
    with (
        pytest.raises(InputError, match=r"--out must end in .csv, .tsv, .jsonl, .parquet, .xlsx or text and .gz; got"),
        writing(tmp_path / name, TABLE.schema, {}),
    ):
        pass


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with (
        pytest.raises(InputError, match=r"--out must be a file in a folder that exists; got .*make the folder"),
        writing(tmp_path / "none" / "a.csv", TABLE.schema, {}),
    ):
        pass


def test_lists_stand_in_one_cell_and_numbers_keep_what_they_say(tmp_path):
    kinds = {"prediction": pa.list_(pa.string()), "low": pa.float64()}
    answers = {"prediction": [["O", "B-곳"], ("빠름", "친절")], "low": [1234567.25, 0.00001234567]}
    with writing(tmp_path / "a.csv", TABLE.schema, kinds) as write:
        write(TABLE, answers)
    rows = list(csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[-1:]))
    assert rows[0][-2:] == ["빠름;친절", "1.23457e-05"]
    assert "O B-곳,1234567.25" in (tmp_path / "a.csv").read_text(encoding="utf-8")
    with writing(tmp_path / "a.parquet", TABLE.schema, kinds) as write:
        write(TABLE, answers)
    assert pq.read_table(tmp_path / "a.parquet")["prediction"].to_pylist() == [["O", "B-곳"], ["빠름", "친절"]]
    with writing(tmp_path / "a.xlsx", TABLE.schema, kinds) as write:
        write(TABLE, answers)
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert next(sheet.iter_rows(min_row=2, values_only=True))[2] == "O B-곳"


@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.jsonl", "a.csv.gz"])
def test_a_text_file_may_have_another_encoding(tmp_path, name):
    path = tmp_path / name
    for encoding, begun in (("utf-8-sig", b"\xef\xbb\xbf"), ("cp949", b"")):
        with writing(path, TABLE.schema, {}, encoding) as write:
            write(TABLE, {})
        raw = gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
        assert raw.startswith(begun) and "쉼표" in raw.decode(encoding)


def test_what_an_encoding_lacks_is_refused_and_the_file_stays(tmp_path):
    emoji = pa.table({"text": ["좋다 🙂"]})
    for encoding, said in (
        ("cp949", r"must have every character of the rows; cp949 lacks '🙂'; write --encoding utf-8-sig"),
        ("utf8000", r"must be one that Python knows; got 'utf8000'; utf-8-sig is for Excel"),
    ):
        with pytest.raises(InputError, match=said), writing(tmp_path / "a.csv", emoji.schema, {}, encoding) as write:
            write(emoji, {})
    with (
        pytest.raises(InputError, match=r"--encoding is for text files: .csv, .tsv, .jsonl; got a .xlsx file; leave"),
        writing(tmp_path / "a.xlsx", emoji.schema, {}, "utf-8-sig"),
    ):
        pass
    assert not list(tmp_path.iterdir())
