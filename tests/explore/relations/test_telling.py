"""Is each column scored against the target, and are giveaways known as such?"""

from naeum.explore.relations.telling import most_telling

ALIVE = ("아니오", "예", "예")
ROWS = [
    {"alive": ALIVE[n % 3], "noise": str(n * 7 % 13), "hint": str(n % 3 + n % 2), "label": "baa"[n % 3]}
    for n in range(180)
]


def test_the_order_and_the_rule(looked):
    told = looked(ROWS).part("relations")["telling"]
    assert told[0]["column"] == "alive" and told[0]["explained"] > 0.98 and told[0]["accuracy"] == 1.0
    assert [one["column"] for one in told][-1] == "noise" and told[-1]["explained"] < 0.05


def test_groupings_leave_giveaways_out(looked):
    subject = looked(ROWS)
    assert "alive" not in most_telling(subject, 5, "category", "boolean")
    assert "hint" in most_telling(subject, 5, "category", "boolean")


def test_dates_that_hold_the_answer_are_scored(looked):
    rows = [{"day": f"2024-01-{1 + n % 2 * 9:02d}", "x": str(n % 7), "label": "ab"[n % 2]} for n in range(120)]
    told = {one["column"]: one for one in looked(rows).part("relations")["telling"]}
    assert told["day"]["accuracy"] == 1.0


def test_without_a_target_nothing_is_told(looked):
    rows = [{"a": str(n / 7), "b": str(n * 5 % 19)} for n in range(60)]
    assert looked(rows).part("relations")["telling"] is None
