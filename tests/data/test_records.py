"""Does a broken line cost itself only?"""

import csv
import io

import pytest

from naeum.data import records as module
from naeum.data.records import records


def read(text: str, quoting: bool = True, delimiter: str = ","):
    return list(records(io.StringIO(text, newline=""), delimiter, quoting))


def test_well_formed_records_are_those_of_python():
    text = 'a,b\r\n"x\r\ny, z","say ""hi"""\r\n\r\n,\n'
    assert [row for _, row in read(text)] == [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def test_lines_are_numbered_as_an_editor_does():
    assert read('a,b\n"1\n2\n3",c\n\nd,e\n') == [(1, ["a", "b"]), (2, ["1\n2\n3", "c"]), (6, ["d", "e"])]


@pytest.mark.parametrize(
    "bad, reason",
    [('"open,1\n', "a quote is opened and never closed"), ('"shut"er,1\n', "text after a closing quote")],
)
def test_a_broken_line_is_named_and_reading_goes_on(bad, reason):
    good = "하나,1\n둘,2\n"
    found = read(good + bad + good)
    assert found == [(1, ["하나", "1"]), (2, ["둘", "2"]), (3, reason), (4, ["하나", "1"]), (5, ["둘", "2"])]


def test_an_open_quote_does_not_hold_the_whole_file(monkeypatch):
    monkeypatch.setattr(module, "RECORD_LINES", 10)
    found = read('"open,1\n' + "x,y\n" * 50)
    assert found[0] == (1, "a quote is opened and never closed") and len(found) == 51


def test_literal_quotes_are_characters():
    assert read('"a\t"b" c\n\nd\te\r\n', quoting=False, delimiter="\t") == [(1, ['"a', '"b" c']), (3, ["d", "e"])]


def test_the_field_limit_of_python_is_left_as_it_was():
    before = csv.field_size_limit()
    assert len(read("가" * 200_000 + ",1\n")[0][1][0]) == 200_000
    assert csv.field_size_limit() == before
