"""Are missing values marked?"""

from naeum.report.explored.figures import pattern


def test_pattern_is_warm_where_values_miss():
    drawn = pattern.figure({"a": {"missing": 3}}, [{"columns": ["a"], "rows": 3}, {"columns": [], "rows": 9}])
    assert len(drawn.axes[0].patches) == 2 and pattern.figure({}, []) is None
