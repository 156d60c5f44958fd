"""Is each column of a table of the kind a careful reader would say, and is what is of no use left out and said?"""

import numpy as np
import pytest

from naeum.data.schema import profile
from naeum.data.typed import choose, gives_away, is_prose, kind_of, named_like_text, useless
from naeum.errors import InputError

RNG = np.random.default_rng(0)
TOWNS = ["서울 특별시", "부산 광역시", "제주 특별 자치도"]


def seen(*values, name="x"):
    return profile(name, [None if value is None else str(value) for value in values])


@pytest.mark.parametrize(
    "values, kind",
    [
        ([1.5, 2.25, None, "NA"], "number"),
        ([1, 2, 3] * 30, "number"),
        (["-1e-3", "+.5", "7."], "number"),
        (["12 kg", "1,200 kg", "7"], "number"),
        (["₩1,000", "₩20"], "number"),
        (["1", "2", "x"] * 10, "category"),
        (["007", "010", "123"], "category"),
        (["남", "여"] * 10, "category"),
        (["True", "False"] * 10, "category"),
        (TOWNS * 20, "category"),
        (["12A", "12B", "3F"] * 10, "category"),
        (["2024-01-05", "2024-2-1", None], "date"),
        (["2024-01-05T10:00:00Z"], "date"),
        (["2024년 1월 5일", "2024년 12월 25일"], "date"),
        (["20240105", "20241231"], "date"),
        ([f"이 영화는 {at}번 봐도 재미있다" for at in range(20)], "text"),
        (["日本語の文章は間に空白を置かずに書かれるので" * 2 + str(at) for at in range(9)], "text"),
        ([None, ""], "category"),
    ],
)  # fmt: skip
def test_kinds(values, kind):
    assert kind_of(seen(*values), "a.csv") == kind


def test_several_units_are_refused_where_numbers_are_meant():
    mixed = seen(*(f"{at} {'kg' if at % 2 else 'lb'}" for at in range(40)), name="무게")
    with pytest.raises(InputError, match=r"column '무게' of a.csv has '0 lb' and '1 kg'; write them in one unit"):
        kind_of(mixed, "a.csv")
    assert kind_of(seen(*(["1 bed", "2 beds"] * 10)), "a.csv") == "category"
    with pytest.raises(InputError, match=r"numbers of a column must have one unit"):
        kind_of(seen(*(["1 bed", "2 beds"] * 10)), "a.csv", named=True)


def test_what_is_of_no_use():
    assert useless(seen(*"aaaa"), "category") == "holds one value only" and useless(seen(None), "number") == "is empty"
    assert useless(seen(*range(100)), "number") == "looks like an id"
    assert useless(seen(*(at * 1000 for at in range(100))), "number") == ""  # all differ, but do not count
    assert useless(seen(*RNG.normal(size=50)), "number") == ""
    assert useless(seen(*(f"홍길동{at}" for at in range(50))), "category").startswith("names the row")
    assert useless(seen(*range(20, 5, -1), name="ID"), "category") == "looks like an id"


def test_a_column_gives_the_target_away_only_where_it_says_more_than_the_frequent_class():
    target = seen(*(["예"] * 995 + ["아니오"] * 5))
    assert not gives_away(seen(*(["a", "b"] * 500)), target, "category")
    assert gives_away(seen(*(["a"] * 995 + ["b"] * 5)), target, "category")
    price = seen(*np.arange(100) * 1.5)
    assert gives_away(seen(*np.arange(100) * 3.0 + 1), price, "number")
    assert not gives_away(seen(*RNG.normal(size=100)), price, "number")


def test_the_inputs_of_a_table_and_why_others_are_none():
    rows = 60
    target = ["1" if at % 3 else "0" for at in range(rows)]
    columns = {
        "PassengerId": list(range(rows)),
        "나이": RNG.normal(size=rows),
        "도시": [TOWNS[at // 20] for at in range(rows)],
        "one": ["k"] * rows,
        "alive": ["yes" if word == "1" else "no" for word in target],
        "y": target,
    }
    profiles = {name: seen(*values, name=name) for name, values in columns.items()}
    free = [name for name in columns if name != "y"]
    found = choose(profiles, free, "y", {}, (), "a.csv")
    assert found.kinds == {"나이": "number", "도시": "category"}
    assert found.notes == (
        "PassengerId looks like an id and is not an input (--columns PassengerId takes it)",
        "one holds one value only and is not an input (--columns one takes it)",
        "warning: alive gives the target away; it is kept out of the inputs (--columns alive takes it)",
    )
    named = choose(profiles, free, "y", {}, ("alive", "one"), "a.csv")
    assert named.kinds == {"alive": "category", "one": "category"}
    assert named.notes == ("warning: alive gives the target away; it is an input, as it was named",)


def test_prose_has_words_that_hardly_come_back():
    assert not is_prose(seen(*(TOWNS * 50))) and is_prose(seen(*(f"{at}번째 문장" for at in range(9))))
    assert named_like_text(" Review ") and named_like_text("문장") and not named_like_text("embark_town")
