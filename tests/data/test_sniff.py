"""Is it noticed how a file is written?"""

import gzip
import os
from pathlib import Path

import pytest

from naeum.data.sniff import agreement, delimited, encoding_of, has_header, sniff
from naeum.errors import InputError

SHARED = Path(os.environ.get("NAEUM_DATA", Path(__file__).parents[3] / "shared" / "data"))


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiter_and_newline(tmp_path, delimiter, newline):
    path = tmp_path / "a.txt"
    lines = [f"text{delimiter}label", *(f"말 {at}{delimiter}{at % 2}" for at in range(9))]
    path.write_bytes(newline.join(lines).encode())
    dialect = sniff(path)
    assert (dialect.delimiter, dialect.header, dialect.newline) == (delimiter, True, "\r" if newline == "\r" else "\n")


def test_commas_of_prose_are_no_delimiter():
    text = "".join(f"well , this is{', so' * (at % 4)} fine\t{at % 2}\n" for at in range(50))
    dialect = delimited(text, [".csv"])
    assert (dialect.delimiter, dialect.header) == ("\t", False)
    assert agreement(text, ",", True) < agreement(text, "\t", True) == 1


def test_one_column_of_sentences_is_one_column():
    text = "text\n" + "".join(f"this{', that' * (at % 3)} and more\n" for at in range(50))
    assert delimited(text, [".csv"]).delimiter == "\x1f"


@pytest.mark.parametrize(
    "first, rest, expected",
    [
        (["text", "intent"], ["turn it on", "on"], True),
        (["본문", "분류"], ["불을 켜 줘", "켜기"], True),
        (["question", "x1"], ["why", "3"], True),
        (["a fine , quiet film", "1"], ["bad", "0"], False),
        (["who wrote it", "question"], ["how come", "question"], False),
        (["lovely", "pos"], ["awful", "pos"], False),
        (["good film", ""], ["bad", "x"], False),
        (["same", "same"], ["a", "b"], False),
        (["this one goes to eleven", "loud"], ["quiet", "soft"], False),
    ],
)
def test_header(first, rest, expected):
    assert has_header([first, rest, rest]) is expected


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"])
def test_encoding_of_hangul(codec):
    text = "text,label\n" + "정말 재미있는 영화, 또 보고 싶다 good\n" * 20
    assert text.encode(codec).decode(encoding_of(text.encode(codec), Path("a"))) == text


def test_western_bytes_are_not_korean():
    text = "Größe, café, naïve, “quoted” – déjà vu\n" * 5
    assert encoding_of(text.encode("cp1252"), Path("a")) == "cp1252"
    assert encoding_of(b"caf\xe9 \x81\x8d na\xefve text, " * 5, Path("a")) == "latin-1"
    assert encoding_of(("가" * 100).encode() + b"\xff" + b"abc" * 100, Path("a")) == "utf-8"


@pytest.mark.parametrize(
    "name, text, expected",
    [
        ("a.jsonl", '{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        ("a.json", '{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        ("a.json", '[{"text": "a"}]', "json"),
        ("a.txt", '[\n {"text": "a"}]', "json"),
        ("a.csv", "[a],b\n[c],d\n", "delimited"),
    ],
)
def test_json_is_told_from_lines_of_it(tmp_path, name, text, expected):
    (tmp_path / name).write_text(text)
    assert sniff(tmp_path / name).format == expected


def test_a_packed_file_is_known_by_its_bytes(tmp_path):
    path = tmp_path / "a.csv"  # the name says nothing of gzip
    path.write_bytes(gzip.compress(b"text,label\na b,1\nc d,0\n"))
    assert sniff(path).compression == "gzip"


def test_zip_archives_and_binary_files_are_refused(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    with pytest.raises(InputError, match=r"a data file must be a table; .* is a zip archive; unzip it"):
        sniff(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_bytes(bytes([1, 2, 3, 200, 255]) * 100)
    with pytest.raises(
        InputError, match=r"a data file must be text .*b.csv holds other bytes; save it as CSV in UTF-8"
    ):
        sniff(tmp_path / "b.csv")


@pytest.mark.slow
@pytest.mark.parametrize(
    "name, expected",
    [
        ("nsmc/train.tsv.gz", ("\t", False, True)),
        ("clinc150/full_train.csv", (",", True, True)),
        ("sst2/train.tsv", ("\t", True, False)),
        ("korsts/sts-train.tsv", ("\t", False, True)),
    ],
)
def test_real_files(name, expected):
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not there; set NAEUM_DATA")
    dialect = sniff(SHARED / name)
    assert (dialect.delimiter, dialect.quoting, dialect.header) == expected
