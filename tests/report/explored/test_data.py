"""Are missing values and copies told?"""

from naeum.report.explored.data import data


def test_missing_and_duplicates(view):
    body = data(view).body
    assert ("No value is missing." in body and "repeat an earlier row" in body) or "repeats an earlier row" in body
