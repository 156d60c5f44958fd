"""Is the line of a row found?"""

from __future__ import annotations

from pathlib import Path

from naeum.data.lines import place


def test_a_row_of_a_delimited_file_is_found_over_line_breaks_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "가.csv"
    path.write_text('text,label\n"a\nb",1\n\nc,2\n', encoding="utf-8")
    assert place(str(path), 0) == f"line 2 of {path}"
    assert place(str(path), 1) == f"line 5 of {path}"


def test_a_row_of_json_lines_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n\n{"a": 2}\n')
    assert place(str(path), 1) == f"line 3 of {path}"


def test_elsewhere_rows_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": 1},\n {"a": 2}]')
    assert place(str(path), 1) == f"row 2 of {path}"
    assert place("2 files", 0) == "row 1 of 2 files"
