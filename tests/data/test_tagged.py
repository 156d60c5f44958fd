"""Do files of tagged words become sentences, whatever they look like, and are bad ones refused where they are bad?"""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from naeum.data.read import in_words, read, read_table
from naeum.data.sniff import sniff
from naeum.data.tagged import form_of
from naeum.errors import InputError

TWEETS = "@paulwalk\tO\nEmpire\tB-place\nState\tI-place\n\t\n#tag\tO\n#\tO\n\n서울\tB-place\n에서\tO\n \t \n"
SENTENCES = [["@paulwalk", "Empire", "State"], ["#tag", "#"], ["서울", "에서"]]
ANSWERS = [["O", "B-place", "I-place"], ["O", "O"], ["B-place", "O"]]


def write(folder: Path, text: str, name: str = "train.conll") -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return path


def found(path: Path, **options) -> tuple[list, list, str]:
    table, broken, dialect = read_table(path, options)
    assert not broken
    tags = table["tags"].to_pylist() if "tags" in table.column_names else []
    return table["words"].to_pylist(), tags, in_words(dialect)


@pytest.mark.parametrize("name", ["a.conll", "a.bio", "a.txt", "a.tsv", "a.txt.gz", "a.annotated", "a"])
def test_tabs_and_blank_lines_of_any_white_space(tmp_path: Path, name: str) -> None:
    words, tags, said = found(write(tmp_path, TWEETS, name))
    assert (words, tags) == (SENTENCES, ANSWERS)
    assert said == ("conll, gzip" if name.endswith(".gz") else "conll")


def test_columns_by_blanks_documents_and_comments(tmp_path: Path) -> None:
    first = "-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n"
    text = first + "-DOCSTART- -X- -X- O\n# id 5 x\nBlack NNP B-NP B-PER\r\n"
    words, tags, _ = found(write(tmp_path, text))
    assert (words, tags) == ([["EU", "rejects"], ["Black"]], [["B-ORG", "O"], ["B-PER"]])


def test_characters_with_blanks_among_them(tmp_path: Path) -> None:
    text = "## klue-00\t서울 가\n서\tB-LC\n울\tI-LC\n \tO\n가\tO\n\n"
    words, tags, _ = found(write(tmp_path, text, "klue.tsv"))
    assert (words, tags) == ([["서", "울", " ", "가"]], [["B-LC", "I-LC", "O", "O"]])


@pytest.mark.parametrize(
    ("written", "expected", "note"),
    [
        ("I-x I-x O I-y B-y", "B-x I-x O B-y B-y", "tags in IOB1 were turned into BIO"),
        ("B-x E-x S-x O S-y", "B-x I-x B-x O B-y", "tags in IOBES were turned into BIO"),
        ("B-x L-x U-x I-x L-x", "B-x I-x B-x B-x I-x",
         "tags in IOBES were turned into BIO; 1 tag I- that followed no B- of its kind was turned into B-"),
        ("B-x O I-x I-y B-y", "B-x O B-x B-y B-y", "2 tags I- without B- were turned into B-"),
        ("PER_B PER_I - LOC_B O", "B-PER I-PER O B-LOC O", "tags such as x_B were turned into B-x"),
        ("B I O B B", "B-entity I-entity O B-entity B-entity", "tags without a kind got the kind entity"),
    ],
)  # fmt: skip
def test_other_schemes_become_bio_and_it_is_said(tmp_path: Path, written: str, expected: str, note: str) -> None:
    lines = "".join(f"말{at}\t{tag}\n" for at, tag in enumerate(written.split()))
    _, tags, said = found(write(tmp_path, lines))
    assert tags == [expected.split()]
    assert said == f"conll; {note}"


def test_tags_without_marks_stay(tmp_path: Path) -> None:
    words, tags, said = found(write(tmp_path, "나는 NP\n간다 VV\n\n# SYM\n"))
    assert (words, tags, said) == ([["나는", "간다"]], [["NP", "VV"]], "conll")


