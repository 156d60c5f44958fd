"""Is what was learned what holds, and does it hold of the rest of the source?"""

import datetime

import numpy as np

from naeum.data import expectations

SOURCE = np.random.default_rng(0)
N = 600


def rows(n, seed):
    rng = np.random.default_rng(seed)
    start = [datetime.date(2024, 1, 1) + datetime.timedelta(int(day)) for day in rng.integers(0, 300, n)]
    return [
        {
            "id": f"K{seed}-{at:05d}",
            "도시": str(rng.choice(["서울", "부산", "대구"])),
            "금액": f"{rng.lognormal(3, 1):.2f}",
            "메모": "좋아요 " * int(rng.integers(1, 9)) if rng.random() > 0.2 else "",
            "start": str(start[at]),
            "end": str(start[at] + datetime.timedelta(int(rng.integers(0, 20)))),
        }
        for at in range(n)
    ]


def test_what_is_learned_of_each_kind_of_column():
    learned = expectations.learn(rows(N, 1))
    words = {}
    for rule in learned.rules:
        words.setdefault(getattr(rule, "column", ""), []).append(rule.word)
    assert words["id"] == ["type", "missing", "unique", "length", "lengths", "characters", "pattern"]
    assert words["도시"] == ["type", "missing", "values", "shares"]
    assert words["금액"] == ["type", "missing", "range", "distribution"]
    assert words["start"] == ["type", "missing", "range"]
    assert words[""] == ["rows", "broken_lines", "order", "unique"]
    order = next(rule for rule in learned.rules if rule.word == "order")
    assert (order.first, order.then, order.of) == ("start", "end", N)


def test_it_holds_of_the_reference_and_of_other_rows_of_the_source():
    reference = rows(N, 1)
    learned = expectations.learn(reference)
    assert learned.check(reference).holds
    for seed in range(2, 6):
        report = learned.check([{**row, "id": row["id"].replace(f"K{seed}", "K1")} for row in rows(N, seed)])
        assert report.holds, str(report)


def test_numbers_that_name_rows_may_go_on_rising():
    learned = expectations.learn([{"n": str(n)} for n in range(100)])
    assert [rule.word for rule in learned.rules if getattr(rule, "column", "") == "n"] == ["type", "missing", "unique"]
    assert learned.check([{"n": str(n)} for n in range(100, 200)]).holds


def test_dates_may_go_on_but_not_ahead_of_the_day():
    learned = expectations.learn(rows(N, 1))
    ends = next(rule for rule in learned.rules if rule.word == "range" and rule.column == "start")
    assert ends.at_most == "today" and ends.at_least >= datetime.date(2024, 1, 1)


def test_odd_columns_are_learned_without_a_crash():
    odd = [
        {"gone": "", "inf": "inf" if n % 7 else "1.5", "mixed": "1" if n % 2 else "하나", "one": "같다"}
        for n in range(60)
    ]
    learned = expectations.learn(odd)
    assert learned.check(odd).holds
    assert [rule.word for rule in learned.rules if getattr(rule, "column", "") == "gone"] == ["missing"]
    assert expectations.load(learned.to_yaml()).check(odd).holds


def test_few_rows_teach_little():
    learned = expectations.learn([{"a": "1"}, {"a": "2"}])
    assert {rule.word for rule in learned.rules} == {"rows", "broken_lines", "type", "missing", "unique"}
