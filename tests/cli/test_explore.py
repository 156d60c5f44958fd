"""Does naeum explore say the summary first, the findings after, write the page, and speak JSON?"""

import json

import pytest

from naeum import cli

ROWS = "나이,도시,alive,label\n" + "".join(
    f"{20 + n % 30},{'서울' if n % 3 else '부산'},{'yn'[n % 2]},{n % 2}\n" for n in range(120)
)


@pytest.fixture
def typed(monkeypatch, capsys, tmp_path):
    """Run `naeum explore …` in an empty folder with people.csv in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "people.csv").write_text(ROWS, encoding="utf-8")

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["naeum", "explore", *arguments])
        code = cli.main()
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def test_the_summary_the_findings_and_the_page(typed, tmp_path):
    code, out, _ = typed("people.csv", "--offline")
    lines = out.splitlines()
    assert code == 0 and lines[0] == "120 rows, 4 columns: 3 categories and 1 number."
    assert "!! D08 column gives the target away: One column alone tells the target label: alive" in out
    assert lines[-1].startswith("runs/people/explore.html") and (tmp_path / "runs/people/explore.html").exists()
    assert json.loads((tmp_path / "runs/people/explore.json").read_text(encoding="utf-8"))["rows"] == 120


def test_json_has_every_finding_with_its_rows(typed, tmp_path):
    code, out, _ = typed("people.csv", "--json", "--out", "page.html", "--no-rows", "--target", "label")
    told = json.loads(out)
    assert code == 0 and told["report"] == "page.html" and (tmp_path / "page.html").exists()
    found = {one["code"]: one for one in told["findings"]}
    assert set(found["D08"]) >= {"code", "severity", "numbers", "rows", "answers"}
    assert not (tmp_path / "runs/people/explore.json").exists()


def test_refusals_are_one_sentence(typed):
    assert typed() == (
        2,
        "",
        "naeum: explore must be given data; got none; name a file, as in: naeum explore reviews.csv\n",
    )
    code, _, err = typed("people.csv", "--target", "lable")
    assert code == 2 and "did you mean 'label'?" in err and err.count("\n") == 1
