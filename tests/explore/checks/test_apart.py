"""Is it said that two lots of rows can be told apart, and nothing where they hardly can?"""

from naeum.explore.checks.apart import LEAST_AUROC, finding, told_apart
from naeum.explore.checks.d36 import InputShift


def test_faint_and_unsure_differences_are_not_said():
    assert told_apart({"auroc": LEAST_AUROC - 0.01, "low": 0.58, "high": 0.6}, "a", "b") is None
    assert told_apart({"auroc": 0.7, "low": 0.45, "high": 0.9}, "a", "b") is None


def test_three_words_are_named():
    said = told_apart({"auroc": 0.9, "low": 0.88, "high": 0.92}, "new", "old", ["가", "나", "다", "라"])
    assert said == "a classifier tells new from old with AUROC 0.90 (0.88 to 0.92), by '가', '나' and '다'"


def test_clauses_become_one_sentence():
    found = finding(InputShift(), ["a differs", "b differs"], {"auroc": 0.9}, range(500), " Look.")
    assert found.seen == "A differs; b differs. Look." and len(found.rows) == 100
    assert finding(InputShift(), [], {}) is None
