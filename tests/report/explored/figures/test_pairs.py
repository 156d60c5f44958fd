"""Has the pair plot a panel for each pair?"""

from naeum.report.explored.figures import pairs

POINTS = {"columns": {"a": [1.0, None, 3.0], "b": [2.0, 1.0, 0.0]}, "rows": 3, "classes": ["가", "나", "가"]}


def test_a_dot_for_each_row_with_both_numbers(shapes):
    assert shapes(pairs.figure(POINTS))["dots"] == 2


def test_columns_and_classes_are_named(words):
    said = words(pairs.figure(POINTS))
    assert said.count("b") == 2 and said.count("a") == 1 and {"가", "나"} <= set(said)


def test_a_column_without_a_number_is_borne(shapes):
    empty = {"columns": {"a": [None, None], "b": [2.0, 1.0]}, "rows": 2}
    assert shapes(pairs.figure(empty))["dots"] == 0
