"""Are missing values marked?"""

from naeum.report.explored.figures import pattern


def test_pattern_is_warm_where_values_miss(words, shapes):
    given = {"나이": {"missing": 3}}, [{"columns": ["나이"], "rows": 3}, {"columns": [], "rows": 9}]
    assert shapes(pattern.figure(*given))["boxes"] == 2 and pattern.figure({}, []) is None
    assert words(pattern.figure(*given)) == ["3 rows", "9 rows", "나이"]
    svg = pattern.figure(*given).svg("p", "which miss")
    assert "var(--warm)" in svg and "var(--soft)" in svg
