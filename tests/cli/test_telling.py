"""Are rungs and endings told in the same words everywhere?"""

import pytest

from naeum.cli import telling
from naeum.report import words


@pytest.fixture(autouse=True)
def _titles(monkeypatch):
    monkeypatch.setattr(words, "titles", dict)


def test_a_rung_in_one_line(korean):
    assert telling.rung_line(korean.rungs[5], list(korean.rungs)) == (
        "rung  5  Lora: method: full → lora  0.8770 ±0.017  gain −0.0040 [−0.014, +0.006]  2 min 40 s  5.6 ms a row  "
        "92 MB  not kept"
    )


def test_the_test_opening_in_one_sentence(korean):
    assert telling.tested(korean.test) == (
        "Test accuracy 0.8897 [0.8807, 0.8977] on 1,500 rows (seen once); +0.3877 [+0.3797, +0.3957] against the "
        "floor; without rows that also stand in fit 0.8867."
    )


def test_later_openings_are_counted(korean):
    assert "(seen 2 times)" in telling.tested({**korean.test, "seen": 2})


def test_the_ending_says_the_five_things(korean, tmp_path):
    names = [name for name, _ in telling.ending(korean, tmp_path / "report.html")]
    assert names == ["Champion", "Score", "Why", "Next", "Report", "Use it"]


def test_an_unopened_test_is_said(korean):
    korean.test = None
    assert "the test part stays unopened" in dict(telling.ending(korean, None))["Score"]


def test_the_titles_are_those_of_the_techniques(monkeypatch):
    monkeypatch.undo()
    assert telling.title("lora").lower() == words.titles()["lora"].lower() != "lora"


def test_the_cross_validated_score_is_said_where_there_is_no_test_part(korean):
    korean.test, korean.estimate = None, {"value": 0.7125, "low": 0.65, "high": 0.77}
    assert (
        "cross-validated 0.7125 [0.6500, 0.7700]; there is no test part." in dict(telling.ending(korean, None))["Score"]
    )


def test_a_contests_own_files_are_named_to_go_on_with(korean, tmp_path):
    assert telling.asked(korean) == "FILE --out answers.csv"
    file = tmp_path / "시험.csv"
    korean.options = {**korean.options, "test": str(file)}
    assert telling.asked(korean) == "FILE --out answers.csv", "its rows have targets"
    korean.summary = {**korean.summary, "notes": ["the test file has no targets: its rows are rows to predict"]}
    assert telling.asked(korean) == f"'{file}' --out answers.csv"
    (tmp_path / "sample_submission.csv").touch()
    assert telling.asked(korean) == f"'{file}' --like {tmp_path / 'sample_submission.csv'} --out submission.csv"
