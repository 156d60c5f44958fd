"""Is the front of trades right, the choice within the limits, and the nearest told where nothing holds?"""

import pytest

from naeum.improve.compressing.front import Point, chosen, front, lost

OWN = Point("own", 0.90, 0.88, 0.92, 10.0, 100.0)
SMALL = Point("small", 0.898, 0.87, 0.92, 4.0, 20.0, 3, -0.002, -0.004, 0.001)
TINY = Point("tiny", 0.80, 0.77, 0.83, 1.0, 2.0)
WORSE = Point("worse", 0.80, 0.77, 0.83, 5.0, 30.0)
ALL = (OWN, SMALL, TINY, WORSE)


def test_what_another_beats_in_everything_is_not_on_the_front():
    assert front(ALL, 1) == (OWN, SMALL, TINY)
    assert front((OWN, OWN), 1) == (OWN, OWN)


def test_a_lower_error_is_better_where_the_sign_says_so():
    assert front(ALL, -1)[0] == TINY
    assert lost(TINY, OWN, -1) == pytest.approx(-1 / 9)


def test_the_smallest_and_quickest_that_keeps_the_score_is_chosen():
    found = chosen(ALL, OWN, {}, 0.005, 1)
    assert found.point == SMALL
    told = "small takes 20 % of the champion's megabytes and 40 % of its time, and loses 0.22 % of its score "
    told += "(gain -0.0020 [-0.0040, +0.0010])."
    assert found.why == told
    assert chosen(ALL, OWN, {}, 0.2, 1).point == TINY


def test_limits_hold():
    assert chosen(ALL, OWN, {"size_mb": 10.0}, 0.2, 1).point == TINY
    assert chosen((OWN, SMALL), OWN, {"latency_ms": 20.0}, 0.001, 1).point == OWN
    assert "stays as it is" in chosen((OWN, SMALL), OWN, {}, 0.001, 1).why


def test_the_nearest_are_told_where_nothing_holds_the_limits():
    found = chosen(ALL, OWN, {"size_mb": 10.0}, 0.005, 1)
    assert found.point is None and found.nearest[0] == TINY and len(found.nearest) == 3
    assert found.why == (
        "No point holds every limit; the nearest, tiny, misses the loss by 11 %. small misses the size by 100 %. "
        "worse misses the size by 200 % and the loss by 11 %. Allow one of these, or give it more minutes."
    )
    little = chosen((OWN, SMALL), OWN, {"size_mb": 0.5}, lost(SMALL, OWN, 1) - 0.003, 1)
    assert "the loss by 0.3 %" in little.why
    alone = chosen((OWN,), OWN, {"latency_ms": 8.0}, 0.005, 1)
    assert alone.nearest == (OWN,) and "the nearest, own, misses the latency by 25 %." in alone.why