def test_words_without_tags_are_sentences_too(tmp_path: Path) -> None:
    path = write(tmp_path, "나는\n간다\n\n그래\n")
    assert sniff(path).format == "delimited"  # one column may be texts


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("가\tO\n나\n다\tB-x\n", r"must have 2 columns, the tag last; line 2 of .*a.conll has 1: '나'; mend or"),
        ("가\tO\n나\tB-x\tB-x\n다\tB-x\n", r"must have 2 columns, the tag last; line 2 of .* has 3"),
        ("가\tO\n나\tB-x\n\n다\tO\n라\tQ-x\n", r"a tag must be O or begin with B-, .*; line 5 of .* has 'Q-x';"),
        ("가\tO\n나\tB-x\n다\t \n", r"must have 2 columns, the tag last; line 3 of .* has 1"),
    ],
)  # fmt: skip
def test_bad_lines_are_named(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        found(write(tmp_path, text, "a.conll"))


def jsonl(*objects) -> str:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in objects) + "\n"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.jsonl.gz"])
@pytest.mark.parametrize(("words", "tags"), [("tokens", "ner_tags"), ("words", "tags"), ("tokens", "labels")])
def test_json_with_words_and_tags(tmp_path: Path, name: str, words: str, tags: str) -> None:
    text = jsonl({words: ["서울", "에서"], tags: ["B-곳", "O"]}, {words: ["봐"], tags: None})
    given = found(write(tmp_path, text, name))
    assert given[:2] == ([["서울", "에서"], ["봐"]], [["B-곳", "O"], None])


def test_a_json_list_is_read_too(tmp_path: Path) -> None:
    text = json.dumps([{"tokens": ["가"], "tags": ["I-x"]}, {"tokens": [], "tags": []}])
    words, tags, said = found(write(tmp_path, text, "a.json"))
    assert (words, tags) == ([["가"], []], [["B-x"], []])
    assert said == "tokens; tags in IOB1 were turned into BIO"


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"tokens": ["가", "나"], "tags": ["O"]}, r"line 2 of .*a.jsonl has 2 words and 1 tags; mend or remove it"),
        ({"tags": ["O"]}, r"must have its words as a list; line 2 of .* has none; name them tokens"),
        ({"tokens": ["가"], "tags": [3]}, r"tags must be names, .*; line 2 of .* has \[3\]"),
        ({"tokens": ["가"], "tags": ["X-x"]}, r"a tag must be O or begin with .*; line 2 of .* has 'X-x'"),
        (["가"], r"must be a JSON object; line 2 of .* is a list"),
    ],
)
def test_bad_objects_are_named(tmp_path: Path, bad, message: str) -> None:
    text = jsonl({"tokens": ["가"], "tags": ["B-x"]}, bad)
    with pytest.raises(InputError, match=message):
        found(write(tmp_path, text, "a.jsonl"))


def test_broken_json_is_named(tmp_path: Path) -> None:
    text = jsonl({"tokens": ["가"], "tags": ["B-x"]})
    with pytest.raises(InputError, match=r"line 2 of .* is not \(.*\); mend or remove it"):
        found(write(tmp_path, text + "{oops\n", "a.jsonl"))
    with pytest.raises(InputError, match="a JSON file must be whole"):
        found(write(tmp_path, "[" + text, "a.json"))


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("text,label\nfine,B\n", ".csv"),
        ("text\tlabel\ngood film\t1\n", ".tsv"),
        ("first line\nsecond line\n", ".txt"),
        ('{"text": "a", "label": "O"}\n', ".jsonl"),
        ('{"words": "a b", "tags": "c"}\n', ".jsonl"),
        ('[{"text": "a", "labels": ["x", "y"]}]', ".json"),
        ("text\tlabel\nfine\tO\nbad\tA\n", ".tsv"),
        ("", ".conll"),
    ],
)
def test_other_files_are_no_tagged_words(text: str, suffix: str) -> None:
    assert form_of(text, [suffix]) is None


def test_tagged_words_need_no_options(tmp_path: Path) -> None:
    """A file becomes a data set of tags without a word from the user."""
    data = read(write(tmp_path, TWEETS + "none\tO\n\n"))
    task = data.dataset.task
    assert (task.inputs, task.kinds, task.output, task.metric) == (("words",), ("words",), "tags", "entity_f1")
    assert task.classes == ("B-place", "I-place", "O") and len(data.dataset) == 4
    assert [task.classes[code] for code in data.dataset.truth[0].as_py()] == ANSWERS[0]
