"""Does an analysis find what is known to be wrong with public data sets?

Slow: the files lie in the folder that NAEUM_DATA names (see benchmarks/README.md), and are read whole.
"""

from __future__ import annotations

import pytest

from benchmarks.corpora import folder
from naeum.explore.course import explore

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (folder() / "nsmc").is_dir(), reason="the public data sets are not at hand: set NAEUM_DATA"),
]


def found(*path, tmp_path, **options):
    profile = explore(str(folder().joinpath(*path)), offline=True, cache=str(tmp_path / "cache"), **options)
    return {one.code: one for one in profile.findings}, profile


def test_titanic_has_copies_a_column_that_gives_the_target_away_and_one_that_is_mostly_missing(tmp_path):
    codes, _ = found("tables", "titanic.csv", tmp_path=tmp_path, target="survived")
    assert codes["D01"].seen.startswith("107 rows of 891")
    assert "alive" in codes["D08"].seen and "deck" in codes["D05"].seen


def test_nsmc_repeats_383_of_its_test_texts_and_contradicts_itself(tmp_path):
    parts = ["missing", "duplicates", "target", "conflicts", "leaks"]
    test = str(folder() / "nsmc" / "test.tsv.gz")
    codes, profile = found("nsmc", "train.tsv.gz", tmp_path=tmp_path, target="label", test=test, parts=parts)
    (pair,) = profile.parts["leaks"]["pairs"]
    assert pair["equal_texts"] == 383 and "383 different texts" in codes["D35"].seen
    assert "111 texts" in codes["D30"].seen


def test_clinc150_is_sorted_by_its_labels(tmp_path):
    codes, _ = found("clinc150", "full_train.csv", tmp_path=tmp_path, parts=["missing", "duplicates", "target"])
    assert codes["D17"].severity in ("warning", "issue")
