"""Is it said how much of a part stands in another, and as an issue from a hundredth on?"""

from naeum.explore.checks.across import standing


def pair(near, rows=1000):
    return {"first": "train", "second": "test", "near": near, "equal": near // 2, "rows": rows}


def test_the_worst_pair_says_how_grave_it_is():
    seen, severity, numbers = standing([pair(2), pair(20)], "rows", "rows", ", or nearly so")
    assert severity == "issue" and numbers == {"equal train test": 10.0, "near train test": 20.0}
    assert seen.startswith("2 of 1,000 test rows (0.20 %) also stand in train, or nearly so; 1 are equal; 20 of 1,000")
    assert standing([pair(2)], "rows", "rows")[1] == "warning"


def test_nothing_is_said_of_parts_that_share_nothing():
    assert standing([pair(0)], "rows", "rows") is None and standing([], "rows", "rows") is None
