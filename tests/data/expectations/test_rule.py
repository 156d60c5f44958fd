"""Is an expectation with a reference forgiving, and one without strict?"""

from naeum.data.expectations.cells import Missing


def test_strict_without_a_reference():
    verdict = Missing("a").judge({"breaking": 1, "of": 1000}, 0.001)
    assert not verdict.holds and verdict.chance is None
    assert verdict.seen == "1 of 1,000 values are missing"


def test_as_forgiving_as_chance_with_one():
    rule = Missing("a", seen=10, of=1000)
    assert rule.judge({"breaking": 18, "of": 1000}, 0.001).holds
    verdict = rule.judge({"breaking": 60, "of": 1000}, 0.001)
    assert not verdict.holds and verdict.chance < 0.001
    assert verdict.seen == "60 of 1,000 values are missing; 10 of 1,000 did in the reference"


def test_nothing_broken_is_said_so():
    assert Missing("a", of=10).judge({"breaking": 0, "of": 5}, 0.001).seen == "all 5 values keep to it"
