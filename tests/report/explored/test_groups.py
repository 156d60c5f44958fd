"""Are shares told by group?"""

from naeum.report.explored.groups import groups


def test_shares_of_classes(view):
    assert "Share of the class in each group" in groups(view).body
