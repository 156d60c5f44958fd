"""What breaks the expectations of a whole column?"""

import pytest

from naeum.data.expectations import load
from naeum.data.expectations.columns import LETTERS, Characters, Distribution, having
from naeum.data.relation import related
from naeum.errors import InputError


def judged(yaml, rows):
    return load(yaml).check(rows).results[0]


def test_repeated_values_are_listed_with_every_row():
    result = judged("columns:\n  id: {unique: true}\n", [{"id": value} for value in ("a", "b", "a", "", "")])
    assert [row["naeum row"] for row in result.rows] == [1, 3]
    assert result.verdict.seen == "1 values stand more than once among 3"


def test_repeated_rows_are_found_across_missing_cells():
    rows = [{"a": "1", "b": ""}, {"a": "1", "b": ""}, {"a": "1", "b": "x"}]
    result = judged("unique_rows: true\ncolumns:\n  a: {}\n  b: {}\n", rows)
    assert [row["naeum row"] for row in result.rows] == [1, 2] and result.title == "rows · unique"


def test_shares_that_differ_are_named():
    rows = [{"c": "예"}] * 90 + [{"c": "아니오"}] * 10
    result = judged("columns:\n  c: {shares: {예: 50, 아니오: 50}}\n", rows)
    assert not result.holds and "'예' has 90.0% of 100 rows, 50.0% in the reference" in result.verdict.seen
    assert judged("columns:\n  c: {shares: {예: 85, 아니오: 15}}\n", rows).holds


def test_a_distribution_that_moved_is_seen():
    yaml = "columns:\n  n: {distribution: {points: [25, 50, 75], below: [25, 50, 75], of: 100}}\n"
    assert judged(yaml, [{"n": str(n)} for n in range(1, 101)]).holds
    moved = judged(yaml, [{"n": str(n + 40)} for n in range(1, 101)])
    assert not moved.holds and "the median is 90" in moved.verdict.seen


def test_every_kind_of_letter_is_told_apart():
    wanted = {
        "안녕하세요": {"hangul"}, "hello": {"latin"}, "Größe": {"latin", "latin with marks"}, "123": {"digits"},
        "ㅋㅋㅋ": {"jamo"}, "日本": {"han"}, "かな": {"kana"}, "\x85": {"controls"}, "\ufffd": {"replacements"},
        "🙂": {"emoji"}, "…": {"signs"}, "да": {"cyrillic"}, "λ": {"greek"}, "a b!": {"latin", "space", "punctuation"},
    }  # fmt: skip
    for text, names in wanted.items():
        with related([{"t": text}]) as data:
            found = data.one({name: having("t", name) for name in LETTERS})
        assert {name for name, count in found.items() if count} == names, text


def test_other_letters_than_those_named_break_strictly():
    yaml = "columns:\n  t: {characters: {counts: {hangul: 1, space: 1}}}\n"
    assert judged(yaml, [{"t": "좋은 영화"}]).holds
    result = judged(yaml, [{"t": "좋은 영화"}, {"t": "good 영화"}])
    assert not result.holds and [row["naeum row"] for row in result.rows] == [2]


def test_a_wrong_encoding_is_seen_with_its_rows():
    rows = [{"t": f"좋은 영화 {n}"} for n in range(40)]
    yaml = "columns:\n  t: {characters: {counts: {hangul: 40, space: 40, digits: 40}, of: 40}}\n"
    assert judged(yaml, rows).holds
    spoiled = [{"t": row["t"].encode("cp949").decode("latin-1")} for row in rows]
    result = judged(yaml, spoiled)
    assert not result.holds and len(result.rows) == 10


def test_the_mean_is_bound():
    rows = [{"n": "1"}, {"n": "3"}, {"n": "inf"}]
    assert judged("columns:\n  n: {mean: [1.5, 2.5]}\n", rows).holds
    assert not judged("columns:\n  n: {mean: {at_least: 2.5}}\n", rows).holds
    assert judged("columns:\n  n: {mean: [1, 2]}\n", [{"n": ""}]).verdict.seen == "there are no numbers"


def test_refusals():
    with pytest.raises(InputError, match=r"characters must be among latin, .*; got 'klingon'; correct its name"):
        Characters("t", (("klingon", 1),))
    with pytest.raises(InputError, match="points and below must be equally many and some; got 2 and 1; learn them"):
        Distribution("n", (1.0, 2.0), (1,), 10)
