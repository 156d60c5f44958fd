"""Does reading give exactly what stands in the file, whatever the format, and refuse the rest in one sentence?"""

import csv
import gzip
import json
import lzma
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naeum.data import delimited, read
from naeum.data.sniff import sniff
from naeum.errors import InputError

ROWS = [
    ("왜 이렇게 느려요, 정말?", "1", 0.5),
    ('he said "no", twice', "0", 1.0),
    ("줄이\n바뀐다", "1", 2.0),
    ("plain", "0", 1.0),
    ("", "1", 1.5),
    ("café; tab|bar", "0", 1.0),
]


def table() -> pa.Table:
    texts, labels, weights = zip(*ROWS, strict=True)
    return pa.table({"text": texts, "label": [int(label) for label in labels], "w": weights})


def write_csv(path: Path, rows=ROWS, header=("text", "label", "w"), encoding="utf-8", **options) -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, **options)
        writer.writerow(header)
        writer.writerows(rows)
    return path


def texts(data) -> list[str]:
    return data.dataset.rows.column(0).to_pylist()


def every_format(folder: Path):
    plain = write_csv(folder / "a.csv").read_bytes()
    (folder / "b.csv.gz").write_bytes(gzip.compress(plain))
    (folder / "c.csv.xz").write_bytes(lzma.compress(plain))
    with pa.CompressedOutputStream(str(folder / "d.csv.zst"), "zstd") as stream:
        stream.write(plain)
    write_csv(folder / "e.tsv", delimiter="\t", lineterminator="\n")
    write_csv(folder / "f.csv", delimiter=";", encoding="utf-8-sig")
    write_csv(folder / "g.csv", encoding="utf-16")
    records = table().to_pylist()
    (folder / "h.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in records), "utf-8")
    (folder / "i.json").write_text(json.dumps(records, indent=1), "utf-8")
    pq.write_table(table(), folder / "j.parquet")
    feather.write_feather(table(), folder / "k.feather")
    with pa.OSFile(str(folder / "l.arrows"), "wb") as sink, pa.ipc.new_stream(sink, table().schema) as writer:
        writer.write_table(table())
    table().to_pandas().to_excel(folder / "m.xlsx", index=False)
    return sorted(folder.iterdir())


def test_every_format_gives_the_same_rows_and_the_same_key(tmp_path):
    expected = read(table(), target="label", text="text", weight="w")
    assert texts(expected) == [row[0] for row in ROWS]
    for path in every_format(tmp_path):
        data = read(path, target="label", text="text", weight="w")
        assert texts(data) == texts(expected), path.name
        assert data.key == expected.key, path.name


def test_data_in_memory_is_read_like_a_file(tmp_path):
    datasets = pytest.importorskip("datasets")
    expected = read(table(), target="label", text="text", weight="w").key
    frame = table().to_pandas()
    for source in (frame, table().to_pylist(), datasets.Dataset.from_pandas(frame), table().to_batches()[0]):
        assert read(source, target="label", text="text", weight="w").key == expected


def test_class_names_of_a_hugging_face_data_set_are_used():
    datasets = pytest.importorskip("datasets")
    features = datasets.Features(
        {"text": datasets.Value("string"), "label": datasets.ClassLabel(names=["싫다", "좋다"])}
    )
    source = datasets.Dataset.from_dict({"text": ["가", "나", "다"], "label": [1, 0, 1]}, features=features)
    assert read(source).dataset.task.classes == ("싫다", "좋다")
    with pytest.raises(InputError, match="one data set must be given; got a DatasetDict of train; pass one"):
        read(datasets.DatasetDict({"train": source}))


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12) | st.lists(
    st.sampled_from(["가나", '"', ",", "\n", "\r\n", "\r", "\t", ";", "|", " ", "\\", "'"]), max_size=6
).map("".join)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(CELLS, st.sampled_from(["좋다", "싫다"])), min_size=2, max_size=8),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    newline=st.sampled_from(["\n", "\r\n"]),
)
def test_what_python_writes_as_csv_comes_back(tmp_path, rows, delimiter, newline):
    rows = [*rows, ("first class", "좋다"), ("other class", "싫다")]
    path = tmp_path / "a.csv"
    write_csv(path, rows, ("text", "label"), delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL)
    data = read(path, target="label", text="text", delimiter=delimiter, quoting=True)
    assert texts(data) == [text for text, _ in rows]
    assert [data.dataset.task.classes[code] for code in data.dataset.target] == [label for _, label in rows]
    dialect = sniff(path)
    assert (dialect.delimiter, dialect.quoting, dialect.header) == (delimiter, True, True)
    fast = delimited._read_fast(path, dialect, ["text", "label"])
    patient, broken = delimited._read_patiently(path, dialect, ["text", "label"])
    assert broken == []
    assert fast is None or fast.equals(patient)


