"""Are missing values counted by column, by pattern and by class?"""

from naeum.explore.columns.missing import look

ROWS = [{"a": "" if n % 2 else "1", "b": "" if n % 4 == 1 else "2", "label": "xy"[n % 2]} for n in range(8)]


def test_counts_patterns_and_classes(plain):
    found = look(plain(ROWS, "label"))
    assert found["columns"] == {"a": {"missing": 4, "share": 0.5}, "b": {"missing": 2, "share": 0.25}}
    assert found["patterns"] == [
        {"columns": [], "rows": 4}, {"columns": ["a"], "rows": 2}, {"columns": ["a", "b"], "rows": 2},
    ]  # fmt: skip
    assert found["by_class"]["a"] == [
        {"class": "x", "rows": 4, "missing": 0}, {"class": "y", "rows": 4, "missing": 4},
    ]  # fmt: skip
    assert found["cells"] == 0.25


def test_nothing_missing(plain):
    assert look(plain([{"a": "1"}, {"a": "2"}])) == {"cells": 0.0, "columns": {}, "patterns": [], "by_class": {}}
