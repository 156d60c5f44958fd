"""Are dates told where there are some?"""

from naeum.report.explored.times import times


def test_no_dates_no_section(view):
    assert times(view) is None