def test_several_files_and_patterns_are_one_table(tmp_path):
    write_csv(tmp_path / "a1.csv", ROWS[:3])
    write_csv(tmp_path / "a2.csv", ROWS[3:])
    whole = read(table(), target="label", text="text", weight="w").key
    options = {"target": "label", "text": "text", "weight": "w"}
    assert read(str(tmp_path / "a*.csv"), **options).key == whole
    assert read([tmp_path / "a1.csv", tmp_path / "a2.csv"], **options).key == whole
    write_csv(tmp_path / "a3.csv", ROWS, ("text", "label", "weight"))
    with pytest.raises(InputError, match=r"must have the same columns; .*a3.csv and .*a1.csv differ in w, weight"):
        read(str(tmp_path / "a*.csv"), **options)


def test_quotes_are_literal_where_they_do_not_match(tmp_path):
    lines = [f'{at}\t"{at}번째 영화" 최고\t{at % 2}' for at in range(50)] + ['50\t"열린 따옴표\t1']
    path = tmp_path / "a.tsv"
    path.write_text("id\tdocument\tlabel\n" + "\n".join(lines) + "\n", encoding="utf-8")
    data = read(path)
    assert texts(data)[0] == '"0번째 영화" 최고'
    assert texts(data)[50] == '"열린 따옴표'


