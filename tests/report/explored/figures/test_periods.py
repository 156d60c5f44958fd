"""Are the class mix and the lengths drawn period by period?"""

from naeum.report.explored.figures.periods import figure

ONE = {"periods": [[0.0, 9e8, 10], [9e8, 1.8e9, 10]], "lengths": [20.0, 30.0],
       "labels": {"classes": ["긍정", "부정"], "shares": [[0.5, 0.6], [0.5, 0.4]]}}  # fmt: skip


def test_shares_above_lengths_below_days_at_the_foot(words, shapes):
    said = words(figure(ONE))
    assert said[:2] == ["긍정", "부정"] and said[-2:] == ["1970-01-01", "1998-07-09"]
    assert {"share of the rows", "median characters of a text"} <= set(said)
    assert shapes(figure(ONE))["dots"] == 6  # two periods of two classes and of the lengths


def test_without_labels_there_are_lengths_alone_and_odd_times_stay_numbers(words):
    said = words(figure({**ONE, "labels": None, "periods": [[-1e20, 0.0, 5], [1e20, 2e20, 5]]}))
    assert "share of the rows" not in said and "G" in said[-1]
