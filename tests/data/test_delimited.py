"""Do the fast and the patient reader agree, and is a broken file refused at the right point?"""

import pytest

from naeum.data.delimited import _read_fast, _read_patiently, allowed, column_names, read_delimited, refuse_broken
from naeum.data.sniff import Dialect
from naeum.errors import InputError

CSV = Dialect("delimited")


def test_names_are_made_whole_and_unique(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(" text ,,text,label\na,b,c,d\n")
    assert column_names(path, CSV) == ["text", "column1", "text_2", "label"]
    assert column_names(path, Dialect("delimited", header=False)) == ["column0", "column1", "column2", "column3"]


@pytest.mark.parametrize("name", ["a.csv", "odd [1] *.csv", "따옴표'.csv"])
def test_both_readers_give_the_same_table(tmp_path, name):
    path = tmp_path / name
    path.write_text('text,label\n"가, ""나""\n다",1\n,0\n"",x\n' * 1, "utf-8")
    fast = _read_fast(path, CSV, ["text", "label"])
    patient, broken = _read_patiently(path, CSV, ["text", "label"])
    assert fast is not None and fast.equals(patient) and broken == []
    assert patient.to_pydict() == {"text": ['가, "나"\n다', "", ""], "label": ["1", "0", "x"]}


def test_mixed_newlines_do_not_matter(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"text,label\r\na,1\nb,0\rc,1\r\n")
    assert read_delimited(path, CSV)[0].to_pydict() == {"text": ["a", "b", "c"], "label": ["1", "0", "1"]}


def test_a_wrong_guess_about_quotes_is_mended(tmp_path):
    path = tmp_path / "a.tsv"
    path.write_text("text\tlabel\n" + "".join(f'"열린 {at}\t{at % 2}\n' for at in range(40)), "utf-8")
    table, broken = read_delimited(path, Dialect("delimited", delimiter="\t", quoting=True))
    assert table.num_rows == 40 and broken == [] and table["text"][0].as_py() == '"열린 0'


@pytest.mark.parametrize("rows, most", [(5, 1), (50, 10), (1_000, 10), (2_000, 20)])
def test_how_much_may_be_broken(tmp_path, rows, most):
    assert allowed(rows) == most
    refuse_broken(tmp_path, rows - most, [(1, "x")] * most)
    with pytest.raises(
        InputError, match=r"at most 1% of the rows may be broken; .* at line 1 \(x\).*; mend these lines"
    ):
        refuse_broken(tmp_path, rows - most - 1, [(1, "x")] * (most + 1))
