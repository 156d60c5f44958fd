"""Does report write the file and say where it is?"""

import json


def test_the_path_is_all_that_is_said(shell, korean):
    done = shell("report", "RUN")
    assert (done.code, done.out.strip(), done.err) == (0, str(korean.folder / "report.html"), "")


def test_another_place_and_json(shell, tmp_path):
    done = shell("report", "RUN", "--out", tmp_path / "a.html", "--json")
    assert json.loads(done.out) == {"report": str(tmp_path / "a.html"), "champion": 11}
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_no_rows(shell, korean):
    shell("report", "RUN", "--no-rows")
    assert "영화" not in (korean.folder / "report.html").read_text(encoding="utf-8")


def test_no_run(shell):
    done = shell("report", "elsewhere")
    assert done.code == 2
    assert done.err == "naeum: a run folder must hold ledger.jsonl; elsewhere does not; make a run\n"
