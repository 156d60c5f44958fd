"""Are expectations learned, saved, loaded and checked in one line each?"""

import pytest

from naeum.data import expectations
from naeum.errors import InputError

ROWS = [{"도시": ("서울", "부산")[n % 2], "n": str(n)} for n in range(60)]


def test_from_a_file_to_a_verdict(tmp_path):
    data = tmp_path / "a.csv"
    data.write_text("도시,n\n" + "".join(f"{row['도시']},{row['n']}\n" for row in ROWS), encoding="utf-8")
    path = expectations.learn(data).save(tmp_path / "e.yaml")
    assert expectations.check(data, path).holds
    assert expectations.check(ROWS, str(path)).holds
    assert expectations.load(path).folder == tmp_path
    assert "a.csv" in path.read_text(encoding="utf-8")


def test_text_that_is_not_sniffed_rightly_can_be_explained(tmp_path):
    data = tmp_path / "a.tsv"
    data.write_text("가\t1\n나\t2\n" * 20, encoding="utf-8")
    learned = expectations.learn(data, header=False)
    assert learned.check(data, header=False).holds
    assert {getattr(rule, "column", "") for rule in learned.rules} == {"", "column0", "column1"}


def test_refusals(tmp_path):
    with pytest.raises(InputError, match=r"chance must be between 0 and 1; got 2; 0.001 is usual"):
        expectations.learn(ROWS, chance=2)
    with pytest.raises(InputError, match="expectations must be written to a file in a folder that exists"):
        expectations.learn(ROWS).save(tmp_path / "none" / "e.yaml")


def test_members_have_words_of_their_own():
    words = [rule.word for rule in expectations.MEMBERS]
    assert len(set(words)) == len(words) - 1  # unique values and unique rows are one class
