"""Is every kind of bad input refused in one sentence: what must hold, what came, what to do?"""

import gzip
import lzma
import sys

import pandas as pd
import pyarrow as pa
import pytest

from naeum.data import read
from naeum.errors import InputError

GOOD = "text,label\n" + "".join(f"좋은 말 {at},{at % 2}\n" for at in range(20))

BAD = {
    "missing": (
        lambda p: p / "nothere.csv",
        {},
        r"data must be a file that is there; there is no .*nothere.csv; check",
    ),
    "misspelt": (lambda p: p / "godo.csv", {}, r"there is no .*godo.csv; did you mean .*good.csv\?"),
    "folder": (
        lambda p: p,
        {},
        r"a folder must hold images .*; .* has \d+ other files and no image; pass its tables, as in",
    ),
    "column": (
        lambda p: p / "good.csv",
        {"target": "lable"},
        "the target column must be .*got 'lable'; did you mean 'label'?",
    ),
    "text": (
        lambda p: p / "good.csv",
        {"text": "zzz"},
        "the text column must be one of .*got 'zzz'; name one of these",
    ),
    "option": (lambda p: p / "good.csv", {"taget": "label"}, "got 'taget'; did you mean 'target'?"),
    "same": (lambda p: p / "good.csv", {"text": "label", "target": "label"}, "text and target must be two columns"),
    "weights": (
        lambda p: p / "good.csv",
        {"weight": "text", "text": "text"},
        "weights must be numbers of 0 or more; column 'text'.*row 1 ",
    ),
    "times": (
        lambda p: p / "good.csv",
        {"time": "text", "text": "text"},
        "every row must have a time.*column 'text' .* in row 1",
    ),
    "output": (lambda p: p / "good.csv", {"output": "lable"}, "the output must be one of label, .*; got 'lable'; name"),
    "columns": (lambda p: p / "good.csv", {"columns": "age"}, "the input column must be one of .*; got 'age'; "),
    "numbers with words": (
        "text,price\n" + "".join(f"좋은 말 {at},{at}.5\n" for at in range(30)) + "나쁜 말,about 5\n",
        {"target": "price", "output": "number"},
        "the target must hold plain numbers, .* column 'price' of .* has 'about 5' and 0 more that are none; mend them",
    ),
    "two units": (
        "id,weight,label\n" + "".join(f"{at},{at} {'kg' if at % 3 else 'lb'},{at % 2}\n" for at in range(60)),
        {},
        "numbers of a column must have one unit; column 'weight' of .* has '0 lb' and '1 kg'; write them in one unit",
    ),
    "labels that are no lists": (
        "text,topics\n" + "".join(f"말 {at},\"['a', 'b']\"\n" for at in range(20)) + "말,\"['a', \"\n",
        {"target": "topics", "output": "labels"},
        r"labels must be a list or words .* column 'topics' of .* has \"\['a', \" in row 21; write",
    ),
    "one number": (
        "text,price\n" + "".join(f"좋은 말 {at},5\n" for at in range(30)),
        {"target": "price", "output": "number"},
        "the target must hold two different numbers or more; column 'price' of .* has 5.0 in 30 rows; name another",
    ),
    "positive": (lambda p: p / "good.csv", {"positive": "2"}, "the positive class must be one of 0, 1; got '2'"),
    "encoding": (lambda p: p / "good.csv", {"encoding": "utf-9"}, "encoding must be one that Python knows.*'utf-9'"),
    "empty": ("", {}, "a data file must hold rows; .*bad.csv is empty; check the path"),
    "header only": ("text,label\n", {}, "bad.csv has a header and nothing below it; add rows"),
    "one class": (
        "text,label\n" + "하나 둘,1\n셋 넷,1\n" * 3,
        {},
        "two classes or more; column 'label' .*only '1' in 6 rows",
    ),
    "no label": (
        "text,label\n" + "하나 둘,\n" * 3,
        {},
        "some rows must have a target; column 'label' .* empty in all 3",
    ),
    "texts as target": (
        "text,label\n" + "".join(f"말 {at},word{at}\n" for at in range(100)),
        {},
        "classes that repeat; column 'label' of .* has 100 distinct values in 100 rows",
    ),
    "id as text": (
        "text,no,label\n" + "".join(f"말 하나,a-{at},{at % 2}\n" for at in range(100)),
        {"text": "no"},
        r"the text column must hold text; 'no' in .* holds an id in each row \(such as 'a-0'\); name another",
    ),
    "no text": (
        "no,label\n" + "".join(f"{at},{at % 2}\n" for at in range(100)),
        {},
        "one column must hold something to learn from; the columns left in .* are no, which name the row, never",
    ),
    "no target": (
        "a,b\n" + "".join(f"말 {at} 하나,글 {at} 둘\n" for at in range(100)),
        {},
        "one column must be the target; none of a, b in .* name it with --target COLUMN",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_refused_in_one_sentence(tmp_path, case):
    source, options, message = BAD[case]
    (tmp_path / "good.csv").write_text(GOOD, encoding="utf-8")
    path = source(tmp_path) if callable(source) else tmp_path / "bad.csv"
    if not callable(source):
        path.write_text(source, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read(path, **options)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "name, content, message",
    [
        (
            "a.csv.gz",
            gzip.compress(b"text,label\n" + b"a b,1\nc d,0\n" * 5000)[:-20],
            "gzip file must unpack to its end",
        ),
        ("a.csv.xz", lzma.compress(b"text,label\n" + b"a b,1\nc d,0\n" * 5000)[:-20], "xz file must unpack to its end"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(1, 32)) * 30, "a data file must be text .* holds other bytes"),
        (
            "a.zip",
            b"PK\x03\x04" + b"\x00" * 60,
            r"a zip archive must open; .*a.zip is damaged or cut off; copy or download it again",
        ),
        ("a.parquet", b"PAR1" + b"\x00" * 60, "a Parquet file must be whole; .*a.parquet is damaged"),
        ("a.arrow", b"ARROW1\x00\x00" + b"\x00" * 60, "an Arrow file must be whole; .*a.arrow is damaged"),
        (
            "a.json",
            b'{"data": {\n"a": 1}}',
            "a JSON file must be a list of objects, one for each row; .* starts with '{'",
        ),
        ("a.json", b'{"data": [{"text": "a", "label": 1}]}', "a JSON file must be a list of objects, one for each row"),
        ("a.xlsx", b"PK\x03\x04xl/" + b"\x00" * 60, "must be whole; .*a.xlsx is damaged"),
        (
            "a.csv",
            b"text,label\n" + b"a,b,c\nd\n" * 50,
            "one column must hold something to learn from beside the target; .* has only column0",
        ),
        ("a.json", b"[1, 2, 3]", "a JSON file must be a list of objects, .* lists a int"),
        (
            "a.json",
            b'[{"text": "a", "label": 1}, {"text": ',
            "must be one complete list of objects; .*a.json breaks off",
        ),
    ],
)
def test_damaged_and_other_files_are_refused(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        read(tmp_path / name)


def test_things_that_are_no_data_are_refused():
    with pytest.raises(InputError, match=r"data must be a path, a DataFrame, .* got int; turn it into one of these"):
        read(5)
    with pytest.raises(InputError, match="data must hold rows; the data has none"):
        read(pa.table({"text": pa.array([], pa.string())}))


def test_columns_of_one_name_are_refused():
    with pytest.raises(InputError, match="columns must have different names; got 'label' 2 times; rename or drop one"):
        read(pd.DataFrame([["a b", 0, 1], ["c d", 1, 2]], columns=["text", "label", "label"]))
    with pytest.raises(InputError, match="columns must have different names; got 'a' 2 times"):
        read(pa.table([["x y"], ["1"]], names=["a", "a"]))


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text(GOOD)

    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sys.modules["naeum.data.sniff"], "compression_of", denied)
    with pytest.raises(
        InputError, match=r"a data file must be readable; .*a.csv may not be read by this user; change its"
    ):
        read(tmp_path / "a.csv")