def test_a_file_without_header_gets_numbered_columns_and_a_note(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("".join(f"a quiet , moving film number {at}\t{at % 2}\n" for at in range(40)), encoding="utf-8")
    data = read(path)
    assert data.columns == {"column0": "text", "column1": "target"}
    assert len(data) == 40
    assert any("no header (columns are column0, column1, …)" in note for note in data.notes)
    assert read(path, target="column1").key == data.key


@pytest.mark.parametrize("encoding", ["cp949", "latin-1", "utf-16", "utf-8-sig", "utf-8"])
def test_encodings_are_recognised(tmp_path, encoding):
    words = ["Größe", "café", "naïve"] if encoding == "latin-1" else ["정말 좋아요", "별로였다", "커피"]
    rows = [(f"{words[at % 3]} {at}", at % 2) for at in range(30)]
    data = read(write_csv(tmp_path / "a.csv", rows, ("text", "label"), encoding=encoding))
    assert texts(data) == [text for text, _ in rows]


def test_labels_have_one_spelling():
    source = {"text": [f"t{at} word" for at in range(4)], "label": [1.0, 0.0, None, 1.0]}
    data = read(pa.table(source))
    assert data.dataset.task.classes == ("0", "1")
    assert data.dataset.target.tolist() == [1, 0, -1, 1]
    assert "rows without a target, used as unlabelled: 1" in data.notes
    assert read(pd.DataFrame({"text": ["a b", "c d"], "label": [True, False]})).dataset.task.classes == (
        "false",
        "true",
    )


def test_ids_do_not_depend_on_the_order_of_rows():
    rows = [{"text": text, "label": label} for text in ("가", "나", "가") for label in ("x", "y")]
    forwards, backwards = read(rows).dataset, read(rows[::-1]).dataset
    assert len(set(forwards.ids.tolist())) == len(rows)

    def pairs(data):
        return sorted(zip(data.ids.tolist(), data.rows["text"].to_pylist(), data.target.tolist(), strict=True))

    assert pairs(forwards) == pairs(backwards)


def test_given_ids_name_the_rows_and_must_differ():
    rows = [{"text": "같은 말", "label": at % 2, "id": f"r{at}"} for at in range(4)]
    data = read(rows, id="id")
    changed = read([{**row, "text": "다른 말"} for row in rows], id="id")
    assert (data.dataset.ids == changed.dataset.ids).all()
    assert data.key != changed.key
    with pytest.raises(
        InputError, match="ids must be there and differ from row to row; column 'id' of the data repeats"
    ):
        read([{**row, "id": "r"} for row in rows], id="id")


def test_time_group_folds_and_weight_are_read():
    rows = [
        {
            "text": f"말 {at}",
            "label": at % 2,
            "day": f"2015-03-{at + 1:02d}",
            "who": "ab"[at % 2],
            "fold": at % 3,
            "w": at,
        }
        for at in range(6)
    ]
    data = read(rows, text="text", target="label", time="day", group="who", folds="fold", weight="w")
    assert np.diff(data.time).tolist() == [86400.0] * 5
    assert data.dataset.group.tolist() == [0, 1, 0, 1, 0, 1]
    assert data.folds.tolist() == [0, 1, 2, 0, 1, 2]
    assert data.dataset.weight.tolist() == [0, 1, 2, 3, 4, 5]
    assert data.columns["day"] == "time" and data.columns["who"] == "group"


def test_a_broken_row_costs_that_row_only_and_is_listed_with_its_line(tmp_path):
    path = tmp_path / "a.csv"
    good = [f'"text, {at}, {at}\nsecond line",{at % 2}\n' for at in range(100)]
    path.write_text(
        "text,label\n" + "".join(good[:50]) + '"never closed,1\nx,y,z\nonly\n' + "".join(good[50:]), "utf-8"
    )
    data = read(path)
    assert len(data) == 100
    assert [line for line, _ in data.broken] == [102, 103, 104]
    assert [reason for _, reason in data.broken[1:]] == ["3 fields instead of 2", "1 fields instead of 2"]
    assert any(note.startswith("warning: broken rows that were skipped: 3: line 102 (") for note in data.notes)


def test_too_many_broken_rows_are_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,label\n" + "fine,1\nalso,0\n" * 100 + "x,y,z\n" * 11, "utf-8")
    with pytest.raises(
        InputError, match=r"at most 1% .* has 11 of 211, at line 202 \(3 fields instead of 2\).*mend these"
    ):
        read(path)


def test_broken_lines_of_jsonl_are_listed(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [json.dumps({"text": f"말 {at}", "label": at % 2}) for at in range(30)]
    path.write_text("\n".join([*lines[:10], "{broken", "[1]", *lines[10:]]), "utf-8")
    data = read(path)
    assert len(data) == 30 and data.broken == ((11, "not JSON"), (12, "not a JSON object"))


def test_a_cell_of_a_million_characters_is_read(tmp_path):
    long = "가" * 1_000_000
    data = read(write_csv(tmp_path / "a.csv", [(long, "0"), ("나", "1")] * 2, ("text", "label")))
    assert texts(data)[0] == long and data.broken == ()


def test_nul_bytes_are_taken_out_and_said(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("text,label\n가\x00나,1\nb,0\n".encode() * 1 + "다,1\nd,0\n".encode() * 10)
    data = read(path)
    assert texts(data)[0] == "가나"
    assert "texts that held NUL bytes, which were taken out: 1" in data.notes


def test_a_slip_of_the_encoding_is_replaced_and_more_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    good = "".join(f"맛있는 집 {at},{at % 2}\n" for at in range(300)).encode()
    path.write_bytes(b"text,label\n" + good + b"bad \xff\xfe byte,1\n")
    data = read(path, encoding="utf-8")
    assert texts(data)[-1] == "bad \ufffd\ufffd byte"
    assert any(
        note.startswith("warning: texts with bytes that could not be decoded, replaced by \ufffd: 1")
        for note in data.notes
    )
    path.write_bytes(b"text,label\n" + good + b"bad \xff byte,1\n" * 30)
    with pytest.raises(
        InputError, match=r"written in one encoding; 30 of 330 texts .* save it as UTF-8 or name its encoding"
    ):
        read(path, encoding="utf-8")


def test_a_large_table_is_mapped_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr("naeum.data.spool.spool.__defaults__", (1 << 16,))
    rows = [(f"문장 {at} 입니다 그리고 조금 더", at % 2) for at in range(20_000)]
    before = pa.total_allocated_bytes()
    data = read(write_csv(tmp_path / "a.csv", rows, ("text", "label")))
    assert pa.total_allocated_bytes() - before < data.dataset.rows.nbytes / 4
    assert texts(data)[-1] == rows[-1][0]


def test_a_column_that_gives_the_target_away_is_kept_out_and_said():
    rows = [{"document": f"영화 {at} 후기입니다", "label": at % 2, "rating": 9 if at % 2 else 2} for at in range(100)]
    data = read(rows)
    assert data.dataset.rows.column_names == ["document"]
    assert data.others.column_names == ["rating"]
    assert "warning: rating gives the target away; it is kept out of the inputs" in data.notes
    assert data.columns["rating"] == "other"


def test_a_class_with_one_row_is_said():
    rows = [{"text": f"말 {at}", "label": "ab"[at % 2]} for at in range(20)] + [{"text": "홀로", "label": "c"}]
    assert any("cannot be both learned and tested: 1 (c)" in note for note in read(rows).notes)


def test_a_lopsided_target_is_judged_by_macro_f1():
    rows = [{"text": f"말 {at}", "label": "드묾" if at % 10 == 0 else "흔함"} for at in range(50)]
    assert read(rows).dataset.task.metric == "macro_f1"
    assert read(rows, metric="accuracy").dataset.task.metric == "accuracy"


def test_a_test_file_may_lack_the_target(tmp_path):
    path = write_csv(tmp_path / "t.csv", [("새 문장",), ("둘째 문장",)], ("text",))
    data = read(path, target="label", text="text", part="test")
    assert data.dataset.target.tolist() == [-1, -1]
    assert any("has no target column: its rows are rows to predict" in note for note in data.notes)
    with pytest.raises(InputError, match=r"the target column must be one of the columns of .*t.csv: text; got 'label'"):
        read(path, target="label", text="text", part="valid")
